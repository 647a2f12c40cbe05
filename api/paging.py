"""Pages of rows, each with a link to the next: together they are all rows, of one state and one day."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from fastapi import Request
from pydantic import BaseModel, Field

from iga.api.negotiation import address_of
from iga.graph.errors import StaleCursor, UsageError

T = TypeVar("T")


class PageParams(BaseModel):
    """Which page is meant; without a size all rows come at once."""

    page_size: int | None = Field(default=None, ge=1, le=1_000, description="Most rows of a page; all if left out.")
    cursor: str | None = Field(default=None, max_length=200, description="Where the page begins, from the link before.")


class RowPage(NamedTuple):
    """A stretch of rows, and the header that links to the next; no header is the end."""

    first: int
    last: int
    headers: dict[str, str]

    def of(self, rows: Sequence[T]) -> tuple[T, ...]:
        """Return the rows of the page."""
        return tuple(rows[self.first : self.last])


def begun_at(request: Request) -> int:
    """Return how many rows stood on the pages before the one that a request asks for.

    Raises:
        UsageError: Its cursor is none.
    """
    return _read(request)[0]


def page_of(request: Request, count: int, *, state: str, known: int | None = None) -> RowPage:
    """Return the page that a request asks for.

    Args:
        request: Its parameters are those of `PageParams`, checked before.
        count: How many rows there are.
        state: What the rows are of: data version and day.
        known: How many of the first rows are at hand, where the page ends at the latest; None is all.

    Raises:
        StaleCursor: The cursor is of another state.
        UsageError: It is no cursor.
    """
    asked = request.query_params
    first, of = _read(request)
    if of not in ("", state):
        raise StaleCursor("cursor: the data or the day changed since the page before; begin again with the first")
    size = int(asked["page_size"]) if asked.get("page_size") else count
    last = min(first + size, count if known is None else known)
    if last >= count:
        return RowPage(first, count, {})
    cursor = urlsafe_b64encode(f"{last}:{state}".encode()).decode().rstrip("=")
    return RowPage(first, last, {"Link": f'<{address_of(request, cursor=cursor)}>; rel="next"'})


def _read(request: Request) -> tuple[int, str]:
    """Return how many rows stood before, and of which state; blank is the first page."""
    cursor = request.query_params.get("cursor", "")
    if not cursor:
        return 0, ""
    try:
        first, _, of = urlsafe_b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}").decode().partition(":")
        if first.isdecimal() and of:
            return int(first), of
    except (Error, ValueError):
        pass
    raise UsageError("cursor: this is none; follow the link of the page before")
