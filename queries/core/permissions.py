"""Who may be shown for a use: of a protected person, only whom a consent for that use covers today."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from iga.graph.domain.parties import Consent, Person
from iga.graph.domain.values import last_day
from iga.graph.fold.live import Lens, live_statements
from iga.graph.fold.nodes import Landscape, fold_node
from iga.graph.fold.pools import fetched_nodes
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import entered, mark_of
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.projection.properties import flatten
from iga.graph.statements import NodeStatement
from iga.graph.text import folded
from iga.queries.core.days import passed

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
        may_be: Id of the protected person who stands in the way, where it is not certain that this is another one.
    """

    standing: Standing = "given"
    via: str = ""
    since: str = ""
    is_by_name_alone: bool = False
    may_be: str = ""

    @property
    def is_given(self) -> bool:
        """Whether the person may be shown."""
        return self.standing == "given"

    @property
    def reason(self) -> str:
        """Why the person may not be shown, in words that are themselves sensitive; blank if nothing is in the way."""
        reason = f"{_REASONS.get(self.standing, '')}{f' on {self.since}' if self.since else ''}"
        return f"may be {self.may_be} ({reason}), which nobody has judged" if reason and self.may_be else reason


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
        may_be: How protected people may be used whom the person may be, by their ids: nobody has judged yet.
    """

    is_protected: bool = False
    consents: tuple[Mapping[str, Any], ...] = ()
    is_restricted: bool = False
    may_be: Mapping[str, "Protection"] = field(default_factory=dict)

    @property
    def counts_as_protected(self) -> bool:
        """Whether the person is protected, or may be somebody who is."""
        return self.is_protected or bool(self.may_be)

    def for_use(self, purpose: str, *, day: str) -> Permission:
        """Return whether the person may be shown for a purpose on a day: a consent for one is never one for another.

        A blank purpose is a look-up, which any consent opens that stands; of who was never asked, such as a member of a
        council, it shows the public role, unless they are restricted. Nor is the consent of somebody one for whoever
        else the person may be.
        """
        known = list(self._permissions(purpose, day))
        lacking = (one for one in known if not one.is_given)
        by_name = (one for one in known if one.is_by_name_alone)
        return next(lacking, next(by_name, Permission()))

    def _permissions(self, purpose: str, day: str) -> Iterator[Permission]:
        if self.is_protected:
            yield self._own(purpose, day)
        for person, protection in self.may_be.items():
            yield replace(protection.for_use(purpose, day=day), may_be=person)

    def _own(self, purpose: str, day: str) -> Permission:
        if not purpose and not self.is_restricted and not self.consents:
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


@dataclass(frozen=True)
class KnownProtections:
    """Protections that were looked up, for as long as the ledger stays the same. Threads may share them."""

    _everybody: list[ProtectedPeople] = field(default_factory=list)
    _known: dict[str, Protection] = field(default_factory=dict)
    _register: list[Mapping[str, str]] = field(default_factory=list)

    def restricted(self, ledger: Ledger, ids: Iterable[str]) -> set[str]:
        """Return which of some ids the register says are restricted, whatever they are of."""
        if not self._register:
            self._register.append(entered(ledger.whole, "restricted"))
        register = self._register[0]
        return {it for it in ids if mark_of(ledger, it) in register} if register else set()

    def everybody(self, ledger: Ledger) -> ProtectedPeople:
        """Return everybody whom a ledger protects, past its ceiling; looked up when first asked for."""
        if not self._everybody:
            self._everybody.append(ProtectedPeople.of(ledger.whole))
        return self._everybody[0]

    def of(self, ledger: Ledger, people: Iterable[str]) -> dict[str, Protection]:
        """Return how people may be used, past a ledger's ceiling, in their order; see `protections`."""
        wanted = dict.fromkeys(people)
        if missing := [person for person in wanted if person not in self._known]:
            self._known.update(protections(ledger.whole, missing, self.everybody(ledger)))
        return {person: self._known[person] for person in wanted}


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


def protections(ledger: Ledger, people: Collection[str], known: ProtectedPeople | None = None) -> dict[str, Protection]:
    """Return what the ledger of today holds on how people may be used, by id as given.

    It is read past every ceiling and whatever day is looked back to: a consent binds readers who may not see it. This
    is the one place that says who counts as protected: whoever is, and whoever may be one of these until it is judged.

    Raises:
        LedgerError: The ledger did not answer.
    """
    known = known or ProtectedPeople.of(ledger)
    near = known.near(ledger, people) if known.members else {}
    themselves = {person for written in people if (person := known.person(written))}
    own = _protections(ledger, known, themselves.union(*near.values()))
    own |= {it: replace(own[it], is_restricted=True) for it in _restricted(ledger, known, own)}
    nobody = Protection()
    found = {
        it: replace(own.get(known.person(it), nobody), may_be={other: own[other] for other in sorted(near.get(it, ()))})
        for it in people
    }
    restricted = _restricted(ledger, known, people)  # also where nothing that is stated protects them any more
    return found | {it: replace(found[it], is_protected=True, is_restricted=True) for it in restricted}


def _protections(ledger: Ledger, known: ProtectedPeople, protected: Collection[str]) -> dict[str, Protection]:
    """Return how protected people may be used by their own consents, by canonical id."""
    if not protected:
        return {}
    lens = Lens(ledger.headers(), View())
    rows = ledger.rows_touching([written for person in protected for written in known.members[person]])
    consents = {
        said.id: person
        for row in rows
        for _, said, _ in live_statements(row, lens)
        if isinstance(said, NodeStatement) and said.cls == Consent.label()
        if (person := known.person(str(said.values.get("person") or ""))) in protected
    }
    of_person: dict[str, list[Mapping[str, Any]]] = {}
    nowhere = Landscape({}, {})
    for id_, pool in fetched_nodes(ledger, lens, {id_: (id_,) for id_ in consents}):
        node = fold_node(id_, (id_,), pool, nowhere)
        values = flatten(node.cls, node.values) | {"id": id_, "conflicts": node.conflicts}
        of_person.setdefault(consents[id_], []).append(values)
    return {person: Protection(True, tuple(of_person.get(person, ()))) for person in protected}


def _restricted(ledger: Ledger, known: ProtectedPeople, people: Collection[str]) -> set[str]:
    """Return which of some people the register says are restricted, under any of their ids."""
    register = entered(ledger, "restricted")
    ids = {person: (person, *known.members.get(known.person(person), ())) for person in people} if register else {}
    return {person for person, theirs in ids.items() if any(mark_of(ledger, it) in register for it in theirs)}
