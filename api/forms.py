"""Reads the fields of a form that a client sends as the body of a request."""

from urllib.parse import parse_qsl

from fastapi import Request

from graph.errors import UsageError
from queries.reconciling.query import TooMuch

FORM = "application/x-www-form-urlencoded"
LARGEST = 2_000_000
"""Bytes of a form that are taken."""

_MOST_FIELDS = 50


async def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of a form; of a field that stands there twice, the last.

    Raises:
        UsageError: The body is no form, or does not decode.
        TooMuch: It is larger than is taken.
    """
    return fields_in(await body_of(request))


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


def fields_in(body: bytes) -> dict[str, str]:
    """Return the fields of a form by its body; of a field that stands there twice, the last.

    Raises:
        UsageError: It does not decode.
    """
    try:
        text = body.decode()
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise UsageError(f"the form cannot be read ({error}); send it percent-encoded in UTF-8") from error
