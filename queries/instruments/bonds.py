"""How parties stand to agreements: the row that says so, and the list of an agreement's parties with its shortfall."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from iga.graph.domain.edges import PartyTo
from iga.graph.domain.values import LAST_DAY, last_day
from iga.queries.core.absence import Absence, absence
from iga.queries.core.ages import shown_on
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.clauses import UnwordedCaveat, caveat, clause
from iga.queries.core.columns import needed, of, sourced
from iga.queries.core.question import Result, SourcedRow
from iga.queries.core.reading import EdgeRow, Entity, OfIds, by_name, refs
from iga.queries.core.reads import ENTITIES_BY_ID, PARTIES_TO
from iga.queries.core.session import Session
from iga.queries.core.treaty import STANDINGS, Bond, Standing, bond_on, joins_later, not_adopted


class StandingRow(PartyRow):
    """Base of rows on how one party stands to one agreement on the day."""

    agreement: str = needed("Id of the agreement.")
    agreement_name: str = needed("Title of the agreement.")
    standing: Standing = needed("How the party stands to it on the day asked for.")


class BondRow(StandingRow):
    """How one party stands to one agreement on the day."""

    signed_on: str | None = of(PartyTo, "signed_on")
    action: str | None = of(PartyTo, "action")
    action_on: str | None = of(PartyTo, "action_on")
    in_force_on: str | None = of(PartyTo, "in_force_on")
    reservations: str | None = of(PartyTo, "reservations")
    territories: str | None = of(PartyTo, "territories")
    withdrawal_notified_on: str | None = of(PartyTo, "withdrawal_notified_on")
    withdrawn_on: str | None = of(PartyTo, "withdrawn_on")
    attested_on: str | None = of(PartyTo, "attested_on")


def bond_row(edge: EdgeRow, bond: Bond, *, party: Subject, agreement: Subject, day: str) -> SourcedRow[BondRow]:
    """Return the row for a bond."""
    columns: dict[str, Any] = {"agreement": agreement, "standing": bond.standing}
    return sourced(BondRow, edge.properties, about=party, held=bond.held, day=day, **columns)


@dataclass(frozen=True)
class PartyList:
    """Who is listed under one agreement, as of a day.

    Attributes:
        card: The agreement.
        edges: Everybody listed, by name.
        day: Full day.
        session: Where the cards of its sources are.
    """

    card: Entity
    edges: tuple[EdgeRow, ...]
    day: str
    session: Session

    @classmethod
    def read(cls, session: Session, agreement: Subject, *, day: str) -> Self:
        """Read an agreement and who is listed under it."""
        ids = OfIds(ids=(agreement.id,))
        [card] = session.read(ENTITIES_BY_ID, ids)
        return cls(card, tuple(by_name(session.read(PARTIES_TO, ids))), day, session)

    @cached_property
    def bonds(self) -> list[tuple[EdgeRow, Bond]]:
        """How each stands to it on the day, by name."""
        adopted_on = self.card.values.get("adopted_on")
        return [(edge, bond_on(edge.properties, day=self.day, adopted_on=adopted_on)) for edge in self.edges]

    @property
    def called(self) -> str:
        """What a sentence calls the agreement."""
        return short_title(self.card.name, self.card.values)

    @property
    def is_ratified(self) -> bool:
        """Whether many may join it, and signing alone does not bind: a treaty, not a compact."""
        return self.card.cls == "Treaty"

    @property
    def adopted_later_on(self) -> str | None:
        """Day of its adoption if that is known to lie after the day; nobody was party then."""
        adopted_on: str | None = self.card.values.get("adopted_on")
        return adopted_on if not_adopted(adopted_on, day=self.day) else None

    @cached_property
    def missing(self) -> int | None:
        """How many parties are missing from the list, by its depositary's count; None if that does not tell.

        They are compared on the day of the count; of a count without a day, as many are missing as it is above all
        that were ever party, and whether a list that reaches it is whole is not known. An organization that is party
        counts, as depositaries count it.
        """
        reported, counted_on = self.card.values.get("party_count"), self.card.values.get("party_count_on")
        if reported is None:
            return None
        day = last_day(counted_on) if counted_on else LAST_DAY
        known = sum(bond_on(edge.properties, day=day).standing == "party" for edge in self.edges)
        missing = max(int(reported) - known, 0)
        return missing if missing or counted_on else None

    @property
    def reaches_count(self) -> bool:
        """Whether as many parties are on record as its depositary counts; what is only signed has no such count."""
        return not self.is_ratified or self.missing == 0

    @cached_property
    def absence(self) -> Absence:
        """What it is worth on the day that somebody is not listed, or not listed as party."""
        listed = (edge.properties for edge in self.edges)
        reported = int(self.card.values.get("party_count") or 0)
        counts = (reported - self.missing, reported) if self.missing else None
        return absence(self.session, self.card.id, *listed, day=self.day, counts=counts)

    @cached_property
    def by_id(self) -> Mapping[str, tuple[EdgeRow, Bond]]:
        """The bonds by id of who is listed."""
        return {edge.id: (edge, bond) for edge, bond in self.bonds}

    def is_surely_outside(self, id_: str) -> bool:
        """Say whether somebody is surely not party on the day: by a list that is whole then, or a step of its own.

        Of who had only signed, or was not party, when a list last showed it, later steps may lack. It is certain of
        whom a later day of a step is on file, and of who has withdrawn.
        """
        if self.adopted_later_on or id_ not in self.by_id:
            return bool(self.adopted_later_on) or self.absence.is_no
        edge, bond = self.by_id[id_]
        if bond.standing in ("party", "unknown") or bond.held != "yes":
            return False
        signs_later = bond.standing == "not party" and bool(edge.properties.get("signed_on"))
        is_early = signs_later or joins_later(edge.properties, day=self.day)
        return is_early or bond.standing == "withdrawn" or self.absence.is_no

    def shown_on(self, ids: Iterable[str]) -> str | None:
        """Return the day on which lists last showed some of them so; None if no day tells."""
        listed = [self.by_id[id_][0].properties for id_ in ids if id_ in self.by_id]
        return shown_on(self.session, *listed, day=self.day)

    def counts(self, bonds: Iterable[tuple[EdgeRow, Bond]]) -> dict[Standing, dict[str, Any]]:
        """Return who stands how, parties first: number of governments, names of others, and for how many no date tells.

        Organizations such as the European Union are counted apart. Who may stand so, and neither a date nor a list by
        the day tells, is in neither of the two.
        """
        counts: dict[Standing, dict[str, Any]] = {}
        for edge, bond in sorted(bonds, key=lambda pair: STANDINGS.index(pair[1].standing)):
            count = counts.setdefault(bond.standing, {"governments": 0, "undated": 0, "others": []})
            if bond.held == "unknown" and bond.standing != "unknown" and not self.shown_on([edge.id]):
                count["undated"] += 1
            elif edge.cls == "Government":
                count["governments"] += 1
            else:
                count["others"].append(edge.name)
        return counts

    def shortfall(self, *, clause: str = "headline") -> tuple[UnwordedCaveat, ...]:
        """Say that parties are missing from the list, or that it cannot be checked; nothing of what is only signed.

        Args:
            clause: Id of the clause that it concerns.
        """
        if self.missing is None and self.is_ratified:
            return (caveat("partial", "parties-unknown", clause=clause, agreement=self.called),)
        if not self.missing:
            return ()
        reported, on = int(self.card.values["party_count"]), self.card.values.get("party_count_on")
        numbers: dict[str, Any] = {"known": reported - self.missing, "reported": reported, "on": on}
        return (caveat("partial", "parties-missing", clause=clause, agreement=self.called, **numbers),)

    def before_adoption(self) -> "Result[Any]":
        """Return the answer for a day before its adoption."""
        not_adopted_yet = clause("not-adopted", agreement=self.called, adopted_on=self.adopted_later_on)
        return Result(clauses=(not_adopted_yet,), refs=refs(self.card.values))


def short_title(name: str, values: Mapping[str, Any]) -> str:
    """Return the short title of an agreement, its title where it has none."""
    return str(values.get("short_title") or name)


def steps_of(bond: Mapping[str, Any]) -> list[dict[str, str | None]]:
    """Return what a party did and when, in the order of a treaty's life; an action whose day is unknown has none."""
    days = {
        "signed": bond.get("signed_on"),
        bond.get("action") or "joined": bond.get("action_on"),
        "in force": bond.get("in_force_on"),
        "withdrawal notified": bond.get("withdrawal_notified_on"),
        "withdrawn": bond.get("withdrawn_on"),
    }
    return [{"step": step, "on": on} for step, on in days.items() if on or step == bond.get("action")]
