"""Everything that moves money of a party, a place, a programme or of everybody, with why each may not count."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.reading import OfIds
from queries.core.session import Session
from queries.funding.amounts import ELSEWHERE, PASSED_ON, SHARED, Amount, movements
from queries.funding.doubles import without_doubles
from queries.funding.passing import PASSED_AGAIN
from queries.funding.reach import (
    Holding,
    holdings_of,
    implementer_counts,
    mark_subawards,
    movements_under,
    placed,
    undisclosed_among,
)
from queries.funding.reads import AWARDS_AND_PROJECTS, FUNDING_LINES, MONEY_CARRIERS, MONEY_ENDS

EVERYBODY = Subject(id="all", cls="Everybody", name="everybody")
"""Whom money is of that is asked for without a party."""


@dataclass
class Pool:
    """Amounts, and what is known of the things and parties that they belong to.

    Attributes:
        amounts: The amounts; those that no total counts with the reason.
        holdings: Awards, projects and lines, by id.
        carriers: Ids of those who received each award or carry out each project, by its id.
        undisclosed: Ids of those whose names are withheld.
        names: Names of carriers, as far as they were read, by id.
        is_without_versions: Whether other versions of figures were not looked up, because there are too many things.
    """

    amounts: list[Amount]
    holdings: Mapping[str, Holding]
    carriers: dict[str, list[Subject]] = field(default_factory=dict)
    undisclosed: frozenset[str] = frozenset()
    is_without_versions: bool = False

    def receivers(self, each: Amount) -> tuple[str, ...]:
        """Return the ids of who received an amount: as it says, else of who received the award or carries it out."""
        if each.receiver:
            return (each.receiver,)
        return tuple(sorted(party.id for party in self.carriers.get(each.about.id, ())))


def gathered(session: Session, subject: Subject | None) -> Pool:
    """Return the movements of the money of a subject, of everybody without one; stated figures are not among them."""
    holdings = holdings_of(session, subject) if subject else _everything(session)
    whom = subject or EVERYBODY
    moved = list(movements(whom, holdings, movements_under(session, holdings), implementer_counts(session, holdings)))
    carriers, hidden = _carriers(session, holdings)
    hidden |= undisclosed_among(session, {each.receiver for each in moved if each.receiver} - hidden)
    found = Pool([], holdings, carriers, frozenset(hidden))
    judged = _passed_again(without_doubles(moved, undisclosed=found.undisclosed), found)
    found.amounts = [_passed_on(each, whom, holdings[each.about.id]) for each in judged]
    return found


def _passed_on(each: Amount, whom: Subject, holding: Holding) -> Amount:
    """Return an amount; what a recipient passes on is no money that it received besides, and is left out."""
    if not holding.ways & {"awarded", "sub-awarded", "implements"} or holding.ways & {"funded", "place"}:
        return each
    is_given = each.giver == whom.id or (not each.giver and each.receiver != whom.id)
    is_passed = each.measure == "subaward" and is_given
    return replace(each, left_out=PASSED_ON) if is_passed and not each.left_out else each


def _everything(session: Session) -> dict[str, Holding]:
    things = session.read(AWARDS_AND_PROJECTS, Everything())
    found = {each.id: Holding(each, {"itself"}) for each in (*things, *session.read(FUNDING_LINES, Everything()))}
    placed(session, found)
    mark_subawards(session, found)
    return dict(sorted(found.items()))


def _carriers(session: Session, holdings: Mapping[str, Holding]) -> tuple[dict[str, list[Subject]], set[str]]:
    """Return who received each award or carries out each project, and whose names among them are withheld."""
    awards = OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls == "Award"))
    projects = OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls == "Project"))
    edges = [edge for edge in (session.read(MONEY_ENDS, awards) if awards.ids else ()) if edge.type == "AWARDED_TO"]
    edges += session.read(MONEY_CARRIERS, projects) if projects.ids else []
    found: dict[str, list[Subject]] = {}
    for edge in edges:
        found.setdefault(edge.subject, []).append(edge.other)
    unique = {id_: list({each.id: each for each in those}.values()) for id_, those in found.items()}
    return unique, {edge.id for edge in edges if edge.values.get("undisclosed")}


def _passed_again(amounts: list[Amount], pool: Pool) -> list[Amount]:
    """Return amounts, those that are passed on out of a sub-award left out: they are part of it."""
    primes = {id_: {party.id for party in those} for id_, those in pool.carriers.items()}

    def is_again(each: Amount) -> bool:
        known = primes.get(each.about.id)
        if pool.holdings[each.about.id].is_passed_again:
            return True
        return each.measure == "subaward" and bool(each.giver and known) and each.giver not in (known or ())

    return [replace(each, left_out=PASSED_AGAIN) if not each.left_out and is_again(each) else each for each in amounts]


def not_of(whom: Subject, holding: Holding, pool: Pool) -> str:
    """Return why a figure of a whole is not the party's or the place's alone; blank if it is."""
    if whom.cls == "Government" and "place" in holding.ways:
        return "" if set(holding.places) == {whom.id} else ELSEWHERE
    if "funded" in holding.ways or not holding.ways & {"awarded", "implements"}:
        return ""
    return SHARED if len(pool.carriers.get(holding.thing.id, ())) > 1 else ""
