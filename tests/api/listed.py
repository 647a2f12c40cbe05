"""A small graph to match lists of names against. Names of governments are real; all else is made up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iga.graph.domain.marking import Marking
from iga.graph.settings import read_settings
from iga.graph.statements import Card, EdgeStatement, NodeStatement, Statement, Values
from iga.graph.workspace import Workspace
from tests.clock import clock
from tests.queries.world import rows

Load = tuple[Card, Sequence[Statement | tuple[Statement, ...]]]
"""A source, and what it says: a statement of its own row, or several of one."""

NAMES = {"public": "Open House", "internal": "Quiet House", "sensitive": "Hidden House"}
HOSTILE = "<script>alert('x')</script> & \"Sons\""


def node(cls: str, written: str, name: str, **values: Any) -> NodeStatement:
    return NodeStatement(cls, written, {"name": name} | values)


def loads() -> Iterator[Load]:
    """Yield the public load, then what only the office may see."""
    yield Card("test:listed", "Things to match", as_of="2026-01-01", rank=20), [*_public()]
    quiet = node("Ngo", "ngo:quiet", "Quiet Partner", country="gov:ken")
    yield Card("test:quiet", "Partners of the office", rank=10, marking=1), [quiet]


def put(workspace: Workspace, of: Card, *statements: Statement | tuple[Statement, ...], **how: object) -> None:
    """Load what a source says now, and project it; a complete one withdraws what it said before."""
    with workspace.changing("a test") as ledger:
        with ledger.open_load(of) as load:
            load.put(rows(_file(of), *statements, **how))
            if of.complete:
                load.withdraw_unseen(allow_shrink=True)
            load.commit({"read": len(statements)})
        workspace.project()


@contextmanager
def opened(folder: Path, *loads: Load, **environment: str) -> Iterator[Workspace]:
    """Give the workspace of a folder, open, with some loads more."""
    with Workspace(read_settings({**settled(folder), **environment}), clock=clock).kept_open() as workspace, workspace:
        if "IGA_CEILING" not in environment:  # under a ceiling nothing is written
            with workspace.changing("a test") as ledger:
                for of, said in loads:
                    with ledger.open_load(of) as load:
                        load.put(rows(_file(of), *said))
                        load.commit({"read": len(said)})
            workspace.catch_up()
        yield workspace


def _file(of: Card) -> str:
    return f"{of.source.partition(':')[2]}.csv"


def of_each_marking() -> Iterator[Load]:
    """Give a partner of each marking."""
    for word, name in NAMES.items():
        of = Card(f"test:{word}", "Partners of an example", as_of="2026-01-01", rank=20, marking=Marking.named(word))
        yield of, [node("Ngo", f"ngo:{word}", name)]


def made_in(folder: Path) -> Path:
    """Load everything into a graph in a folder, and return the folder."""
    with opened(folder, *loads()):
        return folder


def _public() -> Iterator[Statement]:
    yield node("Government", "gov:gha", "Ghana", iso3="GHA", iso2="GH", former_names=["Gold Coast (until 1957-03)"])
    yield node("Government", "gov:ken", "Kenya", iso3="KEN", iso2="KE")
    yield node("Government", "gov:cog", "Republic of the Congo", iso3="COG", aliases=["Congo"])
    yield node("Government", "gov:cod", "Democratic Republic of the Congo", iso3="COD", aliases=["Congo"])
    yield node(
        "InternationalOrganization", "org:eso", "Example Security Organization", acronym="ESO", seat="Vienna",
        founded_on="1975-08-01", member_count=57, topics=["child-trafficking", "protection"], aliases=["ЭСО"],
    )  # fmt: skip
    yield node("InternationalOrganization", "org:old", "Older Organization", founded_on="1919")
    yield node("PublicBody", "body:gha-justice", "Ministry of Justice", government="gov:gha", location="Accra")
    yield node("PublicBody", "body:ken-justice", "Ministry of Justice", government="gov:ken")
    yield node("PublicBody", "body:ken-labour", "Ministry of Labour", government="gov:ken")
    yield node("Ngo", "ngo:relief", "Example Relief Ltd", country="gov:ken", identifiers=["UEI:ABC123DEF456"])
    yield node("Ngo", "ngo:hope", "Hope House (Nairobi)", country="gov:ken", topics=["child-trafficking"])
    yield node("Ngo", "ngo:hostile", HOSTILE, summary=HOSTILE, website="https://example.org/?a=1&b=2")
    yield node("Person", "person:p1", "Ama Example", identifiers=["ORCID:0000-0001"], public_role="Coordinator")
    yield node("Review", "review:eso-1", "Review by the ESO, first round", mechanism="ESO")
    member: Values = {"category": "member", "period": {"start": "1990", "end_kind": "open", "end": ""}}
    yield EdgeStatement("MEMBER_OF", "gov:gha", "org:eso", member)
    yield EdgeStatement("MEMBER_OF", "gov:ken", "org:eso", member)
    left: Values = {"category": "member", "period": {"start": "1990", "end_kind": "dated", "end": "2001-01-01"}}
    yield EdgeStatement("MEMBER_OF", "gov:gha", "org:old", left)


def settled(folder: Path, *, ceiling: str = "") -> dict[str, str]:
    """Return the environment of a store in a folder."""
    return {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_CEILING": ceiling}
