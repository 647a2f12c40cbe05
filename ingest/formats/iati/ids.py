"""The ids of what IATI identifies: the identifier in lower case, else a slug that a digest keeps apart."""

import re
from hashlib import blake2b

from ingest.subjects import slug

_PLAIN = re.compile(r"[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?", re.ASCII)
_LONGEST = 80


def end_of_id(identifier: str) -> str:
    """Return the last part of an id: ``GB-1-105838`` is ``gb-1-105838``.

    Only an identifier of capitals, digits, points and hyphens stands as it is; any other ends in eight digits of
    its digest, so that two identifiers never meet in one id.
    """
    if len(identifier) <= _LONGEST and _PLAIN.fullmatch(identifier):
        return identifier.lower()
    mark = mark_of(identifier, size=4)
    words = slug(identifier)[:60].strip("-")
    return f"{words}-{mark}" if words else mark


def mark_of(*parts: str, size: int = 8) -> str:
    """Return a digest of texts, for what has no identifier of its own."""
    return blake2b("\x1f".join(parts).encode(), digest_size=size).hexdigest()


class Twins:
    """Numbers what would get one id: the second is ``…-2``."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def told_apart(self, subject: str) -> str:
        """Return an id, with a number behind it for each one that was there before."""
        count = self._seen[subject] = self._seen.get(subject, 0) + 1
        return subject if count == 1 else f"{subject}-{count}"
