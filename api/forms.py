"""Reads the fields of a form that a client sends as the body of a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from iga.graph.errors import UsageError
from iga.queries.reconciling.query import TooMuch

FORM = "application/x-www-form-urlencoded"
LARGEST = 2_000_000
"""Bytes of a form that are taken."""

LARGEST_UPLOAD = 50_000_000
"""Bytes of a form with a file that are taken."""

_MOST_FIELDS, _LONGEST_NAME = 500, 200
_WITH_A_FILE = "multipart/form-data"


@dataclass(frozen=True)
class SentFile:
    """A form with a file.

    Attributes:
        texts: Its other fields, with all that stands there of each, in order.
        name: Name of the file, without a folder; blank where none was chosen.
        content: Its bytes.
    """

    texts: Mapping[str, Sequence[str]]
    name: str
    content: bytes


async def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of a form; of a field that stands there twice, the last.

    Raises:
        UsageError: The body is no form, or does not decode.
        TooMuch: It is larger than is taken.
    """
    return fields_in(await body_of(request))


async def texts_of(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form, with all that stands there of each, in order; raises as `fields_of` does."""
    return _texts_in(await body_of(request))


async def body_of(request: Request) -> bytes:
    """Return the body of a request that sends a form.

    Raises:
        UsageError: The body is no form.
        TooMuch: It is larger than is taken.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise UsageError(f"the body is {kind or 'of no stated kind'}; send a form: {FORM}")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooMuch(f"the form is larger than {LARGEST:,} bytes; send less at once")
    return bytes(body)


def holds_a_file(headers: Headers) -> bool:
    """Say whether a form is sent as those with a file are."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == _WITH_A_FILE


async def uploaded(request: Request) -> SentFile:
    """Return a form with one file.

    Raises:
        UsageError: It is no such form, or it has no file.
        TooMuch: It is larger than is taken.
    """
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > LARGEST_UPLOAD:
            raise TooMuch(f"the file has more than {LARGEST_UPLOAD // 1_000_000} MB; load it with iga load")
        return message

    texts: dict[str, list[str]] = {}
    name, content = "", b""
    sending = Request(request.scope, counted)
    try:
        async with sending.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=LARGEST) as form:
            for field, value in form.multi_items():
                if isinstance(value, UploadFile):
                    name = _plain_name(value.filename or "")
                    content = await value.read()
                else:
                    texts.setdefault(field, []).append(value)
    except (MultiPartException, HTTPException) as error:
        reason = error.message if isinstance(error, MultiPartException) else error.detail
        raise UsageError(f"the form cannot be read ({reason}); send it from its page") from error
    return SentFile(texts, name, content)


def _plain_name(written: str) -> str:
    """Return the name of a file without folders and what no system takes; blank where none was chosen.

    Raises:
        UsageError: It is too long; cut off, two files might be taken for one source.
    """
    last = "".join(letter for letter in written.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    if len(last.encode()) > _LONGEST_NAME:
        raise UsageError(f"the name of the file is longer than {_LONGEST_NAME} bytes: {last[:60]}…; shorten it")
    return last.strip(".")


def fields_in(body: bytes) -> dict[str, str]:
    """Return the fields of a form by its body; of a field that stands there twice, the last.

    Raises:
        UsageError: It does not decode.
    """
    return {name: texts[-1] for name, texts in _texts_in(body).items()}


def _texts_in(body: bytes) -> dict[str, list[str]]:
    """Return all that a form holds, by field, in order; raises UsageError where it does not decode."""
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UsageError(f"the form cannot be read ({error}); send it percent-encoded in UTF-8") from error
