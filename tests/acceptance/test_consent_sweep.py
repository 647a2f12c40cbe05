"""One person of each standing: every command, card, page, route, paper, file, feed, suggestion and tool is searched.

What is asked is what `test_non_interference` asks, which holds that no command or route is left out.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import replace

from iga.api.app import create_app
from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.domain.catalog import EDGES, NODES, fits
from iga.graph.domain.marking import Marking
from iga.graph.domain.model import Edge, Node
from iga.graph.ledger.erasure import erase
from iga.graph.reader import Reader
from iga.graph.statements import Card, EdgeStatement, NodeStatement, Value, Values
from iga.ingest.officer_entries import Signed, engagement, enter_all
from iga.ingest.restricting import restrict
from iga.queries.registry import QUESTIONS
from tests.acceptance.hidden_world import NOW, Clock, Loads, ids_of, load_all, open_loads, settled, stated
from tests.acceptance.homes import Row, row
from tests.acceptance.test_non_interference import REFUSED, _pages, addresses, asked, command_lines, unpacked
from tests.app_client import AppClient

pytestmark = pytest.mark.slow

Statement = NodeStatement | EdgeStatement

CEILINGS = (Marking.INTERNAL, Marking.SENSITIVE)
NAMES = {
    "given": ("Bruno", "Malterquist"),
    "refused": ("Odile", "Zwarkand"),
    "taken-back": ("Tamsin", "Hoverleck"),
    "ran-out": ("Casimir", "Ubbeloh"),
    "no-answer": ("Philippa", "Grintveld"),
    "restricted": ("Yorick", "Sandelbaum"),
    "erased": ("Eulalia", "Krompvik"),
    "member": ("Desmond", "Fyrstenau"),
    "unasked": ("Wilhelmina", "Joccardi"),
}
"""Somebody of each standing; the family name stands in no id, and in each of the addresses."""
SURNAMES = {standing: surname for standing, (_, surname) in NAMES.items()}
HIDDEN = ("refused", "taken-back", "ran-out", "no-answer", "restricted", "erased")
CONSENTS: Mapping[str, Values] = {
    "given": {"decision": "allowed"},
    "refused": {"decision": "refused"},
    "taken-back": {"decision": "allowed", "withdrawn_on": "2026-05-20"},
    "ran-out": {"decision": "allowed", "period": {"start": "2026-01-10", "end": "2026-02-28", "end_kind": "closed"}},
    "no-answer": {},
}
NAMED, DESK = "Talk with Odile Zwarkand", "desk-of-a-post@example.org"
"""What texts say that name somebody who refused, and the address of posts whose names do."""
NOT_TIED = ("Person", "Consent", "SurvivorCouncil", "ContactPoint")
DUTIES = ("ask consent", "export person", "audit who-saw", "resolve candidates", "resolve show", "log")
"""What serves a duty to the person, such as to tell them from a namesake, for whoever sees what is sensitive, and what
officers typed themselves."""
USES = (
    "ask contact", "ask introductions", "export ", "memo ", "out/", "/v1/exports", "/v1/memos", "/v1/feeds",
    "reconcile",
)  # fmt: skip  # read across, like the rows of a table
"""What uses people: a name that a look-up may show is not in it unless a consent for that use stands."""


def _of(standing: str) -> str:
    return f"person:{sorted(SURNAMES).index(standing)}-{ord(standing[0])}"


def _mailboxes(standing: str) -> dict[str, tuple[str, str]]:
    """Return the addresses of somebody, by the id of the channel: whom it is listed with, and the address."""
    first, surname, post = *map(str.lower, NAMES[standing]), ids_of("Post")[0]
    number = _of(standing).partition(":")[2]
    return {
        f"contact:{number}-a": (_of(standing), f"box-of-{surname}@example.org"),
        f"contact:{number}-b": (post, f"{first}.{surname}@post.example.org"),
        f"contact:{number}-c": (post, f"{first[0]}{surname}2@post.example.org"),
        f"contact:{number}-d": (post, f"{surname}@post.example.org"),
        f"contact:{number}-e": (post, f"{surname}_{first}@post.example.org"),
    }


def _rows(standing: str) -> Iterator[Row]:
    """Give what is said of somebody: all that may be said of a person, and the same relationships as of another."""
    (first, surname), who = NAMES[standing], _of(standing)
    known = stated(next(it for it in NODES if it.label() == "Person"))
    named: Values = {"name": f"{first} {surname}", "family_name": surname, "aliases": [f"{first[0]}. {surname}"]}
    yield row(f"{who} is", NodeStatement("Person", who, {**known, **named}), *_ties(who))
    if standing in HIDDEN and standing != "erased":  # nobody has judged yet whether that is the same person
        namesake = NodeStatement("Person", f"{who}-2", {**known, "name": f"{surname}, {first}", "aliases": []})
        yield row(f"{who} again", namesake, *_ties(f"{who}-2"))
    for channel, (owner, address) in _mailboxes(standing).items():
        values: Values = {"name": "mail", "channel": {"kind": "email", "value": address}, "seen_on": ["2026-05-01"]}
        point = NodeStatement("ContactPoint", channel, values)
        yield row(channel, point, EdgeStatement("REACHED_AT", owner, channel, {}))
    if standing in CONSENTS:
        asked_for: Values = {"person": who, "purpose": "be contacted", "given_on": "2026-01-10"}
        answer = {**asked_for, "name_to_use": f"Ms. {surname}", **CONSENTS[standing]}
        yield row(f"{who} says", NodeStatement("Consent", f"consent:{who[7:]}", answer))
    if standing == "member":
        council = NodeStatement("SurvivorCouncil", "council:alpha", {"name": "Council alpha"})
        yield row("council", council, EdgeStatement("MEMBER_OF", who, "council:alpha", {}))


def _ties(who: str) -> Iterator[EdgeStatement]:
    """Give relationships of each type that a person may have, with the first thing of a class that it may lead to."""
    for cls in EDGES:
        if cls.type() in ("ADVISES", "REACHED_AT"):
            continue
        for at, others in ((0, cls.ends[1]), (1, cls.ends[0])):
            is_body = at == 1 and cls.type() in ("MEMBER_OF", "POST_IN", "PART_OF")  # nobody is in a person
            if is_body or not fits("Person", cls.ends[at]):
                continue
            other = next(
                it for it in NODES if fits(it.label(), others) and it.label() not in ("SurvivorCouncil", "Consent")
            )
            ends = (who, ids_of(other.label())[0]) if at == 0 else (ids_of(other.label())[0], who)
            yield EdgeStatement(cls.type(), *ends, stated(cls))


def _held() -> Iterator[Row]:
    """Give a thing of each class with somebody's name in every text of it, the same by its id, and relationships."""
    for cls in NODES:
        if cls.label() in ("Person", "Consent"):
            continue
        written = ids_of(cls.label())[0].partition(":")[0]
        values = {**_naming(cls), "name": f"{NAMED} about {cls.label()}"}
        for end in ("gamma", "about-odile-zwarkand")[: 2 if cls.label() in ("Post", "Engagement", "Ngo") else 1]:
            thing = NodeStatement(cls.label(), f"{written}:{end}", values)
            yield row(f"{written} {end}", thing, *_tied(thing), note=NAMED)
    for tie in EDGES:
        source, target = (ids_of(next(it for it in NODES if fits(it.label(), ends)).label())[1] for ends in tie.ends)
        if source != target and tie.type() != "ADVISES":
            yield row(f"edge {tie.type()}", EdgeStatement(tie.type(), source, target, _naming(tie)), note=NAMED)


def _tied(thing: NodeStatement) -> Iterator[Statement]:
    """Give the relationships that are declared for a class by its name, and an address of its own for a post."""
    for cls in EDGES:
        for at, other in ((0, cls.ends[1]), (1, cls.ends[0])):
            if thing.cls not in cls.ends[at] or cls.type() == "ADVISES":
                continue
            end = next(
                (ids_of(it.label())[0] for it in NODES if fits(it.label(), other) and it.label() not in NOT_TIED), ""
            )
            if end:
                yield EdgeStatement(cls.type(), *((thing.id, end) if at == 0 else (end, thing.id)), stated(cls))
    if thing.cls == "Post":
        mailbox: Values = {"name": "mail", "channel": {"kind": "email", "value": DESK}, "seen_on": ["2026-05-01"]}
        channel = f"contact:of-{thing.id.partition(':')[2][:5]}"
        yield NodeStatement("ContactPoint", channel, mailbox)
        yield EdgeStatement("REACHED_AT", thing.id, channel, {})


def _naming(cls: type[Node | Edge]) -> dict[str, Value]:
    """Return values of a class with somebody's name in each that may be any text."""
    return {name: _named(cls, name, value) for name, value in stated(cls, highest=int(Marking.INTERNAL)).items()}


def _named(cls: type[Node | Edge], name: str, value: Value) -> Value:
    text = f"{NAMED} on {name}"
    for naming in (text, [text]):
        with suppress(ValueError):
            cls.__pydantic_validator__.validate_assignment(cls.model_construct(), name, naming)
            return naming
    return value


def _named_sources() -> Loads:
    """Return what everybody may see, of sources with somebody's name in each text, id, key of a row and file."""
    about = "odile-zwarkand"
    page, told = (
        f"https://example.org/{about}",
        {name: f"{NAMED}, {name}" for name in ("title", "publisher", "licence")},
    )
    return [
        (
            replace(card, source=f"{card.source}-of-{about}", gaps=(NAMED,), url=page, **told),
            [(f"{about} {key}", f"{about}.csv:{place}", content) for place, (key, _, content) in enumerate(rows)],
        )
        for card, rows in open_loads()
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with somebody of each standing, one of them restricted and one erased."""
    folder, clock = tmp_path_factory.mktemp("standings") / "home", Clock()
    people = Card("ref:people", "People of a world", rank=20, as_of="2026-02")
    rows = [*_held(), *(one for standing in SURNAMES for one in _rows(standing))]
    with settled(folder, clock) as workspace:
        load_all(workspace, clock, [*_named_sources(), (people, rows)], at=0)
        with workspace.changing("a test") as ledger:
            signed = Signed("B", "2026-06-01", NAMED)
            enter_all(ledger, [("typed", engagement({"name": NAMED}, signed=signed))], signed=signed)
            restrict(ledger, [_of("restricted")], signed=Signed("A", "2026-06-01", "asked for it"))
            erase(ledger, [_of("erased")], by="A", authority="a decision")
            workspace.forget()
        workspace.project()
    return folder


Shown = Callable[[Marking], Mapping[str, str]]


@pytest.fixture(scope="module")
def shown(home: Path) -> Shown:
    """Give all that a reader of the office is shown, by what was asked; each ceiling once."""

    @cache
    def under(ceiling: Marking) -> Mapping[str, str]:
        return {name: text.decode(errors="replace").casefold() for name, text in _all_shown(home, ceiling)}

    return under


def _all_shown(home: Path, ceiling: Marking) -> Iterator[tuple[str, bytes]]:
    folder = home / ceiling.word
    (folder / "out").mkdir(parents=True, exist_ok=True)
    (folder / "names.csv").write_text("name\nOdile Zwarkan\nTamsin\nNgo alpha\n", encoding="utf-8")
    environ = {"IGA_STORE": f"embedded:{home / 'graph'}", "IGA_NOW": NOW.isoformat()}
    reader = Reader("A", "test", ceiling)
    with closing(OwnWorkspaces(environ, Captured().console(100))) as workspaces, workspaces(None, None).kept_open():
        for line in _lines(ceiling):
            kept = Captured()
            run(line, Call(console=kept.console(100), workspaces=workspaces, folder=folder, reader=reader))
            yield " ".join(line), (kept.out.getvalue() + kept.err.getvalue()).encode()
        app = create_app(workspaces(None, None).under(reader))
        with AppClient(app, follow_redirects=False) as client:
            for address in _addresses(ceiling):
                yield from _pages(client, address)
    for file in sorted((folder / "out").rglob("*")):
        yield from unpacked(str(file.relative_to(folder)), file.read_bytes())


def _lines(ceiling: Marking) -> Iterator[tuple[str, ...]]:
    """Give every command line that reads, and those that would meet these people by other ids or parts of names.

    Each is run for whoever sees all; routes answer those below, by the same questions.
    """
    everything = ceiling is Marking.SENSITIVE
    yield from (line for line in command_lines(everything=everything) if " ".join(line) not in REFUSED)
    if not everything:
        return
    for who in map(_of, SURNAMES):
        for act in ("show", "why", "find", "ask contact --party", "ask profile --party", "ask handover --party"):
            yield (*act.split(), who)
        yield "export", "party", who, "--to", "json", "-o", f"out/{who[7:]}.json"
    for part in ("Zwark", "Hoverl", "Casimir", "odile.z", "Sandelb", "Grintv", "Tamsin"):
        yield "find", part
        yield "ask", "profile", "--party", part
        yield "ask", "who", "knows", part
        yield "mcp", "--call", "find", json.dumps({"text": part})
    for card in QUESTIONS.values():
        for name, labels in card.names.items():
            for label, at in product(("Person", "Post", "Engagement", "Forum"), (0,)):
                if fits(label, labels):
                    typed = {**asked()[card.name], name: ids_of(label)[at]}
                    yield (
                        "ask",
                        card.name,
                        *(word for it, text in typed.items() for word in (f"--{it.replace('_', '-')}", text)),
                    )


def _addresses(ceiling: Marking) -> Iterator[str]:
    yield from addresses(everything=ceiling is Marking.INTERNAL)
    things = [*map(_of, SURNAMES), "post:alpha", "engagement:alpha", "forum:alpha", "council:alpha", "contact:alpha"]
    for thing in things:
        for way in ("/entities/{}", "/entities/{}/history", "/entities/{}/timeline", "/graph?party={}&depth=2"):
            yield way.format(thing)
        for way in ("", "/relationships", "/statements", "/history"):
            yield f"/v1/entities/{thing}{way}"
    for part in ("zwark", "Hover", "casim", "Phili", "yorick"):
        yield f"/suggestions?q={part}"
        yield f"/look?q={part}"
        yield f"/v1/find?q={part}"
        yield f"/v1/ask?q={part}"
        yield f"/v1/reconcile?query={part}"
        yield f"/v1/reconcile/suggest/entity?prefix={part}"


def _met(replies: Mapping[str, str], canary: str, *, among: Callable[[str], bool] = lambda _: True) -> list[str]:
    """Return what showed a text, but for what was asked for with it."""
    return [name for name, text in replies.items() if canary in text and canary not in name.casefold() and among(name)]


@pytest.mark.parametrize("ceiling", CEILINGS, ids=lambda ceiling: ceiling.word)
@pytest.mark.parametrize("standing", HIDDEN)
def test_nobody_is_shown_who_did_not_agree(shown: Shown, ceiling: Marking, standing: str) -> None:
    met = _met(shown(ceiling), SURNAMES[standing].casefold())
    assert [name for name in met if not (ceiling is Marking.SENSITIVE and name.startswith(DUTIES))] == []


@pytest.mark.parametrize("ceiling", CEILINGS, ids=lambda ceiling: ceiling.word)
def test_a_post_whose_name_names_somebody_gives_no_address(shown: Shown, ceiling: Marking) -> None:
    assert _met(shown(ceiling), DESK) == []


@pytest.mark.parametrize("ceiling", CEILINGS, ids=lambda ceiling: ceiling.word)
def test_of_who_sits_on_a_council_no_address_is_shown_and_nothing_is_used(shown: Shown, ceiling: Marking) -> None:
    surname = SURNAMES["member"].casefold()
    replies = shown(ceiling)
    assert {name for _, address in _mailboxes("member").values() for name in _met(replies, address)} == set()
    assert _met(replies, surname, among=lambda name: name.startswith(USES)) == []
    assert _met(replies, surname)


@pytest.mark.parametrize("ceiling", CEILINGS, ids=lambda ceiling: ceiling.word)
def test_who_agreed_or_need_not_be_asked_is_found(shown: Shown, ceiling: Marking) -> None:
    replies = shown(ceiling)
    for standing in ("given", "unasked"):
        assert len(_met(replies, SURNAMES[standing].casefold())) > 20
        assert {name for _, address in _mailboxes(standing).values() for name in _met(replies, address)}
    assert _met(replies, SURNAMES["given"].casefold(), among=lambda name: name.startswith("out/")) == []
