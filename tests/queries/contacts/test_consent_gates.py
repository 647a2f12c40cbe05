"""Who took a consent back, refused or never gave one is in no answer, paper or file that uses people."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from itertools import chain, product
from typing import Any

import msgspec
import pytest

from iga.exports.files.address_cards import cards_of_parties
from iga.exports.files.party_file import party_rows
from iga.exports.files.popolo import popolo_of
from iga.exports.graphs.subgraph import everything
from iga.exports.memos.write import write_memo
from iga.exports.render.formats import rendered
from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, IgaError, NotFound
from iga.graph.fold.shapes import View
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.graph.statements import Statement, Verdict
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.ask import ask
from iga.queries.core.channels import not_for_officials
from iga.queries.core.compiled import Everything
from iga.queries.core.names.find import find
from iga.queries.core.names.narrowing import Narrowing
from iga.queries.core.permissions import CONTACTED, NAMED_IN_EXPORT, NAMED_IN_PAPER
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.reconciling.service import answered
from iga.queries.reconciling.suggest import suggestions
from iga.queries.reconciling.table_rows import Name, Narrowed, decided
from iga.queries.whole.entity import entity, relationship_kinds, relationships, thing_at
from iga.queries.whole.sources import EVERYTHING_NAMED
from iga.queries.whole.why import why
from tests.queries.asking import Stated, asking
from tests.queries.names.test_own_addresses import WAYS
from tests.queries.world import between, card, edge, node, rows, since

TODAY, NAME, MAIL = "2026-06-01", "Sue Example", "sue@example.org"


def _office(*more: Stated) -> Iterable[Stated]:
    """A body with one post, whose holder has a channel of her own."""
    yield node("Government", "gov:usa", name="United States")
    yield node("PublicBody", "body:us-state-tip", name="Trafficking Office", government="gov:usa")
    yield node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO")
    yield node("Post", "post:head", name="Head of the Unit", role="head")
    yield edge("POST_IN", "post:head", "org:eso")
    yield node("Person", "person:sue", name=NAME)
    yield edge("HOLDS", "person:sue", "post:head", period=since("2025-01-01"), attested_on=["2026-05-01"])
    yield node("ContactPoint", "contact:sue", name="mail", channel={"kind": "email", "value": MAIL})
    yield edge("REACHED_AT", "person:sue", "contact:sue")
    yield from more


def _consent(slug: str, purpose: str, **values: object) -> Statement:
    stated: dict[str, object] = {"decision": "allowed", "given_on": "2026-01-10", "contact_via": "The Network"}
    return node("Consent", f"consent:{slug}", person="person:sue", purpose=purpose, **(stated | values))


def _council(person: str = "person:sue") -> Iterable[Statement]:
    yield node("SurvivorCouncil", "council:c", name="Council of Survivors")
    yield edge("MEMBER_OF", person, "council:c", period=between("2016", "2018"))


REFUSALS = {
    "taken back": (_consent("x", CONTACTED, withdrawn_on="2026-05-20"),),
    "refused": (_consent("x", CONTACTED, decision="refused"),),
    "ran out": (_consent("x", CONTACTED, period=between("2026-01-10", "2026-02-28")),),
    "for another use": (_consent("x", "speak at a side event"),),
    "once on a council, and silent": tuple(_council()),
    "holds a post in a council": (
        node("SurvivorCouncil", "council:c", name="Council of Survivors"),
        node("Post", "post:chair", name="Chair"),
        edge("HOLDS", "person:sue", "post:chair"),
        edge("POST_IN", "post:chair", "council:c"),
    ),
    "advises a body": (edge("ADVISES", "person:sue", "org:eso"),),
    "marked by a source": (node("Person", "person:sue", is_protected=True),),
}


def _session(*statements: Stated, ceiling: Marking = Marking.SENSITIVE) -> AbstractContextManager[Session]:
    return asking(_office(*statements), view=View(ceiling=ceiling))


def _surfaces(session: Session) -> Iterator[tuple[str, str]]:
    """Give everything that uses people, as the text of what it shows."""
    yield "contact", ask(session, "contact", {"party": "ESO"}).model_dump_json()
    paper = write_memo(session, "meeting", {"party": "ESO"}, is_full=True)
    yield "paper", rendered(paper, "md").decode()
    exported = party_rows(session, ["org:eso"], day=TODAY)
    yield "rows", str(exported)
    yield "cards", str(cards_of_parties(exported.rows))
    yield "popolo", str(popolo_of(exported.rows, about={}))
    part = everything(session)
    yield "graph", str([*part.nodes(), *part.edges()])
    matching = session.used_for(NAMED_IN_EXPORT)
    yield "reconcile", str(answered(matching, {"query": NAME}))
    yield "suggest", str(suggestions(matching, "entity", NAME))


@pytest.mark.parametrize("address", ["sue.example@example.org", "exo+suexample@example.org", "head@example.org"])
def test_an_address_of_a_post_under_the_name_of_who_did_not_agree_is_left_out(address: str) -> None:
    channel = node("ContactPoint", "contact:post", name="post mail", channel={"kind": "email", "value": address})
    reached = edge("REACHED_AT", "post:head", "contact:post")
    is_named = address.startswith("sue.")
    with _session(channel, reached) as session:
        assert all(address in text for surface, text in _surfaces(session) if surface in ("contact", "paper", "rows"))
    with _session(channel, reached, _consent("x", CONTACTED, decision="refused")) as session:
        for surface, text in _surfaces(session):
            if surface in ("contact", "paper", "rows", "cards", "popolo", "graph"):
                assert (address in text) != is_named, surface


@pytest.mark.parametrize("ceiling", Marking)
@pytest.mark.parametrize("statements", REFUSALS.values(), ids=REFUSALS)
def test_whom_no_consent_covers_is_in_nothing_that_uses_people(
    statements: tuple[Statement, ...], ceiling: Marking
) -> None:
    with _session(*statements, ceiling=ceiling) as session:
        for surface, text in _surfaces(session):
            assert NAME not in text, surface
            assert MAIL not in text, surface


def test_without_a_consent_or_a_council_there_is_nothing_to_ask_for() -> None:
    with _session() as session:
        shown = {surface for surface, text in _surfaces(session) if NAME in text}
    assert shown == {"contact", "paper", "rows", "cards", "popolo", "graph", "reconcile", "suggest"}


OWN, BOX = "s.example@eso.example.org", "unit@eso.example.org"
LISTED = (
    (
        edge("HOLDS", "person:sue", "post:head", period=since("2025-01-01"), attested_on=["2026-05-01"]),
        node("ContactPoint", "contact:own", name="mail", channel={"kind": "email", "value": OWN}),
        edge("REACHED_AT", "post:head", "contact:own"),
    ),
    (
        node("ContactPoint", "contact:box", name="mailbox", channel={"kind": "email", "value": BOX}),
        edge("REACHED_AT", "post:head", "contact:box"),
    ),
)
"""As in a list of contacts: a row has post, holder and address; another row has a mailbox of the post."""


@pytest.mark.parametrize("statements", REFUSALS.values(), ids=REFUSALS)
def test_an_address_that_is_listed_with_its_holder_goes_with_the_holder(statements: tuple[Statement, ...]) -> None:
    with _session(*LISTED, *statements) as session:
        for surface, text in _surfaces(session):
            assert OWN not in text, surface
            assert NAME not in text, surface
        answer = ask(session, "contact", {"party": "ESO"})
    assert answer.rows[0].channels == (BOX,)  # type: ignore[attr-defined]


def test_whom_nobody_may_name_comes_after_whoever_may_be_asked() -> None:
    other = (node("Post", "post:other", name="Secretary"), edge("POST_IN", "post:other", "org:eso"))
    with _session(LISTED[0], *other, *REFUSALS["taken back"]) as session:
        answer = ask(session, "contact", {"party": "ESO"})
    assert [row.post for row in answer.rows] == ["post:other", "post:head"]  # type: ignore[attr-defined]
    assert "no consent of its holder" in str(answer.rows[1])


def test_a_consent_opens_its_own_use_and_no_other() -> None:
    with _session(_consent("x", CONTACTED), _consent("y", NAMED_IN_PAPER, decision="refused")) as session:
        shown = dict(_surfaces(session))
    assert NAME in shown["contact"]
    assert MAIL in shown["contact"]
    assert NAME not in shown["paper"]
    assert NAME not in shown["graph"]


def test_nobody_is_told_to_write_to_who_may_not_be_contacted() -> None:
    desk = node("ContactPoint", "contact:desk", name="desk", channel={"kind": "email", "value": "desk@example.org"})
    reached = edge("REACHED_AT", "post:head", "contact:desk")
    follows = node("Person", "person:new", name="Sue Exampel"), edge("HOLDS", "person:new", "post:head")
    over = edge("HOLDS", "person:sue", "post:head", period=between("2025-01-01", "2026-04-30"))
    for more in ((), (over, *follows)):
        refused = _consent("x", CONTACTED, decision="refused")
        with _session(refused, desk, reached, *more, ceiling=Marking.INTERNAL) as session:
            answer = ask(session, "contact", {"party": "ESO"})
        assert "name left out" in str(answer.rows[0])
        assert "desk@example.org" in answer.headline
        assert "left out" not in answer.headline


def test_a_purpose_in_the_words_of_the_consent_opens_it() -> None:
    with _session(_consent("x", "speak at a side event")) as session:
        answer = ask(session, "contact", {"party": "ESO", "purpose": "Speak at a side event"})
    assert answer.rows[0].holder_name == NAME  # type: ignore[attr-defined]


def test_who_is_left_out_is_counted_with_the_permitted_way_for_those_who_may_know() -> None:
    with _session(_consent("x", "speak at a side event")) as session:
        doubts = [doubt.text for doubt in ask(session, "contact", {"party": "ESO"}).caveats]
        assert "Left out: 1 person (no consent on record). Make contact through The Network instead." in doubts
        with pytest.raises(Denied, match="no consent on record; make contact through The Network instead"):
            ask(session, "contact", {"party": NAME})


@pytest.mark.parametrize("ceiling", Marking)
def test_that_an_entry_whose_id_names_somebody_is_left_out_is_said_to_those_who_may_know(ceiling: Marking) -> None:
    period = between("2026-05-01", "2026-05-01")
    ids = "engagement:desk-sue-example", "engagement:other"
    meetings = [(node("Engagement", it, period=period), edge("ORGANIZED", "org:eso", it)) for it in ids]
    said = "Left out: 1 entry whose id names somebody who did not consent."
    with _session(*meetings, _consent("x", CONTACTED, decision="refused"), ceiling=ceiling) as session:
        shown = [ask(it, "engagements", {"party": "ESO"}) for it in (session, session.for_duty())]
    told = [[it.text for it in answer.caveats if it.kind == "undisclosed"] for answer in shown]
    assert told == [[said] if ceiling is Marking.SENSITIVE else [], []]
    assert ["sue-example" in str(answer) for answer in shown] == [False, True]


REASONS = {
    "consent taken back on 2026-05-20": _consent("x", CONTACTED, withdrawn_on="2026-05-20", contact_via=""),
    "consent refused on 2026-01-10": _consent("x", CONTACTED, decision="refused", contact_via=""),
    "consent ran out on 2026-02-28": _consent(
        "x", CONTACTED, period=between("2026-01-10", "2026-02-28"), contact_via=""
    ),
    "not certain that the consent holds": _consent("x", CONTACTED, period=since("2026-06"), contact_via=""),
    "no consent on record": _consent("x", "speak at a side event", withdrawn_on="2026-05-20", contact_via=""),
}


@pytest.mark.parametrize(("reason", "consent"), REASONS.items(), ids=REASONS)
def test_why_somebody_is_left_out_is_said_with_its_day_to_those_who_may_know(reason: str, consent: Statement) -> None:
    with _session(consent) as session:
        doubts = [doubt.text for doubt in ask(session, "contact", {"party": "ESO"}).caveats]
        assert f"Left out: 1 person ({reason})." in doubts
        with pytest.raises(Denied, match=f"did not agree to {CONTACTED}: {reason}$"):
            ask(session, "contact", {"party": NAME})


def test_who_may_be_shown_is_decided_once_for_each_use_and_day_and_noted_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decided: list[tuple[object, str]] = []
    permitted = Session._permitted

    def counting(session: Session, *read: Any) -> Any:
        decided.append((session.shows, session.today))
        return permitted(session, *read)

    monkeypatch.setattr(Session, "_permitted", counting)
    with _session(_consent("x", CONTACTED, period=between("2026-01-10", "2026-06-01"))) as session:
        later = replace(session, today="2026-06-02")  # the consent has run out
        ways = [(session, CONTACTED), (later, CONTACTED), (session, NAMED_IN_PAPER), (session, None), (later, None)]
        for _ in range(2):
            shown = []
            for on_day, use in ways:
                asking = on_day.for_request().used_for(use)
                shown.append(NAME in {row.name for row in asking.read(ENTITIES_BY_ID, OfIds(ids=("person:sue",)))})
                assert (len(asking.rows_read[0]), bool(asking.left_out)) == (int(shown[-1]), not shown[-1])
            assert shown == [True, False, False, True, False]
    assert len(decided) == len(set(decided)) == len(ways)


def test_a_paper_and_a_reader_below_sensitive_are_not_told_why() -> None:
    taken_back = _consent("x", CONTACTED, withdrawn_on="2026-05-20", contact_via="")
    with _session(taken_back) as session:
        paper = rendered(write_memo(session, "meeting", {"party": "ESO"}, is_full=True), "md").decode()
        assert "Left out for want of consent: 1 person" in paper
        assert "taken back" not in paper


@pytest.mark.parametrize("ceiling", [Marking.PUBLIC, Marking.INTERNAL])
def test_below_sensitive_who_is_left_out_is_answered_as_nobody_is(ceiling: Marking) -> None:
    taken_back = _consent("x", CONTACTED, withdrawn_on="2026-05-20", contact_via="")
    held = node("Person", "person:near", name="Sue Exampel")
    post = node("ContactPoint", "contact:held", name="mail", channel={"kind": "email", "value": "s.example@eso.org"})
    with _session(taken_back, held, post, edge("REACHED_AT", "post:head", "contact:held")) as session:
        below = replace(session, ledger=SeenLedger(session.ledger, View(ceiling=ceiling), horizon=1))
        ways = thing_at, entity, why, lambda it, name: ask(it, "contact", {"party": name})
        for way, text in product(
            ways, (NAME, "Sue Exampel", "person:sue", "person:near", "contact:sue", "contact:held")
        ):
            unknown = "person:zzz" if ":" in text else "Zzz Qqqqq"
            with pytest.raises(NotFound) as nobody:
                way(below, unknown)
            with pytest.raises(NotFound) as refused:
                way(below, text)
            assert type(refused.value) is type(nobody.value)
            told, usual = (str(it.value.message).partition(";")[0] for it in (refused, nobody))
            assert told == usual.replace(unknown, text)


def test_below_sensitive_who_is_known_and_agreed_to_something_else_has_a_way_named() -> None:
    with _session(_consent("x", "speak at a side event")) as session:
        below = replace(session, ledger=SeenLedger(session.ledger, View(ceiling=Marking.INTERNAL), horizon=1))
        with pytest.raises(Denied, match="no consent for it stands; make contact through The Network instead"):
            ask(below, "contact", {"party": NAME})


def test_below_sensitive_nothing_tells_of_a_consent() -> None:
    with _session(_consent("x", "speak at a side event"), ceiling=Marking.INTERNAL) as session:
        answer = ask(session, "contact", {"party": "ESO"})
    assert "onsent" not in "".join(doubt.text for doubt in answer.caveats)


def test_a_consent_taken_back_binds_at_once_also_a_look_back() -> None:
    with _session(_consent("x", CONTACTED)) as session:
        assert NAME in ask(session, "contact", {"party": "ESO"}).model_dump_json()
        with session.ledger.open_load(card("list:withdrawals", "Withdrawals")) as load:
            load.put(rows("withdrawals.csv", node("Consent", "consent:x", withdrawn_on=TODAY)))
            load.commit({"read": 1})
        # The graph is not brought up to date yet, and the question looks back to a day before.
        assert isinstance(session.store, EmbeddedStore)
        fresh = Session.of(session.store, session.ledger, today=TODAY)
        assert NAME not in ask(fresh, "contact", {"party": "ESO", "as_of": "2026-03-01"}).model_dump_json()


def test_a_look_up_shows_who_sits_on_a_council_and_not_how_to_reach_them() -> None:
    with _session(*_council()) as session:
        assert NAME in ask(session, "members", {"party": "Council of Survivors", "as_of": "2017"}).model_dump_json()
        assert MAIL not in entity(session, "person:sue").model_dump_json()
        assert MAIL not in ask(session, "stale-contacts", {}).model_dump_json()


@pytest.mark.parametrize("name", [NAME, "person:sue", "Sue Exampel"])
def test_a_look_up_shows_nobody_who_took_a_consent_back(name: str) -> None:
    taken_back = _consent("x", CONTACTED, withdrawn_on="2026-05-20")
    with _session(taken_back, *LISTED) as session:
        for text in (
            find(session, name).model_copy(update={"query": "", "caveats": ()}).model_dump_json(),
            ask(session, "stale-contacts", {}).model_dump_json(),
            entity(session, "post:head").model_dump_json(),
            why(session, "post:head").model_dump_json(),
        ):
            assert NAME not in text
            assert MAIL not in text
            assert OWN not in text
        for shows in (entity, why, thing_at):
            with pytest.raises(NotFound if name.endswith("pel") else Denied) as refused:
                shows(session, name)
            assert NAME not in refused.value.message.replace(f"'{name}'", "")
        assert ask(session, "consent", {"party": NAME}).rows  # to ask what was agreed to is a duty


def _made_of_the_name() -> dict[str, str]:
    """Return an address of each way in which they are made of the name, by the id of the channel."""
    first, last = NAME.lower().split()
    locals_ = [way.format(first=first, last=last, f=first[0]) + digits for way, digits in product(WAYS, ("", "07"))]
    return {f"contact:way-{at}": f"{local}@eso.example.org" for at, local in enumerate(locals_)}


@pytest.mark.parametrize("agreed", [False, True])
def test_no_way_in_which_an_address_is_made_of_a_name_leads_to_who_took_a_consent_back(*, agreed: bool) -> None:
    addresses = _made_of_the_name()
    stated = [
        (node("ContactPoint", it, name="mail", channel={"kind": "email", "value": address}, seen_on=["2026-05-01"]),
         edge("REACHED_AT", "post:head", it))
        for it, address in addresses.items()
    ]  # fmt: skip
    consent = _consent("x", CONTACTED, **({} if agreed else {"withdrawn_on": "2026-05-20"}))
    with _session(*stated, consent) as session:
        shown = dict(_surfaces(session))
        shown["find"] = "".join(
            find(session, address).model_dump_json(exclude={"query"}) for address in addresses.values()
        )
        shown["show"] = entity(session, "post:head", limit=100).model_dump_json()
        shown["why"] = "".join(map(str, map(partial(_why_or_refused, session), addresses)))
        for question in ("stale-contacts", "handover", "profile", "turnover", "neighbourhood"):
            parameters = (
                {} if question == "stale-contacts" else {"party": "post:head" if question == "turnover" else "ESO"}
            )
            shown[question] = ask(session, question, parameters).model_dump_json()
    met = {surface for surface, text in shown.items() for address in addresses.values() if address in text}
    assert met == ({"contact", "find", "why", "stale-contacts"} if agreed else set())


@pytest.mark.parametrize("owner", ["org:eso", "post:head", "org:desk", "gov:usa", "post:aide"])
@pytest.mark.parametrize("is_protected", [False, True])
def test_no_notation_of_an_address_leads_to_who_took_a_consent_back_whatever_it_is_given_for(
    owner: str, *, is_protected: bool
) -> None:
    phone = node("ContactPoint", "contact:phone", channel={"kind": "phone", "value": "+44 20 7946 0958"})
    others = ("020 7946 0958", "+44 (0)20 7946-0958 ext. 3", "Sue+desk@Example.org", "my.sue.example+x@example.net")
    stated = [
        (node("ContactPoint", f"contact:o{at}", channel={"kind": "email" if "@" in it else "phone", "value": it}),
         edge("REACHED_AT", owner, f"contact:o{at}"))
        for at, it in enumerate(others)
    ]  # fmt: skip
    desk = node("InternationalOrganization", "org:desk", name="Desk"), edge("PART_OF", "org:desk", "org:eso")
    # Somebody may stand where a body does: what belongs to them, and what they belong to.
    aide = node("Post", "post:aide", name="Aide"), edge("POST_IN", "post:aide", "person:sue")
    belongs = edge("MEMBER_OF", "person:sue", "org:desk"), edge("REACHED_AT", "person:sue", "contact:phone")
    consent = _consent("x", CONTACTED, **({"withdrawn_on": "2026-05-20"} if is_protected else {}))
    with _session(phone, belongs, aide, desk, consent, *stated) as session:
        shown = dict(_surfaces(session))
        shown["show"] = entity(session, owner, limit=100).model_dump_json()
        shown["stale-contacts"] = ask(session, "stale-contacts", {}).model_dump_json()
        shown["members"] = ask(session, "members", {"party": "org:desk"}).model_dump_json()
        assert {it for it in others if it in str(shown.values())} == (set() if is_protected else {*others})
        named = {surface for surface, text in shown.items() if NAME in text} - {"reconcile", "suggest"}
        assert (not named) == is_protected


@pytest.mark.parametrize("left", [None, "2026-05", "2026-05-20"])
def test_an_address_of_a_post_goes_with_whoever_left_it(left: str | None) -> None:
    names = {"contact:own": "sue.example@eso.example.org", "contact:alias": "s.other@eso.example.org"}
    addresses = names | {"contact:desk": "desk@eso.example.org"}
    stated = [
        statement
        for it, address in addresses.items()
        for statement in (
            node("ContactPoint", it, name="mail", channel={"kind": "email", "value": address}, seen_on=["2026-05-01"]),
            edge("REACHED_AT", "post:head", it),
        )
    ]
    stated += [node("Person", "person:sue", name=NAME, aliases=["Sue Other"])]
    if left:
        stated += [edge("HOLDS", "person:sue", "post:head", period=between("2025-01-01", left))]
    with _session(*stated) as session:
        asked = {day: ask(session, "contact", {"party": "ESO", "as_of": day}) for day in (TODAY, "2026-04-15")}
        usable = {
            day: {*chain.from_iterable(row["channels"] for row in answer.model_dump()["rows"])}
            for day, answer in asked.items()
        }
        of_post = {row["channel_value"]: row["unusable_because"] for row in _channel_rows(session)}
        paper = dict(_surfaces(session))["paper"]
    assert {*addresses.values()} <= usable["2026-04-15"]
    assert usable[TODAY] & {*addresses.values()} == {*addresses.values()} - ({*names.values()} if left else set())
    assert {address for address in names.values() if of_post[address]} == ({*names.values()} if left else set())
    assert not of_post[addresses["contact:desk"]]
    assert any(address in paper for address in names.values()) == (left is None)


FOLLOWED = ("in office", "left, and listed for the post", "left, and followed there")


@pytest.mark.parametrize(
    ("mailbox", "case"),
    [
        *(("exo7", case) for case in ("left", *FOLLOWED)),
        *((mailbox, "left") for mailbox in ("info", "press.office", "kontakt-exo", "exo-coordinator")),
    ],
)
def test_a_mailbox_that_is_listed_for_one_person_alone_goes_with_them(mailbox: str, case: str) -> None:
    address, phone = f"{mailbox}@eso.example.org", "+43 1 555 0100"
    reached = edge("REACHED_AT", "post:head", "contact:desk")
    term = since("2025-01-01") if case == "in office" else between("2025-01-01", "2026-05-20")
    row = (
        edge("HOLDS", "person:sue", "post:head", period=term),
        node("ContactPoint", "contact:desk", name="mail", channel={"kind": "email", "value": address}),
        node("ContactPoint", "contact:line", name="line", channel={"kind": "phone", "value": phone}),
        *(reached, edge("REACHED_AT", "post:head", "contact:line")),
    )
    left = edge("HOLDS", "person:sue", "post:head", period=term)
    follows = node("Person", "person:bea", name="Bea Quodlibet"), edge("HOLDS", "person:bea", "post:head")
    beside: dict[str, tuple[Stated, ...]] = {
        "in office": (),
        "left": (left,),
        "left, and listed for the post": (left, reached),
        "left, and followed there": (left, follows, reached),
    }
    with _session(row, *beside[case]) as session:
        unusable = {row["channel_value"] for row in _channel_rows(session) if row["unusable_because"]}
        is_offices = not_for_officials({"channel_kind": "email", "channel_value": address})
    is_theirs = case == "left" and mailbox == "exo7"
    assert unusable - ({address} if is_offices else set()) == ({address} if is_theirs else set())


def _channel_rows(session: Session) -> Iterator[dict[str, Any]]:
    rows = party_rows(session, ["org:eso"], day=TODAY).rows
    yield from (row for row in rows if row["of"] == "post:head" and row["channel_value"])


def _why_or_refused(session: Session, channel: str) -> str:
    with suppress(NotFound):
        return why(session, channel).model_dump_json()
    return ""


def test_of_two_of_one_name_the_one_who_may_be_shown_is_meant_once_they_are_judged_two() -> None:
    people = node("Person", "person:other", name=NAME, public_role="Baker"), _consent("x", "speak", decision="refused")
    with _session(*people) as session:
        with pytest.raises(Denied, match=r"person:other.*may be person:sue"):
            session.refuse_unless_agreed(["person:other"])
        assert not find(session, NAME).hits
    with _session(*people, Verdict("person:other", "person:sue", "different", by="J")) as session:
        assert entity(session, NAME).id == "person:other"
        assert [hit.id for hit in find(session, NAME).hits] == ["person:other"]


LISTED_POST = "Refugee Adviser of the Unit"
OF_HOLDERS = ("who-knows", "profile", "turnover", "vacancies", "what-changed", "handover")


def _said_with_posts(session: Session, who: str) -> Iterator[tuple[str, str]]:
    """Give what look-ups tell of somebody, of a post and of the body that it is in, by where; each row apart."""
    for id_ in (who, "post:listed"):
        it = entity(session, id_)
        yield from ((f"show {id_}", f"{it.name} {one}") for group in it.neighbours for one in group.shown)
    for question, party in product(OF_HOLDERS, ("ESO", who)):
        given = "person" if question == "handover" else "party"
        with suppress(IgaError):
            yield from ((question, str(row)) for row in ask(session, question, {given: party}).rows)


@pytest.mark.parametrize(
    ("standing", "is_namesake", "is_public"),
    [
        *product(("once on a council, and silent", "marked by a source"), (True, False), (True, False)),
        ("holds a post in a council", False, False),
    ],
)
def test_who_was_never_asked_is_shown_with_no_post_but_one_that_a_public_row_states(
    standing: str, *, is_namesake: bool, is_public: bool
) -> None:
    who, name = ("person:other", "Sue Exampel") if is_namesake else ("person:sue", NAME)
    term = edge("HOLDS", who, "post:listed", period=since("2026-05-01"))
    posts = (
        node("Post", "post:listed", name=LISTED_POST),
        edge("POST_IN", "post:listed", "org:eso"),
        node("Person", who, name=name),
        msgspec.structs.replace(term, marking=int(Marking.PUBLIC if is_public else Marking.INTERNAL)),
    )

    def met(session: Session) -> set[str]:
        said = _said_with_posts(session, who)
        return {where for where, text in said if LISTED_POST in text and (name in text or who in text)}

    with _session(*REFUSALS[standing], *posts, ceiling=Marking.INTERNAL) as session:
        assert bool(met(session)) == (is_public and not is_namesake), met(session)
        assert met(session.for_duty()) >= {f"show {who}", "show post:listed"}


@pytest.mark.parametrize("name", ["Sue Exampel", "Example, Sue", "S. Example", NAME])
@pytest.mark.parametrize("standing", ["taken back", "refused", "ran out"])
def test_a_namesake_hides_nothing_that_somebody_answered(standing: str, name: str) -> None:
    with _session(*REFUSALS[standing], node("Person", "person:other", name=name)) as session:
        own, other = (ask(session, "consent", {"party": who}) for who in ("person:sue", "person:other"))
    assert other.headline == own.headline
    assert f"{name} may be {NAME} (person:sue); until that is judged, what that person answered counts." in other.answer


@pytest.mark.parametrize("statements", [*REFUSALS.values(), ()], ids=[*REFUSALS, "none"])
def test_what_is_counted_is_what_may_be_shown(statements: tuple[Statement, ...]) -> None:
    address = {"kind": "email", "value": "sue.example@eso.example.org"}
    channels = (
        node("ContactPoint", "contact:post", name="mail", channel=address),
        edge("REACHED_AT", "post:head", "contact:post"),
    )
    named = (
        node("Engagement", "engagement:sue-example", name="Talk"),
        edge("ORGANIZED", "org:eso", "engagement:sue-example"),
    )
    compared = 0
    with _session(*channels, *named, *statements, ceiling=Marking.INTERNAL) as session:
        for one in [row.id for row in session.store.read(EVERYTHING_NAMED, Everything())]:
            with suppress(NotFound, Denied):
                counted, listed = entity(session, one, limit=0), entity(session, one, limit=1_000)
                kinds = {(it.kind, it.direction): it.count for it in relationship_kinds(session, one).kinds}
                shown = {(it.type.lower(), it.direction): len(it.shown) for it in listed.neighbours}
                assert {(it.type.lower(), it.direction): it.count for it in counted.neighbours} == shown == kinds
                for kind in {kind for kind, _ in kinds}:
                    total = relationships(session, one, kind).total.value
                    assert total == sum(number for (of, _), number in kinds.items() if of == kind)
                compared += len(shown)
    assert compared >= 3


def _found_by_ties(session: Session) -> Iterator[tuple[str, str]]:
    """Give what finds somebody by a post and its body, or tells these with them, by how it is looked up."""
    for text in ("Refugee Adviser", "Refugee Adviser of the Unit", "Refugee Advsier", "unit adviser ESO"):
        yield f"find {text}", find(session, text).model_dump_json()
        yield f"suggest {text}", str(suggestions(session, "entity", text))
        yield f"reconcile {text}", str(answered(session, {"query": text, "type": "Person"}))
        yield f"match {text}", str(decided(session, [Name(text)], Narrowed.named(["person"], "")))
    for text in (NAME, "Sue", "Exampel"):
        yield f"narrowed {text}", find(session, text, narrowing=Narrowing(body="ESO")).model_dump_json()
    facets = find(session, NAME, narrowing=Narrowing(kind=("person",))).facets_by
    yield "facets", f"person:sue {facets.body}" if facets.body else ""


@pytest.mark.parametrize("ceiling", [Marking.INTERNAL, Marking.SENSITIVE])
@pytest.mark.parametrize("standing", ["once on a council, and silent", "marked by a source"])
def test_who_was_never_asked_is_found_by_name_and_by_no_post(standing: str, ceiling: Marking) -> None:
    term = edge("HOLDS", "person:sue", "post:listed", period=since("2026-05-01"))
    post = (
        node("Post", "post:listed", name=LISTED_POST),
        edge("POST_IN", "post:listed", "org:eso"),
        msgspec.structs.replace(term, marking=int(Marking.INTERNAL)),
    )
    with _session(*post, ceiling=ceiling) as session:
        ways = {way for way, text in _found_by_ties(session) if "person:sue" in text}
        assert {way.split()[0] for way in ways} == {"find", "suggest", "reconcile", "narrowed", "facets"}
    with _session(*post, *REFUSALS[standing], ceiling=ceiling) as session:
        assert {way for way, text in _found_by_ties(session) if "person:sue" in text} == set()
        assert [hit.id for hit in find(session, NAME).hits] == ["person:sue"]


@pytest.mark.parametrize("left", [None, "2026-03-15", "2026-05"])
@pytest.mark.parametrize(
    "address", ["desk@eso.example.org", "+43 1 555 0100", "exo7@eso.example.org", "sue.example@eso.example.org"]
)
@pytest.mark.parametrize("owner", ["post:two", "person:bea"])
def test_who_shares_an_office_with_somebody_that_left_it_is_not_taken_for_them(
    owner: str, address: str, left: str | None
) -> None:
    kind = "email" if "@" in address else "phone"
    channel = node("ContactPoint", "contact:shared", name="desk", channel={"kind": kind, "value": address})
    first = edge("HOLDS", "person:sue", "post:head", period=since("2025-01-01")), channel
    bea = node("Person", "person:bea", name="Bea Quodlibet"), edge("HOLDS", "person:bea", "post:two"), channel
    stated: list[Stated] = [
        (*first, edge("REACHED_AT", "post:head", "contact:shared")),
        (*bea, edge("REACHED_AT", owner, "contact:shared")),
        (node("Post", "post:two", name="Second of the Unit"), edge("POST_IN", "post:two", "org:eso")),
        _consent("x", CONTACTED, decision="refused"),
    ]
    if left:
        stated.append(edge("HOLDS", "person:sue", "post:head", period=between("2025-01-01", left)))
    with _session(*stated) as session:
        [known] = session.used_for(CONTACTED).permissions(["person:bea"]).values()
        assert not session.used_for(CONTACTED).permissions(["person:sue"])["person:sue"].is_given
    is_offices = address.startswith(("desk", "+43"))
    assert known.is_given == (is_offices and left is not None)


@pytest.mark.parametrize("seen_on", ["2026-05-01", "2019-05-01"])
def test_a_mobile_is_called_the_persons_whether_in_office_or_not(seen_on: str) -> None:
    mobile = (
        node("Person", "person:al", name="Al Made"),
        node("Post", "post:desk", name="Desk Lead"),
        edge("POST_IN", "post:desk", "ngo:hope"),
        node("Ngo", "ngo:hope", name="Hope"),
        edge("HOLDS", "person:al", "post:desk", attested_on=[seen_on]),
        node("ContactPoint", "contact:al", name="mobile", channel={"kind": "mobile", "value": "+1 555 0100"}),
        edge("REACHED_AT", "person:al", "contact:al"),
    )
    with _session(*mobile) as session:
        assert ask(session, "contact", {"party": "Hope"}).headline.startswith("Call the mobile of Al Made, Desk Lead")
