"""Memberships."""

from collections.abc import Iterable

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Series
from exports.paper.document import Section
from exports.paper.statements import Claim
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.multilateral.members import MembershipRow

# More bodies would push a memo beyond its two pages.
CAP = 12


def memberships(answer: Answer) -> Section:
    """Return the bodies the government belongs to, by name: those certain on the day, then the others."""
    rows = supported(answer, MembershipRow)
    bodies: dict[str, list[MembershipRow]] = {}
    for row in sorted(rows, key=lambda row: row.held != "yes"):
        bodies.setdefault(row.body, []).append(row)
    if not bodies:
        return Section("Memberships", (nothing_found("No membership of this government is in the data."),))
    shown = list(bodies.values())[:CAP]
    known = [terms for terms in shown if terms[0].held == "yes"]
    unsure = [terms for terms in shown if terms[0].held != "yes"]
    more = More(len(bodies) - CAP, ask_again(answer)) if len(bodies) > CAP else None
    blocks = (
        _series(answer, known, "Belongs to:", None if unsure else more),
        _series(answer, unsure, "Listed, but no date tells whether it still holds:", more if unsure else None),
    )
    return Section("Memberships", tuple(block for block in blocks if block.items))


def _series(answer: Answer, bodies: list[list[MembershipRow]], lead: str, more: More | None) -> Series:
    items = (Claim(_body(terms), cited(answer, *terms)) for terms in bodies)
    return Series(tuple(items), lead=lead, more=more)


def _body(terms: list[MembershipRow]) -> str:
    told = "; ".join(dict.fromkeys(word for word in map(_term, terms) if word))
    return f"{terms[0].body_name} ({told})" if told else terms[0].body_name


def _term(row: MembershipRow) -> str:
    category = "" if row.category == "member" else row.category
    return ", ".join(_filled((row.office, category, _stretch(row), row.status if row.status != "active" else "")))


def _stretch(row: MembershipRow) -> str:
    if row.start and row.end:
        return f"{long_day(row.start)} to {long_day(row.end)}"
    if row.start:
        return f"since {long_day(row.start)}" if row.held == "yes" else f"from {long_day(row.start)}"
    return f"until {long_day(row.end)}" if row.end else ""


def _filled(words: Iterable[str | None]) -> list[str]:
    return [word for word in words if word]
