"""Which agreements, compacts, plans and awards end, and which withdrawals from agreements take effect."""

from collections.abc import Iterator, Mapping, Sequence

from graph.domain.values import last_day
from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.days import stretch
from queries.core.periods import days_after
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import AGREEMENTS_OF, EDGES_OUT, ENTITIES_BY_ID, OfClasses, OfType
from queries.core.session import Session
from queries.instruments.duties_worked_out import awards_between
from queries.instruments.endings import Ending, Kind, end_after, starts
from queries.instruments.reads import (
    BONDS_WITHDRAWN,
    INSTRUMENTS_OF_GOVERNMENTS,
    INSTRUMENTS_WITH_AN_END,
    PARTIES_TO,
    PLANS_OF_GOVERNMENTS,
    OfIdsAndClasses,
)

_KINDS: Mapping[str, Kind] = {"ChildProtectionCompact": "compact", "NationalActionPlan": "plan"}
# Of these one without an end is said; a treaty has none.
_FOR_A_TIME = ("ChildProtectionCompact", "Memorandum", "NationalActionPlan")
_OURS = "gov:usa"
# 2 CFR 200.344(a): the recipient's final reports.
_DAYS_FOR_REPORTS = 120
_MOST = 2_000


def instruments_ending(session: Session, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the end of each agreement and plan that applies for a time, whenever it is; ``on`` is None if not held.

    Args:
        session: The graph.
        of: Only those of this party; None is all.
    """
    found = (
        _instruments_of(session, of) if of else session.read(INSTRUMENTS_WITH_AN_END, OfClasses(classes=_FOR_A_TIME))
    )
    agreements = tuple(each.id for each in found if each.cls != "NationalActionPlan")
    parties = grouped(session.read(PARTIES_TO, OfIds(ids=agreements)))
    governments = tuple(sorted({each.values["government"] for each in found if each.values.get("government")}))
    named = {one.id: one.subject for one in session.read(ENTITIES_BY_ID, OfIds(ids=governments))}
    plans = _plans(session, governments)
    for each in found:
        whose = tuple(edge.other for edge in by_name(parties.get(each.id, ())))
        if each.values.get("government") in named:
            whose = (named[each.values["government"]],)
        yield _of_instrument(each, whose, plans)


def _instruments_of(session: Session, party: Subject) -> list[Entity]:
    """Return the agreements that a party signed and the instruments of its own that apply for a time, by id."""
    found = [
        Entity(id=edge.id, cls=edge.cls, name=edge.name, values=edge.values)
        for edge in session.read(AGREEMENTS_OF, OfIds(ids=(party.id,)))
        if edge.values.get("period_end") or edge.cls in _FOR_A_TIME
    ]
    own = OfIdsAndClasses(ids=(party.id,), classes=_FOR_A_TIME)
    found += session.read(INSTRUMENTS_OF_GOVERNMENTS, own)
    by_id = {each.id: each for each in found}
    return [by_id[id_] for id_ in sorted(by_id)]


def _plans(session: Session, governments: tuple[str, ...]) -> Mapping[str, Sequence[Entity]]:
    plans: dict[str, list[Entity]] = {}
    for plan in session.read(PLANS_OF_GOVERNMENTS, OfIds(ids=governments)):
        plans.setdefault(plan.values["government"], []).append(plan)
    return plans


def _of_instrument(each: Entity, whose: tuple[Subject, ...], plans: Mapping[str, Sequence[Entity]]) -> Ending:
    said = each.values
    stated, start = said.get("period_end"), starts(said)
    derived = None if stated else end_after(start, said.get("duration"))
    extended = "; ".join(said.get("extension") or ())
    reason = f"its period, {stretch(said)}" if stated else "no end is held"
    if derived:
        reason = f"{said.get('duration')} from {start}"
    if extended:
        reason += f"; extension stated: {extended}"
    return Ending(
        _KINDS.get(each.cls, "agreement"), stated or derived, each.subject,
        tuple(sorted(whose, key=lambda one: one.id == _OURS)), refs(said), reason, _after(each, plans, extended),
        start=start, basis=said.get("reference"), is_derived=derived is not None, is_sure=not extended,
        conflicts=conflicts(said),
    )  # fmt: skip


def _after(each: Entity, plans: Mapping[str, Sequence[Entity]], extended: str) -> str:
    if each.cls != "NationalActionPlan":
        return (
            "see whether the extension was signed"
            if extended
            else "extend, follow up or close; nothing is held as decided"
        )
    end, start = each.values.get("period_end") or "", each.values.get("period_start") or ""
    later = [
        plan.name
        for plan in plans.get(each.values.get("government") or "", ())
        if (plan.id != each.id and (plan.values.get("period_start") or "") >= (end or "9") > "")
        or (plan.id != each.id and (plan.values.get("period_start") or "") > start > "")
    ]
    return f"a later plan is held: {later[0]}" if later else "ask whether a new plan follows; none is held"


def awards_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the awards that end in a period, of one party or of all."""
    found = awards_between(session, since=since, until=until, of=(of.id,) if of else None)
    ids = tuple(award.id for award in found)
    to = grouped(session.read(EDGES_OUT, OfType(ids=ids, type="AWARDED_TO", limit=_MOST)))
    for award in found:
        said, end = award.values, award.values["period_end"]
        by = days_after(last_day(end), _DAYS_FOR_REPORTS)
        yield Ending(
            "award", end, award.subject, tuple(edge.other for edge in by_name(to.get(award.id, ()))), refs(said),
            f"its period of performance, {stretch(said)}",
            f"extend by amendment, or close: final reports {_DAYS_FOR_REPORTS} days after the end, by {by}",
            start=said.get("period_start"), basis=said.get("award_number"), conflicts=conflicts(said),
        )  # fmt: skip


def withdrawals(session: Session, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the withdrawals from agreements, whenever they take effect, of one party or of all."""
    edges: list[EdgeRow] = _left_by(session, of) if of else session.read(BONDS_WITHDRAWN, Everything())
    left = {
        one.id: one.subject for one in session.read(ENTITIES_BY_ID, OfIds(ids=tuple({edge.subject for edge in edges})))
    }
    for edge in edges:
        notified = edge.properties.get("withdrawal_notified_on")
        yield Ending(
            "withdrawal", edge.properties["withdrawn_on"], left[edge.subject], (edge.other,), refs(edge.properties),
            f"withdrawal takes effect{f', notified {notified}' if notified else ''}",
            "see what was joined through it; a notification can be taken back until then",
            start=edge.properties.get("action_on"), conflicts=conflicts(edge.properties),
        )  # fmt: skip


def _left_by(session: Session, party: Subject) -> list[EdgeRow]:
    """Return the withdrawals of a party, each seen from the agreement."""
    return [
        EdgeRow(
            subject=edge.id,
            key=edge.key,
            properties=edge.properties,
            id=party.id,
            cls=party.cls,
            name=party.name,
            iso3=party.iso3,
        )
        for edge in sorted(session.read(AGREEMENTS_OF, OfIds(ids=(party.id,))), key=lambda edge: (edge.id, edge.key))
        if edge.properties.get("withdrawn_on")
    ]
