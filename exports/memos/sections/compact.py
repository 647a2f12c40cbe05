"""The Child Protection Compact: every fact held, disagreements side by side."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, days
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.instruments.compact import CompactRow

HEADING = "Child Protection Compact"
# More facts would push a memo beyond its two pages.
_CAP = 20

_LABELS = {
    "signed_on": "Signed",
    "period": "Period",
    "duration": "Length",
    "is_binding": "Binding in law",
    "signatories": "Signed by",
    "party": "Parties",
    "implementer": "Carried out by",
    "involved": "Also involved",
    "Contribution": "Contribution",
    "Award": "Award",
    "Indicator": "Target",
    "Engagement": "Event",
    "PublicBody": "Partner office",
}
"""What a fact, or the class of what belongs to the compact, is called; others go by their own name."""

_DETAILS = {
    "Award": ("stated_total",),
    "Indicator": ("target",),
    "Engagement": ("period", "place"),
    "Contribution": ("money",),
}
"""Which facts are printed of what belongs to a compact; its name says the rest."""

_CODES = frozenset({"topics"})


def compact(answer: Answer, *, elsewhere: Collection[str] = (), most: int = _CAP) -> Section:
    """Return the facts of the compact, then who and what belongs to it; amounts are never added.

    Args:
        answer: All facts.
        elsewhere: Ids of what another section of the paper tells already.
        most: Facts that are printed.
    """
    rows = [row for row in supported(answer, CompactRow) if row.about not in elsewhere]
    lines = [line for facts in _by_compact(rows) for line in _lines(answer, facts)]
    if not lines:
        return Section(HEADING, (nothing_found("No Child Protection Compact with this government is in the data."),))
    table = Table(
        title="Facts of the compact as stated",
        header=("Fact", "As stated (amounts overlap and are never added)"),
        rows=tuple(lines[:most]),
        widths=(26, 74),
        more=More(len(lines) - most, ask_again(answer)) if len(lines) > most else None,
    )
    return Section(HEADING, (table,))


def compact_in_short(answer: Answer) -> Claim | Unknown:
    """Return when the compact was signed and for how long, by the values the graph goes by."""
    rows = [row for row in supported(answer, CompactRow) if row.about == row.compact and row.preferred]
    compacts = [{row.fact: row for row in group if row.fact in ("signed_on", "period")} for group in _by_compact(rows)]
    # Of several with one government, what is said is of the one signed last.
    told = max(compacts, key=lambda facts: facts["signed_on"].value if "signed_on" in facts else "", default={})
    if not told:
        return nothing_found("None is in the data.", lead="Compact:")
    beside = f"; the latest of {len(compacts)} in the data" if len(compacts) > 1 else ""
    doubt = " (sources differ)" if any(row.disputed for row in told.values()) else ""
    parts = (f"{_LABELS[fact].lower()} {value_of(told[fact])}" for fact in ("signed_on", "period") if fact in told)
    return Claim(f"{capitalized('; '.join(parts))}{doubt}{beside}.", cited(answer, *told.values()), lead="Compact:")


def _by_compact(rows: Iterable[CompactRow]) -> Iterator[list[CompactRow]]:
    groups: dict[str, list[CompactRow]] = {}
    for row in rows:
        groups.setdefault(row.compact, []).append(row)
    yield from groups.values()


def _lines(answer: Answer, rows: list[CompactRow]) -> Iterator[TableRow]:
    own = [row for row in rows if row.about == row.compact and row.fact not in _CODES]
    for row in sorted(own, key=lambda row: list(_LABELS).index(row.fact) if row.fact in _LABELS else len(_LABELS)):
        yield TableRow((_label(row.fact, is_disputed=row.disputed), value_of(row)), cited(answer, row))
    for label, roles in _by_part(rows).items():
        told = (f"{role}: {_names(members)}" if role else _names(members) for role, members in roles.items())
        taking_part = [row for members in roles.values() for row in members]
        yield TableRow((_label(label), capitalized("; ".join(told))), cited(answer, *taking_part))
    belonging: dict[str, list[CompactRow]] = {}
    for row in rows:
        if row.about != row.compact and row.fact not in ("party", "implementer"):
            belonging.setdefault(row.about, []).append(row)
    for facts in belonging.values():
        yield TableRow((_label(facts[0].about_class), _thing(facts)), cited(answer, *facts))


def _by_part(rows: Iterable[CompactRow]) -> dict[str, dict[str, list[CompactRow]]]:
    """Group who takes part: the parties, who carries it out, and others; in each by role, blank for the plain one."""
    parts: dict[str, dict[str, list[CompactRow]]] = {"party": {}, "implementer": {}, "involved": {}}
    for row in rows:
        if row.fact in ("party", "implementer"):
            is_other = row.fact == "implementer" and row.role != "implementer"
            role = "" if row.fact == "party" or (row.role == row.fact and not row.start) else value_of(row)
            parts["involved" if is_other else row.fact].setdefault(role, []).append(row)
    return {part: dict(sorted(roles.items())) for part, roles in parts.items() if roles}


def _names(rows: Iterable[CompactRow]) -> str:
    return "; ".join(dict.fromkeys(row.about_name for row in rows))


def _thing(facts: list[CompactRow]) -> str:
    """Return a thing by its name and its printed facts; what its name says already is not said again."""
    name = facts[0].about_name
    details = [row for row in facts if row.fact in _DETAILS.get(row.about_class, ())]
    is_in_name = {value_of(row): (amount_of(row) or value_of(row)) in name for row in details}
    new = [text for text, is_in in is_in_name.items() if not is_in]
    differ = " (sources differ)" if any(row.disputed for row in facts) else ""
    return f"{name}: {'; '.join(new)}{differ}" if new else f"{name}{differ}"


def _label(name: str, *, is_disputed: bool = False) -> str:
    label = _LABELS.get(name) or capitalized(name.replace("_", " "))
    return f"{label} (sources differ)" if is_disputed else label


def value_of(row: CompactRow) -> str:
    """Return a value with days in full and the currency in front: ``USD 5,000,000 (ceiling)``."""
    if row.amount:
        return f"{amount_of(row)} ({row.measure})"
    if row.start or row.end:
        return ", ".join(filter(None, (row.role, in_full(row.start, row.end))))
    return row.value


def in_full(start: str | None, end: str | None) -> str:
    """Return a day or a stretch of time with its days written out; blank if neither end is known."""
    if start and end:
        return days(start, end)
    return f"from {long_day(start)}" if start else f"until {long_day(end)}" if end else ""


def amount_of(row: CompactRow) -> str:
    """Return an amount with its currency in front; blank if the value is none."""
    return f"{row.currency} {Decimal(row.amount):,}" if row.amount else ""
