"""The Child Protection Compact: every fact held, disagreements side by side."""

from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter

from iga.exports.memos.evidence import cited, supported
from iga.exports.memos.printing import lacking, more, words
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.document import Section
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer
from iga.queries.core.wording import capitalized
from iga.queries.instruments.compact import CompactRow

_LABELS = {
    "signed_on": "Signed",
    "period": "Period",
    "duration": "Length",
    "is_binding": "Binding in law",
    "signatories": "Signed by",
    "party": "Parties",
    "implementer": "Carried out by",
    "involved": "Also involved",
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

_TAKE_PART = ("party", "implementer")
_CODES = frozenset({"topics"})


def compact(answer: Answer, *, elsewhere: Collection[str], most: int) -> Section:
    """Return the facts of the compact, then who and what belongs to it; amounts are never added.

    Args:
        answer: All facts.
        elsewhere: Ids of what another section of the paper tells already.
        most: Facts that are printed.
    """
    heading = "Child Protection Compact"
    rows = [row for row in supported(answer, CompactRow) if row.about not in elsewhere]
    lines = [line for facts in by_key(rows, attrgetter("compact")).values() for line in _lines(answer, facts)]
    if not lines:
        return Section(heading, (lacking("Child Protection Compact with this government"),))
    header = ("Fact", "As stated (amounts overlap and are not added)")
    left = more(answer, lines, most)
    return Section(heading, (Table("Facts of the compact as stated", header, tuple(lines[:most]), (26, 74), left),))


def _lines(answer: Answer, rows: list[CompactRow]) -> Iterator[TableRow]:
    own = [row for row in rows if row.about == row.compact and row.fact not in _CODES]
    for row in sorted(own, key=lambda row: list(_LABELS).index(row.fact) if row.fact in _LABELS else len(_LABELS)):
        doubt = " (sources differ)" if row.disputed else ""
        yield TableRow((_label(row.fact) + doubt, _value(row)), cited(answer, row))
    for part, roles in _by_part(rows).items():
        text = words("compact/taking-part", roles=roles)
        yield TableRow((_label(part), text), cited(answer, *(row for of in roles.values() for row in of)))
    belonging = [row for row in rows if row.about != row.compact and row.fact not in _TAKE_PART]
    for facts in by_key(belonging, attrgetter("about")).values():
        cls = facts[0].about_class
        text = words("compact/thing", rows=facts, printed=_DETAILS.get(cls, ()))
        yield TableRow((_label(cls), text), cited(answer, *facts))


def _by_part(rows: Iterable[CompactRow]) -> dict[str, dict[str, list[CompactRow]]]:
    """Group who takes part: the parties, who carries it out, and others; in each by role, blank for the plain one."""
    parts: dict[str, dict[str, list[CompactRow]]] = {"party": {}, "implementer": {}, "involved": {}}
    for row in rows:
        if row.fact in _TAKE_PART:
            is_other = row.fact == "implementer" and row.role != "implementer"
            role = "" if row.fact == "party" or (row.role == row.fact and not row.start) else _value(row)
            parts["involved" if is_other else row.fact].setdefault(role, []).append(row)
    return {part: dict(sorted(roles.items())) for part, roles in parts.items() if roles}


def _value(row: CompactRow) -> str:
    return words("compact/value", row)


def _label(name: str) -> str:
    return _LABELS.get(name) or capitalized(name.replace("_", " "))
