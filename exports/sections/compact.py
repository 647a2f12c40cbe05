"""The Child Protection Compact: every fact held, disagreements side by side."""

import re
from collections.abc import Iterable, Iterator

from exports.document import Claim, More, Section, Table, TableRow, Unknown
from exports.evidence import cited, supported
from exports.sections.blocks import nothing_found
from exports.wording import long_days
from queries.answer import Answer
from queries.compact import CompactRow

HEADING = "Child Protection Compact"
# More facts would push a memo beyond its two pages.
_CAP = 16

_LABELS = {
    "signed_on": "Signed",
    "period": "Period",
    "duration": "Length",
    "is_binding": "Binding in law",
    "signatories": "Signed by",
    "party": "Parties",
    "implementer": "Carried out by",
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
_AMOUNT = re.compile(r"(-?\d+)((?:\.\d+)?) ([A-Z]{3}) \(([^,)]*)(?:, [^)]*)?\)")


def compact(answer: Answer, *, command: str) -> Section:
    """Return the facts of the compact, then who and what belongs to it; amounts are never added."""
    lines = [line for row in _by_compact(supported(answer, CompactRow)) for line in _lines(answer, row)]
    if not lines:
        return Section(HEADING, (nothing_found("No Child Protection Compact with this government is held."),))
    table = Table(
        caption="Facts as stated; amounts overlap and are never added",
        header=("Fact", "As stated"),
        rows=tuple(lines[:_CAP]),
        widths=(22, 78),
        more=More(len(lines) - _CAP, command) if len(lines) > _CAP else None,
    )
    return Section(HEADING, (table,))


def compact_in_short(answer: Answer) -> Claim | Unknown:
    """Return when the compact was signed and for how long, by the values the graph goes by."""
    rows = [row for row in supported(answer, CompactRow) if row.about == row.compact and row.preferred]
    told = {row.fact: row for row in rows if row.fact in ("signed_on", "period")}
    if not told:
        return nothing_found("None is held.", lead="Compact:")
    doubt = " (sources differ)" if any(row.disputed for row in told.values()) else ""
    parts = (
        f"{_LABELS[fact].lower()} {long_days(told[fact].value)}"
        for fact in ("signed_on", "period")
        if fact in told
    )
    text = "; ".join(parts)
    return Claim(f"{text[0].upper()}{text[1:]}{doubt}.", cited(answer, *told.values()), lead="Compact:")


def _by_compact(rows: Iterable[CompactRow]) -> Iterator[list[CompactRow]]:
    groups: dict[str, list[CompactRow]] = {}
    for row in rows:
        groups.setdefault(row.compact, []).append(row)
    yield from groups.values()


def _lines(answer: Answer, rows: list[CompactRow]) -> Iterator[TableRow]:
    own = [row for row in rows if row.about == row.compact and row.fact not in _CODES]
    for row in sorted(
        own, key=lambda row: list(_LABELS).index(row.fact) if row.fact in _LABELS else len(_LABELS)
    ):
        yield TableRow((_label(row.fact, is_disputed=row.disputed), _value(row.value)), cited(answer, row))
    for role in ("party", "implementer"):
        if members := [row for row in rows if row.fact == role]:
            yield TableRow(
                (_label(role), "; ".join(_member(row) for row in members)), cited(answer, *members)
            )
    belonging: dict[str, list[CompactRow]] = {}
    for row in rows:
        if row.about != row.compact and row.fact not in ("party", "implementer"):
            belonging.setdefault(row.about, []).append(row)
    for facts in belonging.values():
        yield TableRow((_label(facts[0].about_class), _thing(facts)), cited(answer, *facts))


def _member(row: CompactRow) -> str:
    return (
        row.about_name
        if row.fact == "party" or row.value == row.fact
        else f"{row.about_name} ({_value(row.value)})"
    )


def _thing(facts: list[CompactRow]) -> str:
    """Return a thing by its name and its printed facts; what its name says already is not said again."""
    name = facts[0].about_name
    details = [_value(row.value) for row in facts if row.fact in _DETAILS.get(row.about_class, ())]
    new = [
        detail
        for detail in dict.fromkeys(details)
        if detail not in name and detail.split(" (")[0] not in name
    ]
    differ = " (sources differ)" if any(row.disputed for row in facts) else ""
    return f"{name}: {'; '.join(new)}{differ}" if new else f"{name}{differ}"


def _label(name: str, *, is_disputed: bool = False) -> str:
    label = _LABELS.get(name) or name.replace("_", " ").capitalize()
    return f"{label} (sources differ)" if is_disputed else label


def _value(text: str) -> str:
    """Return a value with days in full and the currency in front: ``USD 5,000,000 (ceiling)``."""
    return long_days(_AMOUNT.sub(lambda found: f"{found[3]} {int(found[1]):,}{found[2]} ({found[4]})", text))
