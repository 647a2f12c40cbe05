"""What ends and whose it is: agreements, compacts, plans, awards, and withdrawals from agreements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.domain.values import last_day
from queries.core.answer import Ref, Subject
from queries.core.compiled import Everything
from queries.core.periods import days_after
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import AGREEMENTS_OF, EDGES_OUT, ENTITIES_BY_ID, PARTIES_TO, OfClasses, OfType
from queries.core.session import Session
from queries.instruments.duties_worked_out import DAYS_FOR_REPORTS, awards_between, end_after, starts
from queries.instruments.reads import (
    BONDS_WITHDRAWN,
    INSTRUMENTS_OF_GOVERNMENTS,
    INSTRUMENTS_WITH_AN_END,
    PLANS_OF_GOVERNMENTS,
    OfIdsAndClasses,
)

Kind = Literal[
    "agreement", "compact", "plan", "seat", "membership", "office", "term in a post", "mandate", "award", "withdrawal"
]
_KINDS: Mapping[str, Kind] = {"ChildProtectionCompact": "compact", "NationalActionPlan": "plan"}
# Of these one without an end is said; a treaty has none.
_FOR_A_TIME = ("ChildProtectionCompact", "Memorandum", "NationalActionPlan")
_MOST = 2_000


@dataclass(frozen=True)
class Ending:
    """One end.

    Attributes:
        kind: What sort of thing ends.
        on: Day of the end, possibly partial; None is unknown.
        what: What ends, or in what somebody's time ends.
        whose: Whose it is, or whose time ends.
        values: What the sentences of its row are worded from: why it ends, what must be done.
        refs: Source rows that state it.
        conflicts: Fields on which sources differ.
        start: First day, possibly partial.
        basis: Law or decision that it rests on.
        is_derived: Whether the day is worked out here, from a start and a stated length.
        is_sure: Whether nothing makes the day doubtful, such as an extension.
    """

    kind: Kind
    on: str | None
    what: Subject
    whose: tuple[Subject, ...]
    values: Mapping[str, Any]
    refs: tuple[Ref, ...]
    conflicts: tuple[str, ...] = ()
    start: str | None = None
    basis: str | None = None
    is_derived: bool = False
    is_sure: bool = True

    def is_of(self, party: Subject) -> bool:
        """Say whether it is somebody's, or ends in them."""
        return party.id in {self.what.id, *(one.id for one in self.whose)}

    @property
    def holders(self) -> str:
        """Names of those whose it is; blank if nobody's."""
        return "; ".join(one.name for one in self.whose)


def period_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the period of a thing or a term as the values of a sentence."""
    return {name: said.get(f"period_{name}") for name in ("start", "end", "end_kind")}


def instruments_ending(session: Session, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the end of each agreement and plan that applies for a time, whenever it is; ``on`` is None if unknown.

    Args:
        session: The graph.
        of: Only those of this party; None is all.
    """
    found = (
        _instruments_of(session, of) if of else session.read(INSTRUMENTS_WITH_AN_END, OfClasses(classes=_FOR_A_TIME))
    )
    agreements = tuple(each.id for each in found if each.cls != "NationalActionPlan")
    parties = grouped(session.read(PARTIES_TO, OfIds(ids=agreements)))
    governments = OfIds(
        ids=tuple(sorted({each.values["government"] for each in found if each.values.get("government")}))
    )
    named = {one.id: one.subject for one in session.read(ENTITIES_BY_ID, governments)}
    plans = session.read(PLANS_OF_GOVERNMENTS, governments)
    for each in found:
        signed_by = tuple(edge.other for edge in by_name(parties.get(each.id, ())))
        own = named.get(each.values.get("government") or "")
        whose = (own,) if own else tuple(sorted(signed_by, key=lambda one: one.id == session.home.government))
        yield _of_instrument(each, whose, _plan_after(each, plans))


def _instruments_of(session: Session, party: Subject) -> list[Entity]:
    """Return the agreements that a party signed and the instruments of its own that apply for a time, by id."""
    found = [
        Entity(id=edge.id, cls=edge.cls, name=edge.name, values=edge.values)
        for edge in session.read(AGREEMENTS_OF, OfIds(ids=(party.id,)))
        if edge.values.get("period_end") or edge.cls in _FOR_A_TIME
    ]
    found += session.read(INSTRUMENTS_OF_GOVERNMENTS, OfIdsAndClasses(ids=(party.id,), classes=_FOR_A_TIME))
    by_id = {each.id: each for each in found}
    return [by_id[id_] for id_ in sorted(by_id)]


def _of_instrument(each: Entity, whose: tuple[Subject, ...], later: str | None) -> Ending:
    said, start = each.values, starts(each.values)
    stated = said.get("period_end")
    derived = None if stated else end_after(start, said.get("duration"))
    extension = "; ".join(said.get("extension") or ())
    values = {"period": period_of(said) if stated else None, "length": said.get("duration") if derived else None,
              "since": start, "extension": extension, "later": later}  # fmt: skip
    return Ending(
        _KINDS.get(each.cls, "agreement"),
        stated or derived,
        each.subject,
        whose,
        values,
        refs(said),
        conflicts(said),
        start=start,
        basis=said.get("reference"),
        is_derived=derived is not None,
        is_sure=not extension,
    )


def _plan_after(each: Entity, plans: Sequence[Entity]) -> str | None:
    """Return the first plan of the same government that begins after the end, or at least after the start, of one."""
    if each.cls != "NationalActionPlan":
        return None
    end, start = each.values.get("period_end") or "9", each.values.get("period_start") or "9"
    others = [plan for plan in plans if plan.values.get("government") == each.values.get("government")]
    begun = {plan.name: plan.values.get("period_start") or "" for plan in others if plan.id != each.id}
    return next((name for name, on in begun.items() if on >= end or on > start), None)


def awards_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the awards that end in a period, of one party or of all."""
    found = awards_between(session, since=since, until=until, of=(of.id,) if of else None)
    ids = tuple(award.id for award in found)
    to = grouped(session.read(EDGES_OUT, OfType(ids=ids, type="AWARDED_TO", limit=_MOST)))
    for award in found:
        said, end = award.values, award.values["period_end"]
        reports = {"days": DAYS_FOR_REPORTS, "by": days_after(last_day(end), DAYS_FOR_REPORTS)}
        yield Ending(
            "award",
            end,
            award.subject,
            tuple(edge.other for edge in by_name(to.get(award.id, ()))),
            {"period": period_of(said), "reports": reports},
            refs(said),
            conflicts(said),
            start=said.get("period_start"),
            basis=said.get("award_number"),
        )


def withdrawals(session: Session, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the withdrawals from agreements, whenever they take effect, of one party or of all."""
    if of is None:
        edges: list[EdgeRow] = session.read(BONDS_WITHDRAWN, Everything())
        ids = OfIds(ids=tuple({edge.subject for edge in edges}))
        agreements = {one.id: one.subject for one in session.read(ENTITIES_BY_ID, ids)}
        ends = [(agreements[edge.subject], edge.other, edge.properties) for edge in edges]
    else:
        bonds = sorted(session.read(AGREEMENTS_OF, OfIds(ids=(of.id,))), key=lambda edge: (edge.id, edge.key))
        ends = [(edge.other, of, edge.properties) for edge in bonds if edge.properties.get("withdrawn_on")]
    for agreement, party, said in ends:
        values = {"notified_on": said.get("withdrawal_notified_on"), "is_from_agreement": True}
        yield Ending(
            "withdrawal",
            said["withdrawn_on"],
            agreement,
            (party,),
            values,
            refs(said),
            conflicts(said),
            start=said.get("action_on"),
        )
