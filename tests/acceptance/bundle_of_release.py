"""The bundle of a release as a file: of each source its stated day, its row key, and the keys of its rows."""

import lzma
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.tables import row
from iga.ingest.bundled import source_of
from iga.ingest.reference_files import REFERENCE
from tests.acceptance.homes import noon

BUNDLES = Path(__file__).parent / "bundles"


def live(ledger: Ledger) -> dict[str, dict[str, bytes]]:
    """Return the digest of each live row, by source and row key."""
    found: dict[str, dict[str, bytes]] = defaultdict(dict)
    with ledger.reading() as connection:
        for one in connection.execute(select(row).where(row.c.live_digest.is_not(None))):
            found[one.source][one.row_key] = one.live_digest
    return found


def read(release: str) -> dict[str, Any]:
    """Return what a release had, by source."""
    lines = lzma.decompress((BUNDLES / f"{release}.jsonl.xz").read_bytes()).splitlines()
    return {source["source"]: source for source in map(msgspec.json.decode, lines)}


def write(release: str, ledger: Ledger) -> None:
    """Write what this program's bundle is, with the rows that a ledger has of it."""
    rows, lines = live(ledger), []
    for path in sorted(REFERENCE.rglob("*.yaml")):
        mapping = source_of(path).mapping
        card = mapping.card
        of_card = {"source": card.source, "as_of": card.as_of, "complete": card.complete}
        lines.append(of_card | {"row_key": mapping.row_key.columns, "rows": sorted(rows[card.source])})
    text = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    (BUNDLES / f"{release}.jsonl.xz").write_bytes(lzma.compress(text, preset=9))


if __name__ == "__main__":
    with Ledger.open(sys.argv[2], clock=noon, read_only=True) as opened:
        write(sys.argv[1], opened)
