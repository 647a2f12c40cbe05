"""Measures look-ups of names: misspelt ones among many, filling the index and keeping it up, odd texts."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

from bench.measures import Figure, clock, percentiles, timed
from graph.errors import IgaError
from graph.names.index import NameIndex
from graph.settings import read_settings
from graph.workspace import Workspace
from ingest.committing import load_and_project
from ingest.mapped_reader import mapped_reader
from ingest.mapping_file import mapping_of
from queries.core.names.find import find
from queries.core.names.narrowing import Narrowing
from queries.core.session import Session

_ASKED = 400
_FIRST = (
    "Amparo",
    "Bright",
    "Casa",
    "Dawn",
    "Esperanza",
    "Freedom",
    "Garden",
    "Haven",
    "Justice",
    "Kindred",
    "Lantern",
)
_SECOND = ("Relief", "Shelter", "Alliance", "Foundation", "Network", "Coalition", "Institute", "Mission", "Trust")
_SYLLABLES = (
    "ka",
    "mo",
    "ri",
    "ten",
    "sal",
    "vor",
    "dan",
    "lis",
    "bek",
    "nar",
    "tu",
    "pol",
    "gra",
    "hin",
    "osh",
    "wel",
)
_MAPPING = """
card: {source: "bench:names", title: Names of the benchmark, rank: 50, complete: true, fictional: true}
row_key: [id]
nodes:
  organization:
    class: Ngo
    id: {template: "ngo:name-{id}"}
    fields: {name: name, acronym: acronym, country: {column: country, read: government}}
  country: {class: Government, id: {column: country, read: government}, fields: {name: country, iso3: country}}
"""
_ODD = (
    "😀" * 400,
    "name:Ghana AND (code:[* TO *])~",
    "MATCH (n) DETACH DELETE n",
    "x" * 10_000,
    "\x00\x01",
    "ab cd " * 80,
)


def look_ups(folder: Path, rows: int) -> list[Figure]:
    """Load so many names of all sorts, fill the index, look misspelt ones up, change some and bring it up again."""
    settings = read_settings(
        {"IGA_HOME": str(folder)}, store=f"embedded:{folder / 'names'}", ledger=str(folder / "n.db")
    )
    with Workspace(settings, clock=clock) as workspace:
        names = list(_names(rows))
        _load(workspace, folder, names)
        with workspace.reading() as reading:
            first = Session.of(reading.store, reading.ledger, today="2026-11-25", names_at=reading.names_at)
            filled = timed(lambda: first.names)
            figures = [Figure(f"filling the index, {rows:,} names", f"{filled:.1f} s"), *_looked_up(first, names)]
            assert reading.names_at is not None
            place = reading.names_at
            opened = timed(lambda: NameIndex(place).called("Haven"))
            figures.append(Figure(f"opening it for one name, {rows:,} names", f"{1000 * opened:.0f} ms"))
        _load(workspace, folder, [*names[: rows - 100], *(f"{name} of Today" for name in names[rows - 100 :])])
        with workspace.reading() as reading:
            after = Session.of(reading.store, reading.ledger, today="2026-11-25", names_at=reading.names_at)
            figures.append(Figure("bringing it up after 100 changed", f"{timed(lambda: after.names):.2f} s"))
    return figures


def _looked_up(session: Session, names: list[str]) -> Iterator[Figure]:
    random = Random(5)
    misspelt = [_misspelt(random.choice(names), random) for _ in range(_ASKED)]
    find(session, misspelt[0])
    found = sorted(timed(partial(find, session, typed)) for typed in misspelt)
    yield Figure(f"find, misspelt, {len(names):,} names", percentiles(found), "p50 under 10 ms, p99 under 50 ms")
    exact = sorted(timed(lambda: find(session, random.choice(names))) for _ in range(_ASKED))
    yield Figure(f"find, as printed, {len(names):,} names", percentiles(exact))
    only = Narrowing(kind=("ngo",), country="KEN")
    narrow = sorted(timed(partial(find, session, typed, narrowing=only)) for typed in misspelt)
    yield Figure(f"find, misspelt and narrowed, {len(names):,} names", percentiles(narrow))
    odd = sorted(timed(partial(_refused, session, typed)) for typed in _ODD for _ in range(10))
    yield Figure("find, odd texts", percentiles(odd), "under 50 ms")


def _refused(session: Session, typed: str) -> None:
    with suppress(IgaError):
        find(session, typed)


def _names(rows: int) -> Iterator[str]:
    """Give names as lists have them: some words that many share, one or two that few do."""
    random = Random(3)
    for number in range(rows):
        own = "".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3, 4)))).capitalize()
        kind = random.randrange(4)
        first, second = _FIRST[number % len(_FIRST)], random.choice(_SECOND)
        yield (f"{own} {second}", f"{first} {own} {second}", f"{second} for {own} and {first}", f"{own} {first}")[kind]


def _misspelt(name: str, random: Random) -> str:
    for _ in range(random.choice((1, 1, 2))):
        place = random.randrange(1, len(name) - 1)
        name = random.choice(
            (
                name[:place] + random.choice("aeiorstln") + name[place:],
                name[:place] + name[place + 1 :],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            )
        )
    return name


def _load(workspace: Workspace, folder: Path, names: list[str]) -> None:
    file, how = folder / "names.csv", folder / "names.yaml"
    countries = ("KEN", "GHA", "PER", "PHL", "JAM", "MNG", "COL", "ROU")
    lines = [
        f"{n},{name},{''.join(word[0] for word in name.split())}{n},{countries[n % 8]}" for n, name in enumerate(names)
    ]
    file.write_text("\n".join(["id,name,acronym,country", *lines, ""]), encoding="utf-8", newline="\n")
    how.write_text(_MAPPING, encoding="utf-8", newline="\n")
    report = load_and_project(workspace, mapped_reader(mapping_of(how)), [file])
    assert not report.rejected, report.rejections[:3]
