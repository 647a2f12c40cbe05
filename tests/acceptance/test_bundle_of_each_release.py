"""Today's bundle loads on the bundle of each release, and what stands then is what it gives in a new store.

The files of `bundles/` hold what a release had loaded: of each source its stated day, its row key and the keys of its
rows, with those loaded when asked for (without rows). The file of a release is never taken out; that of a new one is
written from a store into which it loaded its bundle: python -m tests.acceptance.bundle_of_release NAME LEDGER
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card, Content, NodeStatement
from iga.ingest.bundled import BundledSource, source_of
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.reference_files import LOADED_WHEN_ASKED, REFERENCE
from tests.acceptance.bundle_of_release import BUNDLES, live, read
from tests.acceptance.homes import noon
from tests.test_release import HEADINGS

pytestmark = pytest.mark.slow

RELEASES = sorted(path.name.removesuffix(".jsonl.xz") for path in BUNDLES.glob("*.jsonl.xz"))
BEFORE = Content((NodeStatement("Ngo", "ngo:before", {"name": "Before"}),))


def sources() -> Iterator[BundledSource]:
    return (source_of(path) for path in sorted(REFERENCE.rglob("*.yaml")))


def put_as_then(ledger: Ledger, source: dict[str, Any]) -> None:
    card = Card(source["source"], "Before", as_of=source["as_of"], complete=source["complete"])
    with ledger.open_load(card, row_key=source["row_key"]) as before:
        before.put([(key, "", BEFORE) for key in source["rows"]])
        before.commit({})


@pytest.mark.parametrize("release", RELEASES)
def test_nothing_is_refused_and_what_stands_is_what_a_new_store_has(
    tmp_path: Path, bundled_home: Path, release: str
) -> None:
    with Ledger.open(bundled_home / "ledger.sqlite", clock=noon, read_only=True) as fresh:
        expected = live(fresh)
    then = read(release)
    assert then
    with Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger:
        for source in sources():
            card, key = source.mapping.card, source.mapping.row_key.columns
            had = then.get(card.source)
            if had is None or (had["as_of"], tuple(had["row_key"]), {*had["rows"]}) == (
                card.as_of,
                key,
                set(expected[card.source]),
            ):
                continue  # it is loaded as in a new store
            put_as_then(ledger, had)
            reader = mapped_reader(source.mapping)
            load(ledger, reader, [source.file], surroundings=Surroundings(noon, trusts_names=True))
            if source.file.parent.name not in LOADED_WHEN_ASKED:
                assert live(ledger)[card.source] == expected[card.source]


def test_there_is_a_bundle_of_each_release() -> None:
    assert {name for name, _ in HEADINGS if name != "Unreleased"} <= {*RELEASES}
