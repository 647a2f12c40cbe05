"""Who may be shown for a use: of a protected person, only whom a consent for that use covers today."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard

from graph.domain.edges import Advises, Holds, MemberOf, PostIn
from graph.domain.model import Edge
from graph.domain.parties import Consent, Person, SurvivorCouncil
from graph.domain.values import last_day
from graph.fold.affected import Kinship, Span, stated_in
from graph.fold.history import RowHistory
from graph.fold.live import Lens, live_statements
from graph.fold.nodes import Landscape, fold_node
from graph.fold.pools import fetched_nodes
from graph.fold.shapes import View
from graph.ledger.ledger import Ledger
from graph.projection.properties import flatten
from graph.statements import EdgeStatement, LoadHeader, NodeStatement, Statement, Verdict
from graph.text import folded
from queries.core.days import passed

Standing = Literal[
    "given", "refused", "taken back", "no answer", "sources differ", "ran out", "not certain", "not on record"
]
"""How a consent stands on a day; only *given* allows anything, and silence is never a yes."""

CONTACTED, NAMED_IN_PAPER, NAMED_IN_EXPORT = "be contacted", "be named in a paper", "be named in an export"
"""Uses that a consent may be given for, in the words of its purpose, beside those that the office asks for."""

LEFT_OUT = f"{Person.kind}:left-out"
"""Id that stands for whoever is left out."""


@dataclass(frozen=True)
class Permission:
    """Whether a person may be shown for a use.

    Attributes:
        standing: How the consent for that use stands; *given* also for a person whom nothing protects.
        via: The only way to make contact, where one is stated; blank is none.
        since: Day on which it was taken back or refused, or its last day, possibly partial; blank where none is stated.
        is_by_name_alone: Whether name and public role may be shown, and nothing by which the person is reached.
    """

    standing: Standing = "given"
    via: str = ""
    since: str = ""
    is_by_name_alone: bool = False

    @property
    def is_given(self) -> bool:
        """Whether the person may be shown."""
        return self.standing == "given"

    @property
    def reason(self) -> str:
        """Why the person may not be shown, in words that are themselves sensitive; blank if nothing is in the way."""
        return f"{_REASONS.get(self.standing, '')}{f' on {self.since}' if self.since else ''}"


_REASONS: Mapping[Standing, str] = {
    "refused": "consent refused",
    "taken back": "consent taken back",
    "no answer": "no answer on record",
    "sources differ": "sources differ on the consent",
    "ran out": "consent ran out",
    "not certain": "not certain that the consent holds",
    "not on record": "no consent on record",
}
_SETTLED_BY: Mapping[Standing, str] = {"taken back": "withdrawn_on", "refused": "given_on", "ran out": "period_end"}


@dataclass(frozen=True)
class Protection:
    """What the ledger holds on how a person may be used.

    Attributes:
        is_protected: Whether silence means no: members of survivors' councils, whoever was ever asked for consent,
            and whoever a source marks.
        consents: Properties of every consent of the person, as folded from all loads.
        is_by_role: Whether nothing but a seat on a survivors' council, or advising a body, protects: such roles are
            published, so that a look-up shows who has them.
    """

    is_protected: bool = False
    consents: tuple[Mapping[str, Any], ...] = ()
    is_by_role: bool = False

    def for_use(self, purpose: str, *, day: str) -> Permission:
        """Return whether the person may be shown for a purpose on a day: a consent for one is never one for another.

        A blank purpose is a look-up, which any consent opens that stands; a published role it shows of whoever has one
        and was never asked.
        """
        if not self.is_protected:
            return Permission()
        if not purpose and self.is_by_role and not self.consents:
            return Permission(is_by_name_alone=True)
        newest = newest_by_purpose(self.consents, day=day)
        standings = {name: standing_on(consent, day=day) for name, consent in newest.items()}
        ways = (str(newest[name].get("contact_via") or "") for name, how in standings.items() if how != "taken back")
        via = next(filter(None, ways), "")
        likeliest = sorted(newest, key=lambda name: (standings[name] == "given", newest[name].get("given_on") or ""))
        own = newest.get(folded(purpose) if purpose else next(reversed(likeliest), ""))
        if own is None:
            return Permission("not on record", via)
        standing = standing_on(own, day=day)
        return Permission(standing, via, str(own.get(_SETTLED_BY.get(standing, "")) or ""))


def newest_by_purpose(consents: Iterable[Mapping[str, Any]], *, day: str) -> dict[str, Mapping[str, Any]]:
    """Return the newest answer to each purpose that was given by a day, by the folded words of the purpose."""
    answered = [consent for consent in consents if passed(consent.get("given_on") or None, on=day) != "no"]
    answered.sort(key=lambda consent: (consent.get("given_on") or "", consent["id"]))
    return {folded(str(consent.get("purpose") or "")): consent for consent in answered}


def standing_on(consent: Mapping[str, Any], *, day: str) -> Standing:
    """Return how a consent stands on a day; a day inside a partial date is not surely allowed."""
    withdrawn, end, start = consent.get("withdrawn_on"), consent.get("period_end"), consent.get("period_start")
    if withdrawn and passed(withdrawn, on=day) != "no":
        return "taken back"
    if consent.get("decision") != "allowed":
        return "refused" if consent.get("decision") == "refused" else "no answer"
    if consent.get("conflicts"):
        return "sources differ"
    if end and last_day(end) < day:
        return "ran out"
    if (end and end != day and passed(end, on=day) == "unknown") or (start and passed(start, on=day) != "yes"):
        return "not certain"
    return "given"


def protections(ledger: Ledger, people: Collection[str]) -> dict[str, Protection]:
    """Return what the ledger of today holds on how people may be used, by id as given.

    It is read past every ceiling and whatever day is looked back to: a consent binds readers who may not see it.

    Args:
        ledger: The ledger.
        people: Ids of people.

    Raises:
        LedgerError: The ledger did not answer.
    """
    ever_stated = [statement for row in ledger.rows_about(people) for statement in stated_in(row)]
    posts = {edge.target for edge in ever_stated if _is_tie(edge, Holds)}
    around_posts = ledger.rows_touching(posts) if posts else ()
    ever_stated += [tie for row in around_posts for tie in stated_in(row) if _is_tie(tie, PostIn)]
    if not any(map(_may_protect, ever_stated)):  # so it is with nearly everybody, and soon told
        return dict.fromkeys(people, Protection())
    return _protections(ledger, ledger.headers(), people)


def _may_protect(statement: Statement) -> bool:
    """Say whether what was ever stated of somebody may protect: by itself, or through another id."""
    if isinstance(statement, NodeStatement):
        return statement.cls == Consent.label() or bool(statement.values.get("is_protected"))
    return isinstance(statement, Verdict) or statement.type == Advises.type() or _is_council(statement.target)


def _is_tie(statement: Statement, kind: type[Edge]) -> TypeGuard[EdgeStatement]:
    return isinstance(statement, EdgeStatement) and statement.type == kind.type()


def _protections(ledger: Ledger, headers: Sequence[LoadHeader], people: Collection[str]) -> dict[str, Protection]:
    lens = Lens(headers, View())
    kin = Kinship(ledger, Span(headers, lens, lens, 0))
    kin.include(people)
    members = {person: kin.now.members_of(kin.now.canonical(person)) or (person,) for person in people}
    person_of = {written: person for person, ids in members.items() for written in ids}
    stated = list(_stated(ledger.rows_about(person_of.keys()), lens))
    nodes = [statement for statement in stated if isinstance(statement, NodeStatement)]
    consents = {
        consent.id: person_of[str(consent.values["person"])]
        for consent in nodes
        if consent.cls == Consent.label() and str(consent.values.get("person") or "") in person_of
    }
    marked = {person_of[node.id] for node in nodes if node.id in person_of and node.values.get("is_protected")}
    by_role = {person_of[written] for written in _advisers(ledger, lens, stated, person_of)}
    of_person: dict[str, list[Mapping[str, Any]]] = {}
    nowhere = Landscape({}, {})
    for id_, pool in fetched_nodes(ledger, lens, {id_: (id_,) for id_ in consents}):
        node = fold_node(id_, (id_,), pool, nowhere)
        values = flatten(node.cls, node.values) | {"id": id_, "conflicts": node.conflicts}
        of_person.setdefault(consents[id_], []).append(values)
    return {
        person: Protection(
            person in marked or person in by_role or person in of_person,
            tuple(of_person.get(person, ())),
            is_by_role=person in by_role - marked,
        )
        for person in people
    }


def _stated(rows: Iterable[RowHistory], lens: Lens) -> Iterator[Statement]:
    return (statement for row in rows for _, statement, _ in live_statements(row, lens))


def _advisers(ledger: Ledger, lens: Lens, stated: Iterable[Statement], people: Collection[str]) -> Iterator[str]:
    """Give who advises a body or was ever a member of a survivors' council, or holds a post in one."""
    posts: dict[str, list[str]] = {}
    for edge in stated:
        if isinstance(edge, EdgeStatement) and edge.source not in people:
            continue
        if _is_tie(edge, Advises) or (_is_tie(edge, MemberOf) and _is_council(edge.target)):
            yield edge.source
        elif _is_tie(edge, Holds):
            posts.setdefault(edge.target, []).append(edge.source)
    for edge in _stated(ledger.rows_touching(posts.keys()), lens) if posts else ():
        if _is_tie(edge, PostIn) and _is_council(edge.target):
            yield from posts.get(edge.source, ())


def _is_council(written: str) -> bool:
    return written.removeprefix("named:").startswith(f"{SurvivorCouncil.kind}:")
