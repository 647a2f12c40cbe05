"""Measures look-ups of names: misspelt ones among many, filling the index and keeping it up, odd texts."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

from bench.figures import Figure, Spent, Target, clock, middle, spent_on
from bench.measures import PRACTICE
from iga.graph.errors import IgaError
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_and_project
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping_file import mapping_of
from iga.queries.core.names.find import find
from iga.queries.core.session import Session

_ASKED, _ENTRIES, _MS = 400, 5, 1000
FILL = Target(6, held_by="Words are made of all names in Python, then SQLite sorts them into its indexes.")
ENTERED = Target(50, held_by="The index is looked through for what the entry may touch.")
MISSPELT = Target(8, held_by="Words with nearly the letters are compared one by one.")
_FIRST = "Amparo Bright Casa Dawn Esperanza Freedom Garden Haven Justice Kindred Lantern"
_SECOND = ("Relief", "Shelter", "Alliance", "Foundation", "Network", "Coalition", "Institute", "Mission", "Trust")
_SYLLABLES = "ka mo ri ten sal vor dan lis bek nar tu pol gra hin osh wel"
_MAPPING = """
card: {source: "bench:names", title: Names of the benchmark, rank: 50, complete: true, fictional: true}
row_key: [id]
nodes:
  organization:
    class: Ngo
    id: {template: "ngo:name-{id}"}
    fields: {name: name, acronym: acronym, country: {template: "gov:{country}"}}
"""
_ODD = (
    "😀" * 400,
    "name:Ghana AND (code:[* TO *])~",
    "MATCH (n) DETACH DELETE n",
    "x" * 10_000,
    "\x00\x01",
    "ab cd " * 80,
)


def look_ups(_: str, folder: Path, rows: int) -> Iterator[Figure]:
    """Load so many names of all sorts, fill the index, look misspelt ones up; look one up after an entry."""
    store, size = f"embedded:{folder / 'names'}", f"{rows:,} names"
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / PRACTICE / "names.sqlite"))
    names = list(_names(rows))
    with Workspace(settings, clock=clock) as workspace:
        _load(workspace, folder, names)
        with workspace.reading() as reading:
            session = Session.at(workspace, reading)
            filled = spent_on(lambda: session.names)
            yield Figure.of(f"index of names filled, {size}", filled.cpu_s, "s of processors", [filled], FILL)
            yield from _looked_up(session, names, size)
        entered = [_after_an_entry(workspace, folder, number) for number in range(_ENTRIES)]
        took = middle(entered) * _MS
        yield Figure.of(f"first look-up after an entry, {size}", took, "ms of processors", entered, ENTERED)


def _after_an_entry(workspace: Workspace, folder: Path, number: int) -> Spent:
    _load(workspace, folder, [f"House of Today {number}"], source=f"bench:entry-{number}", first=10_000_000 + number)
    with workspace.reading() as reading:
        session = Session.at(workspace, reading)
        return spent_on(lambda: find(session, f"House of Today {number}"))


def _looked_up(session: Session, names: list[str], size: str) -> Iterator[Figure]:
    random = Random(5)
    misspelt = [_misspelt(random.choice(names), random) for _ in range(_ASKED)]
    find(session, misspelt[0])
    exact = [random.choice(names) for _ in range(_ASKED)]
    for what, texts, target in (("misspelt", misspelt, MISSPELT), ("as printed", exact, Target(0))):
        spent = [spent_on(partial(find, session, typed)) for typed in texts]
        yield Figure.of(f"find, {what}, {size}", middle(spent) * _MS, "ms of processors, p50", spent, target)
    odd = [spent_on(partial(_refused, session, typed)) for typed in _ODD for _ in range(10)]
    slowest = max(one.cpu_s for one in odd) * _MS
    yield Figure.of("find, odd texts, the slowest", slowest, "ms of processors", odd, Target(50))


def _refused(session: Session, typed: str) -> None:
    with suppress(IgaError):
        find(session, typed)


def _names(rows: int) -> Iterator[str]:
    """Give names as lists have them: some words that many share, one or two that few do."""
    random, firsts, syllables = Random(3), _FIRST.split(), _SYLLABLES.split()
    for number in range(rows):
        own = "".join(random.choices(syllables, k=random.choice((2, 3, 3, 4)))).capitalize()
        kind = random.randrange(4)
        first, second = firsts[number % len(firsts)], random.choice(_SECOND)
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


def _load(workspace: Workspace, folder: Path, names: list[str], source: str = "bench:names", first: int = 0) -> None:
    file, how = folder / "names.csv", folder / "names.yaml"
    countries = ("ken", "gha", "per", "phl", "jam", "mng", "col", "rou")
    lines = [
        f"{n},{name},{''.join(word[0] for word in name.split())}{n},{countries[n % 8]}"
        for n, name in enumerate(names, start=first)
    ]
    file.write_text("\n".join(["id,name,acronym,country", *lines, ""]), encoding="utf-8", newline="\n")
    how.write_text(_MAPPING.replace("bench:names", source), encoding="utf-8", newline="\n")
    report = load_and_project(workspace, mapped_reader(mapping_of(how)), [file])
    assert not report.rejected, report.rejections[:3]
