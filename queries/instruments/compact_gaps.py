"""What a compact should have and nothing is held on: a null is an answer, and is said."""

from collections.abc import Iterable, Sequence

from queries.core.answer import Caveat, Subject
from queries.core.wording import listed
from queries.instruments.compact_facts import Fact


def gaps_of(compact: Subject, partner: Subject, facts: Sequence[Fact]) -> Iterable[Caveat]:
    """Say on what nothing is held, of what a review of compacts asks for.

    The list follows GAO-23-105390: objectives, indicators chosen beforehand, yearly targets, what was reached,
    tracked contributions of the partner, dialogues; and who carries it out.
    """
    lacking = [what for what, is_held in _asked_for(partner, facts) if not is_held]
    if lacking:
        text = f"{compact.name}: nothing is held on its {listed(lacking, most=len(lacking))}."
        yield Caveat(kind="unknown", text=text)


def _asked_for(partner: Subject, facts: Sequence[Fact]) -> Iterable[tuple[str, bool]]:
    indicators = {fact.about.id for fact in facts if fact.about.cls == "Indicator"}
    yield "objectives", any(fact.name == "objectives" for fact in facts)
    yield "implementers", any(fact.name == "implementer" and "implementer" in fact.value for fact in facts)
    yield "indicators", bool(indicators)
    if indicators:
        yield "target of each indicator", _of_each(indicators, "target", facts)
        yield "baseline of each indicator", _of_each(indicators, "baseline", facts)
    yield "measured results", any(fact.about.cls == "Measurement" for fact in facts)
    theirs = {fact.about.id for fact in facts if fact.name == "contributor" and fact.value_id == partner.id}
    stages = {fact.value for fact in facts if fact.about.id in theirs and fact.name == "stage"}
    yield f"contributions of {partner.name}", bool(theirs)
    if theirs:
        yield f"delivery of the contributions of {partner.name}", any("deliver" in stage for stage in stages)
    yield "dialogues", any(fact.name == "engagement_kind" and fact.value == "dialogue" for fact in facts)


def _of_each(indicators: set[str], field: str, facts: Sequence[Fact]) -> bool:
    return indicators <= {fact.about.id for fact in facts if fact.name == field}
