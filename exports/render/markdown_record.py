"""The record of a paper inside Markdown: a comment of one line, packed, so that nobody reads over it."""

import zlib
from base64 import b64encode

FENCE = "iga-paper"


def packed(record: str) -> str:
    """Return the comment that holds a record."""
    return f"<!-- {FENCE}:{b64encode(zlib.compress(record.encode('ascii'), 9)).decode('ascii')} -->"
