"""Bottom line up front: facts only, chosen by fixed rules, none composed."""

from collections.abc import Iterable

from exports.memos.evidence import cited, claim_of, everything, supported
from exports.memos.sections.agreements import PALERMO, standing_of, steps
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.contacts import best, floor, held_by, reached, whom
from exports.memos.sections.engagements import claim, coming, held
from exports.memos.sections.tiers import is_firm
from exports.paper.document import BOTTOM_LINES
from exports.paper.length import line_count
from exports.paper.statements import PROGRAM, Claim, Statement, Unknown
from exports.wording import capitalized, sentence
from queries.contacts.contact_rows import ContactRow
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.instruments.bonds import BondRow
from queries.report.tiers import TierRow


def fitting(candidates: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements that fit the lines of a bottom line, in their order.

    Facts go before gaps; among each the earlier goes first. The first of all is printed however long it is.
    """
    given = list(candidates)
    chosen: set[int] = set()
    left = BOTTOM_LINES
    for place in sorted(range(len(given)), key=lambda place: (isinstance(given[place], Unknown), place)):
        needed = line_count(given[place])
        if needed <= left or not chosen:
            chosen.add(place)
            left -= needed
    return tuple(given[place] for place in sorted(chosen))


def tier(answer: Answer) -> Claim | Unknown:
    """Return the placement in the newest edition held."""
    rows = supported(answer, TierRow)
    if not rows:
        return nothing_found("No placement is in the data.", lead="Tier:")
    newest = rows[-1]
    published = f", published {long_day(newest.published_on)}" if newest.published_on else ""
    doubt = "" if is_firm(newest) else "; derived, or from a weak source"
    return Claim(
        f"{newest.tier or 'no tier'} in the {newest.year} edition{published}{doubt}.",
        cited(answer, newest),
        lead="Tier:",
    )


def palermo_row(answer: Answer) -> BondRow | None:
    """Return how the government stands to the Palermo Protocol, from an answer on all agreements; None if unsaid."""
    return next((row for row in supported(answer, BondRow) if row.agreement == PALERMO), None)


def palermo(answer: Answer, asked_alone: Answer | None) -> Claim | Unknown:
    """Return how the government stands to the Palermo Protocol, or why that is not known.

    Args:
        answer: On all agreements.
        asked_alone: On the protocol alone, asked where the first says nothing; its clause tells *no* from *unknown*.
    """
    lead = "Palermo Protocol:"
    if row := palermo_row(answer):
        how = f" ({steps(row)})" if steps(row) else ""
        return Claim(sentence(capitalized(standing_of(row) + how)), cited(answer, row), lead=lead)
    if asked_alone is None:
        return nothing_found("The protocol is not in the data.", lead=lead)
    said = claim_of(asked_alone, "unlisted")
    return Unknown(said.text if said else "Not in the data.", PROGRAM, everything(asked_alone), lead=lead)


def engagement(answer: Answer) -> tuple[Claim | Unknown, ...]:
    """Return the next engagement, if one is known, and the last that was held."""
    ahead, past = coming(answer)[:1], held(answer)[:1]
    if not ahead and not past:
        return (nothing_found("None is in the data.", lead="Engagements:"),)
    nexts = (claim(answer, row, lead="Next engagement:") for row in ahead)
    lasts = (claim(answer, row, lead="Last engagement:") for row in past)
    return (*nexts, *lasts)


def _no_contact(answer: Answer) -> Unknown:
    route = next((row for row in supported(answer, ContactRow) if row.route_name), None)
    if route is None:
        return nothing_found("None that may be used is in the data.", lead="Contact:")
    text = f"None that may be used is in the data; the route on our side is {route.route_name}."
    return Unknown(text, PROGRAM, cited(answer, route), lead="Contact:")


def contact(answer: Answer) -> Claim | Unknown:
    """Return the best way to reach the government."""
    row = best(answer)
    if row is None:
        return _no_contact(answer)
    parts = (whom(row), held_by(answer, row), reached(answer, row))
    said = sentence("; ".join(part for part in parts if part))
    return Claim(said, cited(answer, row), lead="Contact:", floor=floor(row))
