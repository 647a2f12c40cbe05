"""Answers as tables over HTTP: which form a client asks for, and how far what it gets may travel."""

import io
from collections.abc import Mapping
from typing import Any

from fastapi import Response

from exports.files.manifest import origin_in
from exports.files.row_files import write_rows
from graph.errors import UsageError
from queries.core.answer import Answer
from queries.core.session import Session

JSON = "application/json"
FORMS: Mapping[str, str] = {
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""Media type of each form beside JSON."""

RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; as a table where the header Accept asks for one.",
        "content": {
            media: {"schema": {"type": "string", **({"format": "binary"} if kind == "xlsx" else {})}}
            for media, kind in FORMS.items()
        },
    }
}
"""What a route that answers in these forms says of itself."""


class NotAcceptable(UsageError):
    """The answer cannot be had in the form that is asked for."""

    http_status = 406


def form_of(accept: str) -> str:
    """Return the media type to answer in: the one of ours that a header Accept prefers, JSON where it has no wish.

    Raises:
        NotAcceptable: It asks for other forms only.
    """
    if not accept.strip():
        return JSON
    wishes = [_wish(part) for part in accept.split(",")]
    wanted = {media: _quality(media, wishes) for media in (JSON, *FORMS)}
    best = max(wanted, key=lambda media: wanted[media])  # the first of equals: JSON
    if wanted[best] <= 0:
        raise NotAcceptable(f"Accept: {accept[:100]!r} names no form of an answer; ask for {', '.join(wanted)}")
    return best


def as_table(session: Session, answer: Answer, media: str, *, at: str) -> Response:
    """Return an answer as a table made at an instant, with marking, day and data version in the headers."""
    kind = FORMS[media]
    origin = origin_in(
        session,
        by="iga serve",
        at=at,
        what=f"Rows of {answer.question}",
        parameters=answer.parameters,
        as_of=answer.as_of,
        question=answer.question,
    )
    file = io.BytesIO()
    contents = write_rows(file, answer, kind=kind, origin=origin, session=session)
    headers = {
        "Content-Disposition": f'attachment; filename="{answer.question}-{answer.as_of}.{kind}"',
        "X-IGA-Marking": contents.marking,
        "X-IGA-As-Of": answer.as_of,
        "X-IGA-Data-Version": answer.data_version,
        "Vary": "Accept",
    }
    return Response(file.getvalue(), media_type=media, headers=headers)


def _wish(part: str) -> tuple[str, float]:
    media, *given = (piece.strip().lower() for piece in part.split(";"))
    for piece in given:
        name, _, value = piece.partition("=")
        if name == "q":
            try:
                return media, float(value)
            except ValueError:
                return media, 0.0
    return media, 1.0


def _quality(media: str, wishes: list[tuple[str, float]]) -> float:
    """Return how much a media type is wanted; the most exact mention of it counts."""
    for mention in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [quality for wish, quality in wishes if wish == mention]
        if found:
            return max(found)
    return 0.0
