"""A ledger as files: one JSON-lines segment per load, chained by digests, and a manifest.

A segment is a header line and one line per row version. The chain runs over the lines without their content:
each line holds the digest of its salted content instead, so that a content can be destroyed (written as null)
while the chain still verifies. Digests are of the text, never of compressed bytes.
"""

from hashlib import blake2b

import msgspec

from iga.graph.ledger.rows import sealed
from iga.graph.statements import LoadHeader

FORMAT = 1
MANIFEST = "manifest.json"

_ENCODER = msgspec.json.Encoder()
_NULL = b"null"


class SegmentHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First line of a segment: whose it is, what it follows, which load it holds."""

    format: int
    ledger: str
    previous: str
    load: LoadHeader
    counts: dict[str, int]


class SealedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the chain knows of a row version; salt and seal are hexadecimal."""

    row: str
    locator: str
    salt: str
    seal: str


class RowLine(SealedRow, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line as written: the sealed row with its content beside it; null where it was destroyed."""

    content: msgspec.Raw


class SegmentEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A segment in the manifest: its file, the digest of its chain, its number of row versions."""

    file: str
    digest: str
    rows: int


class SegmentManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of segments of a dump, oldest first; the last digest vouches for all."""

    format: int
    ledger: str
    segments: tuple[SegmentEntry, ...]


class Chain:
    """The running digest of a segment."""

    def __init__(self, header: bytes) -> None:
        self._digest = blake2b(header + b"\n", digest_size=32)

    def add(self, row: SealedRow) -> None:
        """Take in the next row version."""
        self._digest.update(_ENCODER.encode(SealedRow(row.row, row.locator, row.salt, row.seal)) + b"\n")

    def hexdigest(self) -> str:
        """Return the digest of all taken in so far."""
        return self._digest.hexdigest()


def file_name(load_no: int) -> str:
    """Return the name of a load's segment file."""
    return f"segment-{load_no:06d}.jsonl"


def load_of(name: str) -> int:
    """Return the number of the load whose segment file has a name."""
    return int(name.removeprefix("segment-").removesuffix(".jsonl"))


def line_of(row: SealedRow, content: bytes | None) -> bytes:
    """Return the line of a row version, without its line end."""
    raw = msgspec.Raw(_NULL if content is None else content)
    return _ENCODER.encode(RowLine(row.row, row.locator, row.salt, row.seal, content=raw))


def content_in(line: RowLine) -> bytes | None:
    """Return the content of a line, byte for byte; None where it was destroyed."""
    content = bytes(line.content)
    return None if content == _NULL else content


def is_sealed(line: RowLine) -> bool:
    """True if a line's content is the one it was sealed with; a destroyed one cannot be compared.

    Raises:
        ValueError: Salt or seal is not hexadecimal.
    """
    salt, seal, content = bytes.fromhex(line.salt), bytes.fromhex(line.seal), content_in(line)
    return content is None or sealed(salt, content) == seal
