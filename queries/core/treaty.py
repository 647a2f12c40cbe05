"""How a party stands to an agreement on a day, worked out from the dates of its bond."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from iga.graph.domain.values import first_day, last_day
from iga.queries.core.days import Passed, latest, passed

Standing = Literal["party", "signatory", "withdrawn", "not party", "unknown"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True)
class Bond:
    """A standing, and whether it is known to be so on the day or may be so."""

    standing: Standing
    held: Literal["yes", "unknown"]


def bond_on(properties: Mapping[str, Any], *, day: str, adopted_on: str | None = None) -> Bond:
    """Return how a party stands to an agreement on a day.

    Nobody stands to an agreement before it is adopted: *not party*. After that, the first of these that applies,
    from the properties of PARTY_TO:

    1. withdrawn_on has come, and no later action_on: *withdrawn*.
    2. action_on (ratification, accession …) has come, or in_force_on where there is no such day: *party*.
       A party is counted from the day of its action, as depositaries count, not from entry into force.
    3. Its source states "party" or "withdrawn" without such a day, and any signature has come: that, known
       from the first day a source lists it.
    4. signed_on has come, or its source states "signatory" without a day: *signatory*.
    5. It withdraws after the day and joins again later: it was bound at some time before, *unknown* since when.
    6. A dated step lies after the day, or its source states "not party": *not party*.
    7. Otherwise *unknown*.

    A date that the day falls inside (``2021`` on 2021-06-30) makes the standing possible, not known.
    """
    if not_adopted(adopted_on, day=day):
        return Bond("not party", "yes")
    stated, signed_on = properties.get("status"), properties.get("signed_on")
    left_on, acted_on = properties.get("withdrawn_on"), properties.get("action_on") or properties.get("in_force_on")
    listed: Passed = "yes" if latest(properties.get("attested_on"), on=day) else "unknown"
    signed: Passed = passed(signed_on, on=day) if signed_on else listed if stated == "signatory" else "no"
    undated = listed if not (signed_on and signed == "no") else "no"
    steps: tuple[tuple[Standing, Passed], ...] = (
        ("withdrawn", passed(left_on, on=day) if left_on and not _joined_again(left_on, acted_on, day) else "no"),
        ("party", passed(acted_on, on=day) if acted_on else undated if stated == "party" else "no"),
        ("withdrawn", undated if stated == "withdrawn" and not left_on else "no"),
        ("signatory", signed),
    )
    for standing, reached in steps:
        if reached != "no":
            return Bond(standing, reached)
    if left_on and acted_on and first_day(acted_on) > last_day(left_on) and passed(left_on, on=day) == "no":
        return Bond("unknown", "unknown")
    if acted_on or signed_on:
        return Bond("not party", "yes")
    if stated == "not party":
        return Bond("not party", "yes" if listed == "yes" else "unknown")
    return Bond("unknown", "unknown")


def not_adopted(adopted_on: str | None, *, day: str) -> bool:
    """Say whether an agreement is known not to have been adopted by a day."""
    return bool(adopted_on) and first_day(str(adopted_on)) > day


def joins_later(properties: Mapping[str, Any], *, day: str) -> bool:
    """Return whether a party is known to join an agreement only after a day, by the day of its own step."""
    acted_on = properties.get("action_on") or properties.get("in_force_on")
    return bool(acted_on) and first_day(str(acted_on)) > day and not properties.get("withdrawn_on")


def _joined_again(left_on: str, acted_on: str | None, day: str) -> bool:
    return bool(acted_on) and last_day(left_on) < first_day(str(acted_on)) <= day
