"""Which agreements, compacts, plans and awards end, and which withdrawals from agreements take effect."""

from collections.abc import Iterator, Mapping, Sequence

from graph.domain.values import last_day
from queries.answer import Subject
from queries.asking import Asking
from queries.days import stretch
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
from queries.periods import days_after
from queries.reading import Entity, OfIds, Tie, by_name, conflicts, grouped, refs
from queries.reads import AGREEMENTS_OF, ENTITIES_BY_ID, TIES_OUT, Everything, OfClasses, OfType

_KINDS: Mapping[str, Kind] = {"ChildProtectionCompact": "compact", "NationalActionPlan": "plan"}
# Of these one without an end is said; a treaty has none.
_FOR_A_TIME = ("ChildProtectionCompact", "Memorandum", "NationalActionPlan")
_OURS = "gov:usa"
# 2 CFR 200.344(a): the recipient's final reports.
_DAYS_FOR_REPORTS = 120
_MOST = 2_000


def instruments_ending(asking: Asking, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the end of each agreement and plan that applies for a time, whenever it is; ``on`` is None if not held.

    Args:
        asking: The graph.
        of: Only those of this party; None is all.
    """
    found = _instruments_of(asking, of) if of else asking.read(INSTRUMENTS_WITH_AN_END, OfClasses(classes=_FOR_A_TIME))
    agreements = tuple(each.id for each in found if each.cls != "NationalActionPlan")
    parties = grouped(asking.read(PARTIES_TO, OfIds(ids=agreements)))
    governments = tuple(sorted({each.values["government"] for each in found if each.values.get("government")}))
    named = {one.id: one.subject for one in asking.read(ENTITIES_BY_ID, OfIds(ids=governments))}
    plans = _plans(asking, governments)
    for each in found:
        whose = tuple(tie.other for tie in by_name(parties.get(each.id, ())))
        if each.values.get("government") in named:
            whose = (named[each.values["government"]],)
        yield _of_instrument(each, whose, plans)


def _instruments_of(asking: Asking, party: Subject) -> list[Entity]:
    """Return the agreements that a party signed and the instruments of its own that apply for a time, by id."""
    found = [
        Entity(id=tie.id, cls=tie.cls, name=tie.name, values=tie.values)
        for tie in asking.read(AGREEMENTS_OF, OfIds(ids=(party.id,)))
        if tie.values.get("period_end") or tie.cls in _FOR_A_TIME
    ]
    own = OfIdsAndClasses(ids=(party.id,), classes=_FOR_A_TIME)
    found += asking.read(INSTRUMENTS_OF_GOVERNMENTS, own)
    by_id = {each.id: each for each in found}
    return [by_id[id_] for id_ in sorted(by_id)]


def _plans(asking: Asking, governments: tuple[str, ...]) -> Mapping[str, Sequence[Entity]]:
    plans: dict[str, list[Entity]] = {}
    for plan in asking.read(PLANS_OF_GOVERNMENTS, OfIds(ids=governments)):
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


def awards_ending(asking: Asking, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the awards that end in a period, of one party or of all."""
    found = awards_between(asking, since=since, until=until, of=(of.id,) if of else None)
    ids = tuple(award.id for award in found)
    to = grouped(asking.read(TIES_OUT, OfType(ids=ids, type="AWARDED_TO", limit=_MOST)))
    for award in found:
        said, end = award.values, award.values["period_end"]
        by = days_after(last_day(end), _DAYS_FOR_REPORTS)
        yield Ending(
            "award", end, award.subject, tuple(tie.other for tie in by_name(to.get(award.id, ()))), refs(said),
            f"its period of performance, {stretch(said)}",
            f"extend by amendment, or close: final reports {_DAYS_FOR_REPORTS} days after the end, by {by}",
            start=said.get("period_start"), basis=said.get("award_number"), conflicts=conflicts(said),
        )  # fmt: skip


def withdrawals(asking: Asking, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the withdrawals from agreements, whenever they take effect, of one party or of all."""
    ties: list[Tie] = _left_by(asking, of) if of else asking.read(BONDS_WITHDRAWN, Everything())
    left = {one.id: one.subject for one in asking.read(ENTITIES_BY_ID, OfIds(ids=tuple({tie.subject for tie in ties})))}
    for tie in ties:
        notified = tie.tie.get("withdrawal_notified_on")
        yield Ending(
            "withdrawal", tie.tie["withdrawn_on"], left[tie.subject], (tie.other,), refs(tie.tie),
            f"withdrawal takes effect{f', notified {notified}' if notified else ''}",
            "see what was joined through it; a notification can be taken back until then",
            start=tie.tie.get("action_on"), conflicts=conflicts(tie.tie),
        )  # fmt: skip


def _left_by(asking: Asking, party: Subject) -> list[Tie]:
    """Return the withdrawals of a party, each seen from the agreement."""
    return [
        Tie(subject=tie.id, key=tie.key, tie=tie.tie, id=party.id, cls=party.cls, name=party.name, iso3=party.iso3)
        for tie in sorted(asking.read(AGREEMENTS_OF, OfIds(ids=(party.id,))), key=lambda tie: (tie.id, tie.key))
        if tie.tie.get("withdrawn_on")
    ]
