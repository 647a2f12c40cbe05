"""What one edition of a list says otherwise than the one before: raised, extended, added, in words."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from graph.domain.values import first_day, last_day
from queries.core.wording import listed
from queries.funding.editions import Edition

AMOUNTS = ("stated_total", "ceiling", "total_obligated", "total_outlaid", "cost_share")
"""The amounts that a list may state of a project or an award."""


def changes(edition: Edition, earlier: Sequence[Edition], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return how an edition differs from the latest earlier one that speaks of the same, each in words.

    Where nothing tells which of two was stated later, they *differ*; nothing is called raised or extended then.

    Args:
        edition: The edition.
        earlier: Those before it in the order of `editions_of`, all of the same thing.
        names: Printed names of governments, by id.
    """
    return (
        *(told for field in AMOUNTS for told in _amount(field, edition, earlier)),
        *_day("start", edition, earlier),
        *_day("end", edition, earlier),
        *_word("status", edition, earlier),
        *_amendments(edition, earlier),
        *_places(edition, earlier, names),
    )


def _amount(field: str, edition: Edition, earlier: Sequence[Edition]) -> Iterator[str]:
    money = edition.values.get(field)
    if not isinstance(money, Mapping):
        return
    before = next((each for each in reversed(earlier) if _is_alike(each.values.get(field), money)), None)
    if before is None:
        return
    old, new = _number(before.values[field]), _number(money)
    if old != new:
        what = "" if field == "stated_total" else f"{field.replace('_', ' ')} "
        verb = ("raised from" if new > old else "lowered from") if edition.is_after(before) else "differs:"
        yield f"{what}{verb} {old:,} to {new:,} {money['currency']}"


def _number(money: Any) -> Decimal:
    return Decimal(money["amount"])


def _is_alike(value: Any, money: Mapping[str, str]) -> bool:
    """Say whether a value is an amount of the same measure and currency; others cannot be compared."""
    return isinstance(value, Mapping) and all(value[part] == money[part] for part in ("currency", "measure"))


def _day(end: str, edition: Edition, earlier: Sequence[Edition]) -> Iterator[str]:
    new = _side(edition, end)
    before = next((each for each in reversed(earlier) if _side(each, end)), None)
    if not new or before is None:
        return
    old = _side(before, end)
    later, sooner = first_day(new) > last_day(old), last_day(new) < first_day(old)
    if not (later or sooner):
        return  # one is only the more precise
    if not edition.is_after(before):
        yield f"{end} differs: {old} to {new}"
    elif end == "end":
        yield f"{'extended' if later else 'shortened'} from {old} to {new}"
    else:
        yield f"start moved from {old} to {new}"


def _side(edition: Edition, end: str) -> str:
    period = edition.values.get("period")
    return period.get(end, "") if isinstance(period, Mapping) else ""


def _word(field: str, edition: Edition, earlier: Sequence[Edition]) -> Iterator[str]:
    new = edition.values.get(field)
    old = next((said for each in reversed(earlier) if (said := each.values.get(field))), None)
    if new and old and new != old:
        yield f"{field} {old} to {new}"


def _amendments(edition: Edition, earlier: Sequence[Edition]) -> Iterator[str]:
    """Yield amendments that no earlier edition tells, where one tells any."""
    before = {told for each in earlier for told in _lines(each, "amendments")}
    if before:
        yield from (f"amended: {told}" for told in sorted(set(_lines(edition, "amendments")) - before))


def _lines(edition: Edition, field: str) -> Sequence[str]:
    said = edition.values.get(field)
    return said if isinstance(said, list) else ()


def _places(edition: Edition, earlier: Sequence[Edition], names: Mapping[str, str]) -> Iterator[str]:
    before = next((each for each in reversed(earlier) if each.places), None)
    if before is None or not edition.places:
        return
    for verb, some, others in (("now also", edition, before), ("no longer", before, edition)):
        if named := sorted(names.get(place, place) for place in set(some.places) - set(others.places)):
            yield f"{verb} {listed(named, most=len(named))}"
