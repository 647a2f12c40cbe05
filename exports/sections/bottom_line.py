"""Bottom line up front: facts only, chosen by fixed rules, none composed."""

from exports.document import Claim, Unknown
from exports.evidence import cited, supported
from exports.sections.agreements import PALERMO, standing_of, steps
from exports.sections.blocks import nothing_found
from exports.sections.contacts import best, channel, held_by, whom
from exports.sections.engagements import coming, held, told
from exports.sections.tiers import is_firm
from exports.wording import capitalized, long_day, sentence
from queries.answer import Answer
from queries.bonds import BondRow
from queries.tiers import TierRow


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


def palermo(answer: Answer) -> Claim | Unknown:
    """Return how the government stands to the Palermo Protocol."""
    row = next((row for row in supported(answer, BondRow) if row.agreement == PALERMO), None)
    if row is None:
        return nothing_found("Not among the parties in the data; see what is not known.", lead="Palermo Protocol:")
    how = f" ({steps(row)})" if steps(row) else ""
    return Claim(
        sentence(capitalized(standing_of(row) + how)),
        cited(answer, row),
        lead="Palermo Protocol:",
    )


def engagement(answer: Answer) -> tuple[Claim | Unknown, ...]:
    """Return the next engagement, if one is known, and the last that was held."""
    ahead, past = coming(answer)[:1], held(answer)[:1]
    if not ahead and not past:
        return (nothing_found("None is in the data.", lead="Engagements:"),)
    nexts = (Claim(told(row), cited(answer, row), lead="Next engagement:") for row in ahead)
    lasts = (Claim(told(row), cited(answer, row), lead="Last engagement:") for row in past)
    return (*nexts, *lasts)


def contact(answer: Answer) -> Claim | Unknown:
    """Return the best way to reach the government."""
    row = best(answer)
    if row is None:
        return nothing_found("No usable contact is held.", lead="Contact:")
    parts = (whom(row), held_by(row), channel(row), row.freshness or "")
    return Claim(sentence("; ".join(part for part in parts if part)), cited(answer, row), lead="Contact:")
