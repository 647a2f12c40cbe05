"""A small world of every class and field, and one thing at a time that a reader below may not see."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from msgspec.structs import replace

from iga.graph.domain.catalog import EDGES, NODES, fits
from iga.graph.domain.marking import Marking
from iga.graph.domain.model import Edge, Node
from iga.graph.settings import read_settings
from iga.graph.statements import PERSON_JUDGE, Card, EdgeStatement, NodeStatement, Value, Values, Verdict
from iga.graph.workspace import Workspace
from tests.acceptance.homes import Row, row

CANARY = "Canary"
"""Part of every hidden value: nobody below may ever meet it."""

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
EMBARGO = "2026-12-01T00:00:00Z"
SINCE = {"start": "2019", "end_kind": "open", "end": ""}
OWN = {"Government": ("gov:usa", "gov:gha"), "PublicBody": ("body:us-state-tip", "body:desk")}
# A consent, and what makes one necessary, is a control: it may change what a reader below is shown (decision 0052).
CONTROLS = frozenset({"Consent", "SurvivorCouncil", "ADVISES"})
KINDS = (
    "node", "relationship", "field", "row", "source", "judgement", "embargoed row", "embargoed source", "withdrawn",
)  # fmt: skip  # words of one kind

WORLD = Card("ref:world", "Things of a world", rank=20, as_of="2026-01", gaps=("Not all is held.",))

JUDGED = Card(PERSON_JUDGE, "Judgements of our officers", rank=10)

Loads = list[tuple[Card, list[Row]]]


def ids_of(label: str) -> tuple[str, str]:
    """Return the ids of the two things of a class."""
    kind = next(node.kind for node in NODES if node.label() == label)
    return OWN.get(label, (f"{kind}:alpha", f"{kind}:beta"))


def one_of(labels: tuple[str, ...]) -> str:
    """Return the id of a thing that carries one of some labels."""
    return next(
        ids_of(node.label())[0] for node in NODES if fits(node.label(), labels) and node.label() not in CONTROLS
    )


def stated(cls: type[Node | Edge], *, highest: int = int(Marking.PUBLIC)) -> Values:
    """Return a value of each field of a class up to a marking: its example, with refs to what is there."""
    examples = {
        name: field.examples[0]
        for name, field in cls.model_fields.items()
        if field.examples and cls.rules()[name].marking <= highest and name != "is_protected"
    }
    values: Values = cls.model_validate(examples).model_dump(mode="json", exclude_none=True)
    for name, rule in cls.rules().items():
        if name in values and rule.shape == "ref":
            values[name] = one_of((rule.refers_to,))
        if name in values and rule.shape == "interval":
            values[name] = dict(SINCE)
    return values


def things() -> Iterator[NodeStatement]:
    """Give two things of each class, the first with all that may be public of it."""
    for cls in NODES:
        if cls.label() == "Consent":
            continue
        first, second = ids_of(cls.label())
        for written, values in ((first, stated(cls)), (second, {})):
            yield NodeStatement(cls.label(), written, {**values, "name": f"{cls.label()} {written.partition(':')[2]}"})


def ties() -> Iterator[EdgeStatement]:
    """Give relationships of each type between the first things of classes that they may join."""
    for cls in EDGES:
        if cls.type() in CONTROLS:
            continue
        ends = [[node for node in NODES if fits(node.label(), labels)][:1] for labels in cls.ends]
        for source, target in product(*ends):
            if not CONTROLS & {source.label(), target.label()}:
                from_, to = ids_of(source.label())[0], ids_of(target.label())[source is target]
                yield EdgeStatement(cls.type(), from_, to, stated(cls))


def open_loads() -> Loads:
    """Return what everybody may see."""
    world = [row(f"n{at}", said) for at, said in enumerate(things())]
    joined = [row(f"e{at}", said) for at, said in enumerate(ties())]
    return [
        (WORLD, world),
        (Card("ref:ties", "Relationships of a world", rank=20, as_of="2026-02"), joined),
        *_withdrawn(Card("ref:gone", "What is gone", rank=20), NodeStatement("Ngo", "ngo:gone", {"name": "Ngo gone"})),
    ]


def _withdrawn(card: Card, *statements: NodeStatement | EdgeStatement) -> Loads:
    """Return a load of a complete source, and the one after it that lacks what was there."""
    return [
        (replace(card, complete=True, as_of="2026-01"), [row("gone", *statements)]),
        (replace(card, complete=True, as_of="2026-02"), []),
    ]


def after() -> Loads:
    """Return loads that everybody may see, which come after what is hidden."""
    named = NodeStatement("Ngo", "ngo:late", {"name": "Ngo that came late", "country": "gov:gha"})
    tie = EdgeStatement("MEMBER_OF", "ngo:late", one_of(("Forum",)), {"period": dict(SINCE)})
    other = EdgeStatement("MEMBER_OF", "ngo:beta", one_of(("Forum",)))
    rival = NodeStatement("Ngo", "ngo:alpha", {"acronym": "RIVAL"})
    twin = NodeStatement("Ngo", "ngo:twin", {"name": "Ngo that came late, too"})
    judged = [
        row("judged", Verdict("forum:alpha", "ngo:late", "unsure", by="A. Officer", because="asked")),
        row("same", Verdict("ngo:late", "ngo:twin", "same", by="A. Officer", because="one register")),
    ]
    return [
        (replace(WORLD, as_of="2026-03"), [row("late", named, tie, other, twin)]),
        (Card("ref:rival", "Rivals", rank=30, as_of="2026-03"), [row("rival", rival)]),
        (JUDGED, judged),
    ]


def _canary(name: str, value: Value) -> Value:
    """Return a value that tells itself, where its field takes any text."""
    if isinstance(value, str) and " " in value:
        return f"{CANARY} {name}"
    return [f"{CANARY} {name}"] if isinstance(value, list) and name != "languages" else value


def protected(ceiling: Marking) -> Iterator[NodeStatement]:
    """Give statements on things that are there, of fields that lie above a ceiling."""
    for cls in NODES:
        hidden = {name for name, rule in cls.rules().items() if rule.marking > ceiling}
        values = {name: value for name, value in stated(cls, highest=2).items() if name in hidden}
        values = {name: _canary(name, value) for name, value in values.items()}
        if values and cls.label() not in CONTROLS:
            yield NodeStatement(cls.label(), ids_of(cls.label())[0], values)


def hidden(kind: str, ceiling: Marking) -> Loads:
    """Return loads with a thing of a kind that lies above a ceiling."""
    above, seen = int(ceiling) + 1, replace(WORLD, as_of="2026-02")
    partner = NodeStatement(
        "Ngo", "ngo:hidden", {"name": f"Ngo {CANARY}", "acronym": CANARY.upper(), "country": "gov:gha"}
    )
    joined = [
        EdgeStatement("MEMBER_OF", "ngo:hidden", one_of(("Forum",)), {"period": dict(SINCE)}),
        EdgeStatement("IMPLEMENTS", "ngo:hidden", one_of(("Project",)), {}),
    ]
    both: tuple[NodeStatement | EdgeStatement, ...] = (partner, *joined)
    marked = [_marked(statement, above) for statement in both]
    # Below internal an embargo hides; above that, it is the marking that does.
    above_internal = 0 if ceiling is Marking.PUBLIC else above
    match kind:
        case "field":
            return []  # see `field_rows`
        case "node":
            return [(seen, [row("hidden", *marked)])]
        case "relationship":
            tie = EdgeStatement("MEMBER_OF", "gov:gha", "ngo:alpha", {"period": dict(SINCE), "seat": CANARY})
            return [(seen, [row("hidden", _marked(tie, above))])]
        case "row":
            return [(seen, [row("hidden", *both, marking=above, note=CANARY)])]
        case "source":
            card = Card("ref:secret", f"Source {CANARY}", rank=10, marking=above, gaps=(f"{CANARY} gap.",))
            return [(card, [row("hidden", *both)])]
        case "withdrawn":
            card = Card("ref:secretgone", f"Source {CANARY}", rank=10, marking=above)
            return _withdrawn(card, replace(partner, id="ngo:withdrawn"))
        case "judgement":
            return [(JUDGED, _judged(ceiling))]
        case "embargoed row":
            return [(seen, [row("hidden", *both, public_from=EMBARGO, marking=above_internal)])]
        case "embargoed source" if ceiling is Marking.PUBLIC:
            text = f"Edition {CANARY}"
            card = Card("ref:world", text, rank=60, as_of="2026-02", gaps=(text,), public_from=EMBARGO)
            return [(card, [row("hidden", *both)])]
        case "embargoed source":
            card = Card("ref:secret", f"Source {CANARY}", rank=10, marking=above, public_from=EMBARGO)
            return [(card, [row("hidden", *both)])]
    raise AssertionError(kind)


def _marked(statement: NodeStatement | EdgeStatement, marking: int) -> NodeStatement | EdgeStatement:
    return replace(statement, marking=marking)


def _judged(ceiling: Marking) -> list[Row]:
    because = f"{CANARY} reason"
    verdicts = [
        Verdict("ngo:alpha", "ngo:beta", "same", by=CANARY, because=because, marking=int(ceiling) + 1),
        Verdict("ngo:alpha", "ngo:hidden", "same", by=CANARY, because=because),
    ]
    if ceiling is Marking.PUBLIC:  # what is judged of two public parties is internal still
        verdicts.append(Verdict("forum:alpha", "forum:beta", "different", by=CANARY, because=because))
    return [row(f"{verdict.first} {verdict.second}", verdict) for verdict in verdicts]


@dataclass
class Clock:
    """A clock that is set for each load, so that one load more does not move the others."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


def load_all(workspace: Workspace, clock: Clock, loads: Loads, *, at: int) -> None:
    """Load at some instants of their own, and bring the graph up."""
    with workspace.changing("a test") as ledger:
        for place, (card, rows) in enumerate(loads):
            clock.at = NOW - timedelta(days=30 - at, minutes=-place)
            with ledger.open_load(card) as load:
                load.put(rows)
                load.withdraw_unseen(allow_shrink=True)
                load.commit({"read": len(rows)})
        clock.at = NOW
        workspace.project()


def settled(home: Path, clock: Clock, *, ceiling: str = "") -> Workspace:
    """Return the workspace of a home folder."""
    return Workspace(
        read_settings({"IGA_STORE": str(home / "graph"), "IGA_CEILING": ceiling, "IGA_WHO": "A"}), clock=clock
    )


def made(base: Path, home: Path, loads: Loads) -> Path:
    """Make a home from a copy of another, with some loads more and the load that comes after them."""
    shutil.copytree(base, home)
    clock = Clock()
    with settled(home, clock) as opened, opened.kept_open() as workspace:
        load_all(workspace, clock, loads, at=10)
        load_all(workspace, clock, after(), at=20)
    return home


def field_rows(ceiling: Marking, *, is_hidden: bool) -> Loads:
    """Return rows that everybody sees, with or without values that lie above a ceiling."""
    card = Card("ref:contacts", "Contacts of a world", rank=30, as_of="2026-02")
    beside = NodeStatement("Ngo", "ngo:alpha", {"summary": f"{CANARY} summary"}, marking=int(ceiling) + 1)
    named = NodeStatement("Ngo", "ngo:alpha", {"name": "Ngo alpha"})
    rows: list[Row] = [row("own", named, *([beside] if is_hidden else []))]
    for at, statement in enumerate(protected(ceiling)):
        values: Mapping[str, Value] = statement.values if is_hidden else {}
        name: Values = {"name": f"{statement.cls} {statement.id.partition(':')[2]}"}
        rows.append(row(f"f{at}", replace(statement, values={**name, **values})))
    return [(card, rows)]
