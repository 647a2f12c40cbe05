"""Each rule on who may be shown for a use, written wrong: a check of that rule must then fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from msgspec import structs

from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, NotNoted
from iga.graph.fold.shapes import View
from iga.graph.ledger import mentions, protected_people
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import RegisteredPeople, enter_hold, mark_of
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.graph.query import Query
from iga.graph.statements import PERSON_JUDGE, Card, Content, Statement, Verdict
from iga.graph.stores.door import ReadableStore
from iga.ingest import people_markings
from iga.queries.core import consent_gate, permissions, session
from iga.queries.core.permissions import LEFT_OUT, Protection, newest_by_purpose, protections, standing_on
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, edge_to
from iga.queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF
from iga.queries.core.session import Session
from tests.acceptance.homes import noon
from tests.properties.source_mutants import MutantTable, rules_tried
from tests.queries.world import edge, node, rows

DAY, SUE, USE = "2026-06-15", "person:sue", "be contacted"
ALLOWED: dict[str, Any] = {"id": "consent:x", "purpose": USE, "decision": "allowed", "given_on": "2026-01-10"}
PEOPLE = Query("tests", "people", OfIds, Entity)
CHANNELS = Query("tests", "channels", OfIds, Entity)
MEMBERS = Query("tests", "members", OfIds, EdgeRow, "// who belongs to a body")
POST_CHANNELS = Query("tests", "post-channels", OfIds, FullEdgeRow, "// how a post is reached")


@contextmanager
def _ledger(folder: Path, *statements: Statement, source: str = "list:people", marking: int = 0) -> Iterator[Ledger]:
    with Ledger.open(folder / "ledger.sqlite", clock=noon) as ledger:
        _load(ledger, *statements, source=source, marking=marking)
        yield ledger


def _load(ledger: Ledger, *statements: Statement, source: str, marking: int = 0) -> None:
    with ledger.open_load(Card(source, source, marking=marking)) as load:
        load.put(rows("people.csv", *statements))
        load.commit({"read": len(statements)})


def _consent(slug: str = "x", person: str = SUE, **values: Any) -> Statement:
    return node("Consent", f"consent:{slug}", person=person, **(ALLOWED | values))


def _protects(folder: Path, *statements: Statement) -> bool:
    with _ledger(folder, node("Person", SUE), *statements) as ledger:
        return protections(ledger, [SUE])[SUE].is_protected


SLUGS = ("sue.example", "listed", "post")
LISTED, APART = {"evidence": ['["list:a", "2"]']}, {"evidence": ['["list:a", "2"]', '["list:b", "7"]']}
"""What rests on the row that has post, holder and address, and what rests on another row besides."""


def _channel(slug: str) -> Entity:
    return Entity(id=f"contact:{slug}", cls="ContactPoint", name="mail", values={"channel_value": f"{slug}@x.org"})


class CannedStore(ReadableStore):
    """A store that has one person with a channel, who is a member of a body."""

    def read(self, query: Query[Any, Any], params: Any) -> list[Any]:  # noqa: ARG002 - what it holds is the same for all
        channel = Entity(id="contact:sue", cls="ContactPoint", name="mail", values={"name": "sue@example.org"})
        person = Entity(id=SUE, cls="Person", name="Sue Example", values={"public_role": "Chair", "evidence": ["[]"]})
        named = EdgeRow(
            subject="org:o", key="k", properties={"office": "chair"}, id=SUE, cls="Person", name="Sue", iso3=None
        )
        reached = named.model_copy(update={"subject": "contact:sue"})
        of_hers = named.model_copy(update={"subject": SUE, "id": "org:o", "cls": "Ngo", "name": "Org"})
        if query is HOLDERS_OF:
            return [named.model_copy(update={"subject": "post:head", "name": "Sue Example", "properties": LISTED})]
        if query is ENTITIES_BY_ID:
            return []
        answers: dict[str, list[Any]] = {
            "post-channels": [
                edge_to(_channel(slug), subject="post:head", properties=LISTED if slug == "listed" else APART)
                for slug in SLUGS
            ],
            "people": [person, channel],
            "channels": [channel],
            "members": [named, of_hers],
        }
        return answers.get(query.name, [reached])


def _asking(ledger: Ledger, use: str | None = USE) -> Session:
    return Session(CannedStore(), ledger, DAY).used_for(use)


def _refusal(used: Session, person: str) -> str:
    try:
        used.refuse_unless_agreed([person])
    except Denied as error:
        return error.message
    return ""


def only_a_yes_is_given(_: Path) -> None:
    refused = Protection(True, ({**ALLOWED, "decision": "refused"},))
    assert not refused.for_use(USE, day=DAY).is_given
    assert Protection(True, (ALLOWED,)).for_use(USE, day=DAY).is_given


def silence_of_the_protected_is_no(_: Path) -> None:
    assert not Protection(True).for_use(USE, day=DAY).is_given
    assert Protection(False).for_use(USE, day=DAY).is_given


def a_consent_is_for_its_own_use(_: Path) -> None:
    asked = Protection(True, (ALLOWED,))
    assert not asked.for_use("be named in a paper", day=DAY).is_given
    assert asked.for_use("Be  contacted", day=DAY).is_given


def the_way_is_that_of_a_consent_that_stands(_: Path) -> None:
    gone = {**ALLOWED, "withdrawn_on": "2026-02-01", "contact_via": "The old Network"}
    other = {**ALLOWED, "id": "consent:y", "purpose": "speak", "contact_via": "The Network"}
    assert Protection(True, (gone, other)).for_use(USE, day=DAY).via == "The Network"


def the_newest_answer_of_the_day_counts(_: Path) -> None:
    older = {**ALLOWED, "decision": "refused", "given_on": "2025-01-10"}
    later = {**ALLOWED, "id": "consent:z", "decision": "no", "given_on": "2026-12-01"}
    assert newest_by_purpose([ALLOWED, older, later], day=DAY) == {USE: ALLOWED}


def a_consent_taken_back_at_some_day_of_this_month_is_taken_back(_: Path) -> None:
    assert standing_on({**ALLOWED, "withdrawn_on": "2026-06"}, day=DAY) == "taken back"
    assert standing_on({**ALLOWED, "withdrawn_on": "2026-07"}, day=DAY) == "given"


def no_answer_is_no_yes(_: Path) -> None:
    assert standing_on({**ALLOWED, "decision": ""}, day=DAY) == "no answer"


def what_sources_differ_on_is_no_yes(_: Path) -> None:
    assert standing_on({**ALLOWED, "conflicts": ("decision",)}, day=DAY) == "sources differ"


def a_consent_covers_its_days_to_the_last(_: Path) -> None:
    ends = {end: standing_on({**ALLOWED, "period_end": end}, day=DAY) for end in ("2026-06-14", DAY, "2026-06", "2027")}
    assert list(ends.values()) == ["ran out", "given", "not certain", "given"]
    starts = [standing_on({**ALLOWED, "period_start": start}, day=DAY) for start in ("2026-06-16", "2026-06", DAY)]
    assert starts == ["not certain", "not certain", "given"]


def whoever_was_asked_is_protected(folder: Path) -> None:
    assert _protects(folder, _consent())


def whom_a_source_marks_is_protected(folder: Path) -> None:
    assert _protects(folder, node("Person", SUE, is_protected=True))


def who_advises_is_protected(folder: Path) -> None:
    assert _protects(folder, edge("ADVISES", SUE, "org:o"))


def a_member_of_a_council_is_protected(folder: Path) -> None:
    assert _protects(folder, edge("MEMBER_OF", SUE, "council:c"))


def a_member_of_a_council_that_is_only_named_is_protected(folder: Path) -> None:
    assert _protects(folder, edge("MEMBER_OF", SUE, "named:council:of-survivors"))


def the_holder_of_a_post_in_a_council_is_protected(folder: Path) -> None:
    assert _protects(folder, edge("HOLDS", SUE, "post:chair"), edge("POST_IN", "post:chair", "council:c"))


def nobody_else_is_protected(folder: Path) -> None:
    posts = (edge("HOLDS", SUE, "post:p"), edge("POST_IN", "post:p", "org:o"))
    others = (edge("MEMBER_OF", SUE, "org:o"), edge("MEMBER_OF", "person:tom", "council:c"))
    with _ledger(folder, node("Person", SUE), *others, *posts) as ledger:
        known = protections(ledger, [SUE, "person:tom"])
        assert [known[SUE].is_protected, known["person:tom"].is_protected] == [False, True]


def whoever_may_be_somebody_counts_as_them(folder: Path) -> None:
    people = node("Person", SUE, name="Sue Example"), node("Person", "person:new", name="Exampel, Sue")
    with _ledger(folder, *people, _consent(decision="refused")) as ledger:
        assert _stands_in_the_way(ledger, "person:new") == SUE
        assert not protections(ledger, [SUE])[SUE].may_be
        _load(ledger, Verdict("person:new", SUE, "unsure", by="J"), source=PERSON_JUDGE)
        assert _stands_in_the_way(ledger, "person:new") == SUE
        _load(ledger, Verdict("person:new", SUE, "different", by="J"), source=PERSON_JUDGE)
        assert _stands_in_the_way(ledger, "person:new") is None


def _stands_in_the_way(ledger: Ledger, person: str) -> str | None:
    known = protections(ledger, [person])[person].for_use(USE, day=DAY)
    return None if known.is_given else known.may_be


def what_holds_of_one_id_holds_of_all_that_are_the_same(folder: Path) -> None:
    with _ledger(folder, node("Person", SUE), node("Person", "person:tom"), _consent(person="person:tom")) as ledger:
        _load(ledger, Verdict(SUE, "person:tom", "same", by="J"), source=PERSON_JUDGE)
        assert all(known.is_protected for known in protections(ledger, [SUE, "person:tom"]).values())


def a_consent_that_is_hidden_binds(folder: Path) -> None:
    with _ledger(folder, node("Person", SUE)) as ledger:
        _load(ledger, _consent(decision="refused"), source="list:consents", marking=int(Marking.SENSITIVE))
        public = SeenLedger(ledger, View(ceiling=Marking.PUBLIC), horizon=ledger.through())
        assert not _asking(public).permissions([SUE])[SUE].is_given
        assert not _asking(public).used_for("speak").permissions([SUE])[SUE].is_given


def a_consent_that_is_hidden_allows(folder: Path) -> None:
    with _ledger(folder, node("Person", SUE)) as ledger:
        _load(ledger, _consent(), source="list:consents", marking=int(Marking.SENSITIVE))
        public = SeenLedger(ledger, View(ceiling=Marking.PUBLIC), horizon=ledger.through())
        assert _asking(public).permissions([SUE])[SUE].is_given


def sources_that_differ_on_a_consent_allow_nothing(folder: Path) -> None:
    with _ledger(folder, node("Person", SUE), _consent(decision="refused")) as ledger:
        _load(ledger, _consent(), source="list:others")
        assert protections(ledger, [SUE])[SUE].for_use(USE, day=DAY).standing == "sources differ"


def a_use_leaves_out_who_did_not_agree(folder: Path) -> None:
    with _ledger(folder, _consent(decision="refused")) as ledger:
        used = _asking(ledger)
        assert used.read(PEOPLE, OfIds(ids=())) == used.read(CHANNELS, OfIds(ids=())) == []
        (named,) = used.read(MEMBERS, OfIds(ids=()))
        assert (named.id, named.properties) == (LEFT_OUT, {"office": "chair"})
        assert "Sue" not in named.name
        assert list(used.left_out) == [SUE]
        assert used.for_duty().read(PEOPLE, OfIds(ids=()))  # of what was read before
        assert used.used_for("speak").left_out == {}
        assert (used.used_for("speak").use, used.used_for(None).use) == ("speak", None)


def an_address_under_somebodys_name_is_left_out_with_them(folder: Path) -> None:
    with _ledger(folder, _consent(decision="refused")) as ledger:
        assert [row.id for row in _asking(ledger).read(POST_CHANNELS, OfIds(ids=()))] == ["contact:post"]
        assert len(_asking(ledger).for_duty().read(POST_CHANNELS, OfIds(ids=()))) == len(SLUGS)


def a_look_up_shows_whoever_agreed_to_anything(_: Path) -> None:
    gone = {**ALLOWED, "withdrawn_on": "2026-02-01"}
    other = {**ALLOWED, "id": "consent:y", "purpose": "speak", "given_on": "2026-01-01"}
    assert Protection(True, (gone, other)).for_use("", day=DAY).is_given
    assert Protection(True, (gone,)).for_use("", day=DAY).reason == "consent taken back on 2026-02-01"
    assert not Protection(True, is_restricted=True).for_use("", day=DAY).is_given


def a_look_up_shows_a_published_role_and_no_address(folder: Path) -> None:
    assert Protection(True).for_use("", day=DAY).is_by_name_alone
    assert not Protection(True, ({**ALLOWED, "decision": "refused"},)).for_use("", day=DAY).is_given
    with _ledger(folder, edge("ADVISES", SUE, "org:o")) as ledger:
        look = _asking(ledger, None)
        assert [row.name for row in look.read(MEMBERS, OfIds(ids=()))] == ["Sue", "Org"]
        assert look.read(CHANNELS, OfIds(ids=())) == []
        assert [row.id for row in look.read(POST_CHANNELS, OfIds(ids=()))] == ["contact:post"]
        assert look.left_out == {}


def whoever_is_restricted_is_in_no_look_up(folder: Path) -> None:
    sue, tom = (("Sue", "Example"), ("Tom", "Invented"))
    people = {SUE: sue, "person:tom": tom, "person:namesake": sue, "person:unmarked": ("Ida", "Made")}
    marks = {SUE: True, "person:tom": True}
    said = (
        node("Person", it, name=" ".join(name), **({"is_protected": True} if it in marks else {}))
        for it, name in people.items()
    )
    with _ledger(folder, *said) as ledger:
        enter_hold(ledger, [SUE, "person:unmarked"], kind="restricted", authority="a letter", by="A")
        known = protections(ledger, list(people))
        assert [it for it, one in known.items() if one.for_use("", day=DAY).is_given] == ["person:tom"]


def a_look_up_leaves_out_who_did_not_agree(folder: Path) -> None:
    with _ledger(folder, _consent(decision="refused")) as ledger:
        look = _asking(ledger, None)
        assert look.read(PEOPLE, OfIds(ids=())) == []
        assert _refusal(look, SUE).startswith(f"{SUE} did not agree to be shown: consent refused")
        assert look.hidden([SUE, "person:tom", "org:o"]) == {SUE}


def a_duty_leaves_out_nobody(folder: Path) -> None:
    with _ledger(folder, _consent(decision="refused")) as ledger:
        duty = _asking(ledger).for_duty()
        assert len(duty.read(PEOPLE, OfIds(ids=()))) == 2
        assert _refusal(duty, SUE) == ""
        assert not duty.used_for(None).is_duty


def asking_for_somebody_outright_is_refused(folder: Path) -> None:
    with _ledger(folder, _consent(decision="refused", contact_via="The Network")) as ledger:
        assert "through The Network instead" in _refusal(_asking(ledger), SUE)
        assert _refusal(_asking(ledger), "person:tom") == ""


def nobody_protected_is_shown_where_it_cannot_be_noted(folder: Path) -> None:
    with _ledger(folder, _consent()) as ledger:
        for unlogged, use, is_refused in (("no log", None, True), ("no log", USE, True), ("", None, False)):
            asking = replace(_asking(ledger, use), unlogged=unlogged)
            assert _is_not_noted(asking) == is_refused
        assert not _is_not_noted(replace(_asking(ledger).for_request(unlogged="no log"), use="speak"))
        assert not _is_not_noted(_asking(ledger).for_request())


def _is_not_noted(asking: Session) -> bool:
    try:
        asking.read(PEOPLE, OfIds(ids=()))
    except NotNoted:
        return True
    return False


def each_request_has_a_record_of_its_own(folder: Path) -> None:
    with _ledger(folder, _consent()) as ledger:
        first = _asking(ledger)
        first.read(PEOPLE, OfIds(ids=()))
        assert len(first.rows_read) == 1
        assert (first.for_request().rows_read, first.for_request().use) == ([], USE)


def who_is_protected_is_told_from_others(folder: Path) -> None:
    with _ledger(folder, _consent(), node("Person", "person:tom")) as ledger:
        assert _asking(ledger).protected(["person:tom", SUE]) == [SUE]


def _markings(folder: Path, *statements: Statement, basis: str = "", restricted: tuple[str, ...] = ()) -> list[int]:
    with _ledger(folder, node("Ngo", "ngo:n")) as ledger:
        register = RegisteredPeople(ledger, {mark_of(ledger, written) for written in restricted})
        people = people_markings.PeopleOfLoad(Card("list:a", "A", basis=basis), register)
        return [statement.marking for statement in people.marked(Content(statements)).statements]


def _reached(owner: str) -> tuple[Statement, ...]:
    return (
        node("ContactPoint", "contact:c"),
        edge("REACHED_AT", owner, "contact:c"),
        node("Person" if owner == SUE else "Ngo", owner),
    )


def people_are_internal_unless_a_basis_is_named(folder: Path) -> None:
    assert _markings(folder / "a", *_reached(SUE)) == [1, 1, 1]
    assert _markings(folder / "b", *_reached(SUE), basis="their page, 2026-05-01") == [0, 0, 0]
    assert _markings(folder / "c", *_reached("ngo:n")) == [0, 0, 0]


def a_channel_of_nobody_is_internal(folder: Path) -> None:
    assert _markings(folder, node("ContactPoint", "contact:c")) == [1]


def what_is_stricter_stays_so(folder: Path) -> None:
    assert _markings(folder, structs.replace(node("Person", SUE), marking=2)) == [2]


def the_channel_of_the_restricted_is_sensitive(folder: Path) -> None:
    assert _markings(folder, *_reached(SUE), basis="a page", restricted=(SUE,)) == [2, 2, 2]


PERMISSIONS: MutantTable = {
    only_a_yes_is_given: [
        ('return self.standing == "given"', 'return self.standing != "given"'),
        ('return "refused" if consent', 'return "given" if consent'),
    ],
    silence_of_the_protected_is_no: [("if self.is_protected:", "if False:")],
    a_consent_is_for_its_own_use: [
        ("folded(purpose) if purpose else", ""),
        ("folded(purpose) if purpose", "purpose if purpose"),
    ],
    a_look_up_shows_whoever_agreed_to_anything: [
        ('next(reversed(likeliest), "")', '""'),
        ('standings[name] == "given", ', ""),
    ],
    a_look_up_shows_a_published_role_and_no_address: [
        ("return Permission(is_by_name_alone=True)", "return Permission()"),
        (" and not self.consents:", ":"),
    ],
    whoever_is_restricted_is_in_no_look_up: [
        (" and not self.is_restricted", ""),
        ("is_protected=True, is_restricted=True", "is_protected=True"),
        ("replace(own[it], is_restricted=True)", "own[it]"),
        ("if any(mark_of(ledger, it) in register for it in theirs)", ""),
    ],
    the_way_is_that_of_a_consent_that_stands: [('if how != "taken back")', "if how)")],
    the_newest_answer_of_the_day_counts: [
        ('consent.get("given_on") or None, on=day) != "no"]', '"", on=day) != "no"]'),
        ('consent["id"]))', 'consent["id"]), reverse=True)'),
    ],
    a_consent_taken_back_at_some_day_of_this_month_is_taken_back: [
        ('passed(withdrawn, on=day) != "no"', 'passed(withdrawn, on=day) == "yes"')
    ],
    no_answer_is_no_yes: [('if consent.get("decision") != "allowed":', 'if consent.get("decision") == "refused":')],
    what_sources_differ_on_is_no_yes: [('if consent.get("conflicts"):', "if False:")],
    a_consent_covers_its_days_to_the_last: [
        ("last_day(end) < day", "last_day(end) <= day"),
        ("last_day(end) < day", "False"),
        ('passed(end, on=day) == "unknown"', "False"),
        ('passed(start, on=day) != "yes"', 'passed(start, on=day) == "no"'),
    ],
    a_consent_that_is_hidden_allows: [
        ("Lens(ledger.headers(), View())", "Lens(ledger.headers(), View(0))"),
        ("protections(ledger.whole, missing", "protections(ledger, missing"),
    ],
    a_consent_that_is_hidden_binds: [("ProtectedPeople.of(ledger.whole)", "ProtectedPeople.of(ledger)")],
    whoever_may_be_somebody_counts_as_them: [
        ("for person, protection in self.may_be.items():", "for person, protection in ():"),
        ("may_be=person)", 'may_be="")'),
    ],
    sources_that_differ_on_a_consent_allow_nothing: [('"conflicts": node.conflicts', '"conflicts": ()')],
}
PROTECTING: MutantTable = {
    whoever_was_asked_is_protected: [("return person if is_consent or statement", "return person if statement")],
    whom_a_source_marks_is_protected: [(' or statement.values.get("is_protected") else ""', ' else ""')],
    who_advises_is_protected: [("is_in_a_council or statement.type == Advises.type()", "is_in_a_council")],
    a_member_of_a_council_is_protected: [
        ("statement.type in _INTO_A_COUNCIL and is_council(statement.target)", "False")
    ],
    a_member_of_a_council_that_is_only_named_is_protected: [('.removeprefix("named:")', "")],
    nobody_else_is_protected: [("in _INTO_A_COUNCIL and is_council(statement.target)", "in _INTO_A_COUNCIL")],
}
PROTECTED: MutantTable = {
    whoever_may_be_somebody_counts_as_them: [
        ("near.update(*map(self.names.like, traits.names)", "near.update(set()"),
        ('if word == "different"}', 'if word == "unsure"}'),
        ('if word == "different"}', "}"),
        ("if not self._is_apart(ids, person)}", "}"),
        ("near -= {self.person(written) for written in ids}", ""),
    ],
    the_holder_of_a_post_in_a_council_is_protected: [
        ("yield from (term.source for term in terms if", "yield from (term.source for term in () if")
    ],
    what_holds_of_one_id_holds_of_all_that_are_the_same: [("it: kin.now.members_of(it) for it", "it: (it,) for it")],
}
SESSION: MutantTable = {
    a_use_leaves_out_who_did_not_agree: [
        (
            "return self._permitted(self._read(query, params), params)",
            "return Shown(tuple(self._read(query, params)), {})",
        ),
        ("whom = (self.shows, self.today)", "whom = ()"),
        ("self.left_out.update(shown.refused)", "pass"),
        ("left_out={}, **values", "**values"),
        ("use=use,", "use=self.use or use,"),
    ],
    a_duty_leaves_out_nobody: [("use=use, is_duty=False", "use=use")],
    nobody_protected_is_shown_where_it_cannot_be_noted: [
        ("if self.unlogged and self.protected", "if False and self.protected"),
        ("if self.unlogged and self.protected(people_in(rows)):", "if self.unlogged:"),
        ("unlogged=unlogged,", 'unlogged="no log",'),
    ],
    each_request_has_a_record_of_its_own: [("rows_read=[]", "rows_read=self.rows_read")],
}
GATE: MutantTable = {
    a_use_leaves_out_who_did_not_agree: [
        ("{*refused, *theirs, ", "{*refused, "),
        (".union(*owners.values())", ""),
        ("if not one.is_given}", "if one.standing == 'taken back'}"),
    ],
    a_look_up_shows_a_published_role_and_no_address: [("if one.is_by_name_alone or not", "if not")],
    a_look_up_leaves_out_who_did_not_agree: [(".items() if not known.is_given}", ".items()}")],
    a_duty_leaves_out_nobody: [("{} if self.is_duty else ", "")],
    asking_for_somebody_outright_is_refused: [
        ("if not known.is_given:", "if False:"),
        ("if not known.is_given:", "if True:"),
    ],
    who_is_protected_is_told_from_others: [("if protection.counts_as_protected]", "]")],
}
ROWS: MutantTable = {
    a_use_leaves_out_who_did_not_agree: [
        (".update({owner} if is_person(owner) else ())", ".update(())"),
        ("return None if about else row", "return row"),
        ("return row.model_copy(update={name: value", "return row or dict({name: value"),
    ],
    an_address_under_somebodys_name_is_left_out_with_them: [
        ("known.owners[channel].add(term.id)", "pass"),
        ("for term in terms.get(owner, ())", "for term in ()"),
        ("tied_by=tied_by", "tied_by=set()"),
        ("held_by=set(refs(term.properties))", "held_by=tied_by"),
    ],
}
MARKINGS: MutantTable = {
    people_are_internal_unless_a_basis_is_named: [
        ("if self.card.basis:", "if True:"),
        ("if self.card.basis:", "if False:"),
        ("or statement.id not in owned or", "or True or"),
        ("return (statement.source, statement.target)", "return ()"),
    ],
    a_channel_of_nobody_is_internal: [("or statement.id not in owned or", "or")],
    what_is_stricter_stays_so: [("marking=max(s.marking, least)", "marking=least")],
    the_channel_of_the_restricted_is_sensitive: [
        ("theirs | channels, int(Marking.SENSITIVE)", "theirs, 2"),
        ("if not (theirs := restricted.named_in(content)):", "if True:"),
    ],
}
MUTANTS = {
    permissions: PERMISSIONS,
    mentions: PROTECTING,
    protected_people: PROTECTED,
    session: SESSION,
    consent_gate: GATE | ROWS,
    people_markings: MARKINGS,
}

test_the_rule_holds, test_a_rule_written_wrong_is_caught = rules_tried(MUTANTS)
