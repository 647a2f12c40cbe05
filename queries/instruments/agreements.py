"""Who is party to an agreement, and what a party is party to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from pydantic import Field

from iga.graph.domain.edges import PartyTo
from iga.graph.domain.values import LAST_DAY, first_day, last_day
from iga.queries.core.absence import Absence, absence
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import needed, of, option, sourced
from iga.queries.core.days import latest
from iga.queries.core.membership import members_of_any_body
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, by_name, refs
from iga.queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID, PARTIES_TO
from iga.queries.core.relationships import STANDINGS, Bond, Standing, bond_on, joins_later, not_adopted
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.trust import age_of, shown_on


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
        """Day of its adoption or signature if that is known to lie after the day; nobody was party then."""
        adopted_on: str | None = self.card.values.get("adopted_on") or self.card.values.get("signed_on")
        return adopted_on if not_adopted(adopted_on, day=self.day) else None

    @property
    def not_there_yet(self) -> SourcedClause:
        """What is said of a day before its adoption or signature."""
        is_signed = not self.card.values.get("adopted_on")
        known = {"agreement": self.called, "adopted_on": self.adopted_later_on, "is_signed": is_signed}
        return clause("not-adopted", self.card.values, **known)

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
        """True if somebody is surely not party on the day: by a list that is whole then, or a step of its own.

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
        the day tells, is in neither of the two; nor is who may be party, as its row says.
        """
        counts: dict[Standing, dict[str, Any]] = {}
        for edge, bond in sorted(bonds, key=lambda pair: STANDINGS.index(pair[1].standing)):
            count = counts.setdefault(bond.standing, {"governments": 0, "undated": 0, "others": []})
            is_open = bond.held == "unknown" and bond.standing != "unknown"
            if is_open and (bond.standing == "party" or not self.shown_on([edge.id])):
                count["undated"] += 1
            elif edge.cls == "Government":
                count["governments"] += 1
            else:
                count["others"].append(edge.name)
        return counts

    def shortfall(self, *, clause: str = "headline") -> tuple[UnwordedCaveat, ...]:
        """Say that parties are missing from the list, or that it cannot be checked; nothing of what is only signed."""
        if self.missing is None and self.is_ratified:
            return (caveat("partial", "parties-unknown", clause=clause, agreement=self.called),)
        if not self.missing:
            return ()
        reported, on = int(self.card.values["party_count"]), self.card.values.get("party_count_on")
        numbers: dict[str, Any] = {"known": reported - self.missing, "reported": reported, "on": on}
        return (caveat("partial", "parties-missing", clause=clause, agreement=self.called, **numbers),)

    def before_adoption(self) -> "Result[Any]":
        """Return the answer for a day before its adoption."""
        return Result(clauses=(self.not_there_yet,), refs=refs(self.card.values))


def short_title(name: str, values: Mapping[str, Any]) -> str:
    """Return the short title of an agreement, its title where it has none."""
    return str(values.get("short_title") or name)


def steps_of(bond: Mapping[str, Any], day: str) -> list[dict[str, Any]]:
    """Return what a party did and when, in the order of a treaty's life; an action whose day is unknown has none.

    What came only after the full day that is answered for is marked so.
    """
    days = {
        "signed": bond.get("signed_on"),
        bond.get("action") or "joined": bond.get("action_on"),
        "in force": bond.get("in_force_on"),
        "withdrawal notified": bond.get("withdrawal_notified_on"),
        "withdrawn": bond.get("withdrawn_on"),
    }
    known = {step: on for step, on in days.items() if on or step == bond.get("action")}
    return [{"step": step, "on": on, "is_later": bool(on and first_day(str(on)) > day)} for step, on in known.items()]


# What people mean by treaty status; compacts have a question of their own.
_TREATIES = ("Treaty", "Declaration", "Memorandum")
# What is asked first of any government; said where it binds for certain.
_PALERMO, _BOUND = "treaty:palermo", Bond("party", "yes")


class PartiesParams(Params):
    """What `parties` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])
    status: Standing | None = option("Only those that stand to it so.", "party")


class TreatyStatusParams(Params):
    """What `treaty-status` is asked with."""

    party: str = Field(description="Whose status is asked for.", examples=["Ghana"])
    agreement: str | None = option("Only this agreement.", "Palermo Protocol")
    status: Standing | None = option("Only agreements it stands to so.", "signatory")


def parties(request: Request[PartiesParams]) -> Result[BondRow]:
    """List who signed or joined an agreement: parties first, then by name; organizations apart."""
    agreement, asked = request.one("agreement"), request.params.status
    parties = PartyList.read(request.session, agreement, day=request.day)
    if parties.adopted_later_on:
        return parties.before_adoption()
    is_outside = asked == "not party"
    bonds = [pair for pair in parties.bonds if (pair[1] != _BOUND if is_outside else _stands_so(pair[1], asked))]
    unlisted = list(_unlisted(request, parties)) if asked in ("not party", "unknown") else []
    bonds += [pair for pair in unlisted if is_outside or pair[1].standing == asked]
    bonds.sort(key=lambda pair: STANDINGS.index(pair[1].standing))
    if is_outside or (asked == "unknown" and bonds):
        clauses = [*_on_outside(parties, bonds)]
    else:
        told = [pair for pair in parties.bonds if asked in (None, pair[1].standing)]
        clauses = [*_on_parties(request, parties, told, asked)]
    left = [(edge.name, edge.properties) for edge, bond in bonds if bond.standing == "withdrawn"]
    known = ((edge, bond.as_known(is_sure=parties.is_surely_outside(edge.id))) for edge, bond in bonds)
    rows = Rows.of(bond_row(*pair, party=pair[0].other, agreement=agreement, day=request.day) for pair in known)
    return Result.of([*clauses, *_on_left(left)], rows, parties.shortfall(), refs=refs(parties.card.values))


def _on_left(left: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[SourcedClause]:
    """Say since when those have left who withdrew from an agreement, or which agreements somebody left when."""
    if told := [{"name": name, "left_on": stated.get("withdrawn_on")} for name, stated in left]:
        yield clause("left", told=told)


def _stands_so(bond: Bond, asked: Standing | None) -> bool:
    """True if somebody listed stands as asked for; who is listed as party since an unknown day is not known to be."""
    place = "unknown" if (bond.standing, bond.held) == ("party", "unknown") else bond.standing
    return asked in (None, place)


def _unlisted(request: Request[PartiesParams], parties: PartyList) -> Iterator[tuple[EdgeRow, Bond]]:
    """Yield the governments in a body on file that no list of the agreement names, as `gaps` looks at them.

    They are not party where that list is whole on the day; else how they stand to it is not known.
    """
    listed = {edge.id for edge in parties.edges}
    bond = Bond("not party", "yes") if parties.absence.is_no else Bond("unknown", "unknown")
    for edge in members_of_any_body(request.session, day=request.day):
        if edge.id in listed:
            continue
        only_named = {"evidence": edge.properties.get("evidence")}
        yield edge.model_copy(update={"properties": only_named}), bond


def _on_outside(parties: PartyList, bonds: Sequence[tuple[EdgeRow, Bond]]) -> Iterator[SourcedClause]:
    """Say who is not party, of whom that is not confirmed, and who only signed or withdrew."""
    names: dict[bool, list[str]] = {True: [], False: []}
    for edge, _ in bonds:
        names[parties.is_surely_outside(edge.id)].append(edge.name)
    age = age_of(parties.session, *(edge.properties for edge in parties.edges), day=parties.day)
    about = {"outside": names[True], "open": names[False], "age": age}
    yield clause("outside", **about, **parties.absence.values("", "parties to", parties.called))
    for standing, number in parties.counts(bonds).items():
        if standing in ("signatory", "withdrawn"):
            yield clause("standing", standing=standing, **number, is_no=parties.absence.is_no, is_among=True)


def _on_parties(
    request: Request[PartiesParams], parties: PartyList, bonds: Sequence[tuple[EdgeRow, Bond]], asked: Standing | None
) -> Iterator[SourcedClause]:
    """Say how many are party, then how many stand to it in other ways; what its parties only sign is signed."""
    counts = parties.counts(bonds)
    usual: Standing = "party" if parties.is_ratified else next(iter(counts), "party")
    first: Standing = asked or usual
    nobody = {"governments": 0, "undated": 0, "others": []}
    about: dict[str, Any] = {
        "agreement": parties.called,
        "is_whole": parties.reaches_count,
        "is_only_signed": not parties.is_ratified,
    }
    about |= parties.absence.values("", "parties to", parties.called)
    listed = (edge.properties for edge, _ in bonds)
    age = age_of(request.session, *listed, day=request.day) if parties.is_ratified else None
    yield clause("headline", standing=first, **counts.pop(first, nobody), **about, age=age)
    for standing, number in counts.items():
        yield clause("standing", standing=standing, **number, is_no=parties.absence.is_no)


def treaty_status(request: Request[TreatyStatusParams]) -> Result[BondRow]:
    """List how a party stands to agreements: parties first, then by title."""
    party, agreement, asked = request.one("party"), request.maybe("agreement"), request.params.status
    edges = by_name(request.session.read(AGREEMENTS_OF, OfIds(ids=(party.id,))))
    edges = [edge for edge in edges if (edge.id == agreement.id if agreement else edge.cls in _TREATIES)]
    if agreement and not edges:
        parties = PartyList.read(request.session, agreement, day=request.day)
        nearest = {"sovereign": _sovereign_bound(request.session, party, parties)}
        about = parties.absence.values(party.name, "parties to", parties.called, **nearest)
        unlisted = clause("unlisted", **about, asked=asked or "party")
        return Result((unlisted,), caveats=parties.shortfall(clause="unlisted"), refs=refs(parties.card.values))
    bonds = [
        (edge, bond_on(edge.properties, day=request.day, adopted_on=edge.values.get("adopted_on"))) for edge in edges
    ]
    shown = [(edge, bond) for edge, bond in bonds if agreement or asked in (None, bond.standing)]
    shown.sort(key=lambda pair: STANDINGS.index(pair[1].standing))
    if agreement:
        clauses = _on_one(request, party, *bonds[0])
    else:
        bound = sum(bond.standing == "party" for _, bond in bonds)
        clauses = _on_all(request, party, shown, listed=len(bonds), bound=bound)
    known = [(edge, bond.as_known(is_sure=_is_surely_outside(request, party, edge, bond))) for edge, bond in shown]
    rows = Rows.of(bond_row(*pair, party=party, agreement=pair[0].other, day=request.day) for pair in known)
    return Result.of(clauses, rows, refs=refs(*(edge.properties for edge in edges)))


def _sovereign_bound(session: Session, party: Subject, parties: PartyList) -> str | None:
    """Return the name of the State that a dependency belongs to, where that is party on the day."""
    cards = session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
    sovereign = next((card.values.get("sovereignty") for card in cards), None)
    edge, bond = parties.by_id.get(sovereign or "", (None, None))
    return edge.name if edge and bond and (bond.standing, bond.held) == ("party", "yes") else None


def _on_one(
    request: Request[TreatyStatusParams], party: Subject, edge: FullEdgeRow, bond: Bond
) -> Iterator[SourcedClause]:
    """Say how it stands to one agreement by which steps, then what an embassy asks next.

    That it is not party is certain where the list is whole on the day, or its own step has a later day.
    """
    stated, day = edge.properties, request.day
    values: dict[str, Any] = {"party": party.name, "agreement": short_title(edge.name, edge.values)}
    values |= {"standing": bond.standing, "is_sure": bond.held == "yes", "steps": steps_of(stated, day)}
    values["asked"] = request.params.status or "party"
    is_no = _is_surely_outside(request, party, edge, bond)
    seen_on = latest(stated.get("attested_on"), on=day)
    yield clause("one-agreement", **values, is_no=is_no, seen_on=shown_on(request.session, stated, day=day))
    yield clause("reservations", reservations=stated.get("reservations"))
    if stated.get("territories"):
        yield clause("territories", territories=stated["territories"])
    if seen_on:
        yield clause("last-listed", seen_on=seen_on)


def _is_surely_outside(request: Request[TreatyStatusParams], party: Subject, edge: FullEdgeRow, bond: Bond) -> bool:
    """True if it is surely not party to an agreement; the list of its parties is read only where that bears."""
    if bond.standing in ("party", "unknown") or bond.held != "yes":
        return False
    return PartyList.read(request.session, edge.other, day=request.day).is_surely_outside(party.id)


def _on_all(
    request: Request[TreatyStatusParams],
    party: Subject,
    bonds: Sequence[tuple[FullEdgeRow, Bond]],
    *,
    listed: int,
    bound: int,
) -> Iterator[SourcedClause]:
    """Say to how many it is party, then which others it stands to in which way, and as of when if later steps may lack.

    Where a standing is asked for, the first says to how many it stands so, whether or not later steps may lack.
    """
    asked = request.params.status
    titles: dict[tuple[Standing, str | None], list[str]] = {(asked or "party", None): []}
    for edge, bond in bonds:
        is_open = bond.standing not in ("party", "unknown") and not _is_surely_outside(request, party, edge, bond)
        shown = shown_on(request.session, edge.properties, day=request.day) if is_open else None
        titles.setdefault((bond.standing, shown), []).append(short_title(edge.name, edge.values))
    ((first, _), agreements), *others = titles.items()
    palermo = next(
        (edge.properties.get("action_on") for edge, bond in bonds if edge.id == _PALERMO and bond == _BOUND), None
    )
    values: dict[str, Any] = {"party": party.name, "standing": first, "listed": listed}
    values["agreements"] = [*agreements, *(name for _, names in others for name in names)] if asked else agreements
    values |= {"is_asked": bool(asked), "bound": bound, "open": len(values["agreements"]) - len(agreements)}
    yield clause("headline", **values, palermo=palermo)
    for (standing, shown), names in others:
        yield clause("standing", standing=standing, agreements=names, shown_on=shown)
    titled = ((short_title(edge.name, edge.values), edge.properties, bond) for edge, bond in bonds)
    yield from _on_left((title, stated) for title, stated, bond in titled if bond.standing == "withdrawn")
    if undated := sum(bond.held == "unknown" for _, bond in bonds):
        yield clause("undated", undated=undated)


_STEPS = ("standing", "signed_on", "action", "action_on", "withdrawn_on", "held", "confidence", "evidence")

PARTIES = Question.of(
    parties,
    title="Who is party to this agreement?",
    names={"agreement": ("Agreement",)},
    example={"agreement": "Palermo Protocol"},
    columns=("name", *_STEPS),
)
TREATY_STATUS = Question.of(
    treaty_status,
    title="Which agreements is this party bound by, and since when?",
    names={"party": ("Party",), "agreement": ("Agreement",)},
    example={"party": "Ghana"},
    columns=("agreement_name", *_STEPS),
    yes_or_no=("party", "agreement"),
)
