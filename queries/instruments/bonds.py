"""The row that says how a party stands to an agreement, and the check of a list against a reported number."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field

from graph.domain.values import LAST_DAY, last_day
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import latest
from queries.core.question import SourcedRow
from queries.core.reading import EdgeRow, Entity, conflicts, refs
from queries.core.treaty import Bond, Standing, bond_on, not_adopted
from queries.core.wording import listed


class BondRow(PartyRow):
    """How one party stands to one agreement on the day."""

    agreement: str = Field(description="Id of the agreement.")
    agreement_name: str = Field(description="Title of the agreement.")
    standing: Standing = Field(description="How the party stands to it on the day asked for.")
    signed_on: str | None = Field(default=None, description="Signature.")
    action: str | None = Field(default=None, description="Ratification, accession, acceptance, approval, succession.")
    action_on: str | None = Field(default=None, description="Day of that action.")
    in_force_on: str | None = Field(default=None, description="When it entered into force for the party.")
    reservations: str | None = Field(default=None, description="Reservations and declarations.")
    territories: str | None = Field(default=None, description="Territories covered or left out.")
    withdrawal_notified_on: str | None = Field(default=None, description="When a withdrawal was notified.")
    withdrawn_on: str | None = Field(default=None, description="When a withdrawal took effect.")
    attested_on: str | None = Field(default=None, description="Latest day on which a source lists it so.")


RATIFIED = ("Treaty",)
"""Classes of agreements that many may join, and that signing alone does not bind to."""

_COPIED = (
    "signed_on",
    "action",
    "action_on",
    "in_force_on",
    "reservations",
    "territories",
    "withdrawal_notified_on",
    "withdrawn_on",
)


def bond_draft(said: Mapping[str, Any], bond: Bond, *, party: Subject, agreement: Subject, day: str) -> SourcedRow:
    """Return the row for a bond, from the properties of PARTY_TO."""
    row = BondRow(
        held=bond.held,
        conflicts=conflicts(said),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        agreement=agreement.id,
        agreement_name=agreement.name,
        standing=bond.standing,
        attested_on=latest(said.get("attested_on"), on=day),
        **{name: said.get(name) for name in _COPIED},
    )
    return SourcedRow(row, refs(said))


def missing_parties(agreement: Entity, edges: Iterable[EdgeRow]) -> int | None:
    """Return how many parties are missing from a list, by its depositary's count; None if that does not tell.

    They are compared on the day of the count; of a count without a day, as many are missing as it is above all that
    were ever party, and whether a list that reaches it is whole is not known. An organization that is party counts, as
    depositaries count it.
    """
    reported, counted_on = agreement.values.get("party_count"), agreement.values.get("party_count_on")
    if reported is None:
        return None
    day = last_day(counted_on) if counted_on else LAST_DAY
    held = sum(bond_on(edge.properties, day=day).standing == "party" for edge in edges)
    missing = max(int(reported) - held, 0)
    return missing if missing or counted_on else None


def shortfall(agreement: Entity, missing: int | None) -> tuple[Caveat, ...]:
    """Say that parties are missing from a list, or that it cannot be checked; nothing of what only its parties sign."""
    if missing is None and agreement.cls in RATIFIED:
        text = f"No number of parties is held for {agreement.name}: who is not listed may be party, and is unknown."
        return (Caveat(kind="partial", text=text),)
    if not missing:
        return ()
    reported, day = int(agreement.values["party_count"]), agreement.values.get("party_count_on")
    held = f"{reported - missing} of the {reported} parties reported {f'for {day}' if day else 'on a day not held'}"
    text = f"The list is partial: {held} {'is' if reported - missing == 1 else 'are'} held."
    return (Caveat(kind="partial", text=text),)


def as_listed(agreement: Entity, edges: Iterable[EdgeRow]) -> str:
    """Return what a count of the parties begins with where the list is not known to be whole; else a blank."""
    is_whole = agreement.cls not in RATIFIED or missing_parties(agreement, edges) == 0
    return "" if is_whole else "as far as listed here, "


def too_early(agreement: Entity, *, day: str) -> str:
    """Say that an agreement was not there yet on a day; blank if it may have been."""
    adopted_on = agreement.values.get("adopted_on")
    if not not_adopted(adopted_on, day=day):
        return ""
    return f"{agreement.name} had not been adopted by that day ({adopted_on}), so nobody was party"


def apart(subjects: Iterable[Subject]) -> tuple[list[Subject], list[Subject]]:
    """Return governments, and the others: organizations such as the European Union are counted apart."""
    everyone = list(subjects)
    return [s for s in everyone if s.cls == "Government"], [s for s in everyone if s.cls != "Government"]


def names_of(subjects: Iterable[Subject], *, most: int = 5) -> str:
    """Return names as a list in a sentence."""
    return listed([subject.name for subject in subjects], most=most)
