"""What somebody or something is: the facts held, and who and what belongs to it."""

from collections.abc import Collection, Sequence

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Series, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, long_days
from queries.core.answer import Answer
from queries.whole.profile import ProfileRow

# The title says the first; codes and further names fill a page without telling what it does.
_TOLD = frozenset({"name", "aliases", "identifiers", "topics", "existence", "former names"})
_CAP, _NAMES = 9, 8


def facts(answer: Answer, *, heading: str) -> Section:
    """Return the facts of a profile as a table, as stated."""
    return Section(heading, (facts_table(answer),))


def facts_table(answer: Answer) -> Table | Unknown:
    """Return the facts of a profile as a table; names in other languages and codes are left out."""
    rows = [row for row in supported(answer, ProfileRow) if row.fact and row.fact not in _TOLD]
    if not rows:
        return nothing_found("Nothing but the name is in the data.")
    lines = tuple(TableRow(_cells(row), cited(answer, row)) for row in rows[:_CAP])
    more = More(len(rows) - _CAP, ask_again(answer)) if len(rows) > _CAP else None
    return Table("Facts as stated", ("Fact", "As stated"), lines, (26, 74), more)


def belonging(answer: Answer, sections: Collection[str], *, most: int = _NAMES) -> list[Block]:
    """Return what stands in some sections of a profile, one list each, under the name of the section."""
    rows = [row for row in supported(answer, ProfileRow) if row.section in sections and row.other_name]
    groups: dict[str, list[ProfileRow]] = {}
    for row in rows:
        groups.setdefault(row.section, []).append(row)
    return [_series(answer, name, groups[name], most=most) for name in sections if name in groups]


def _series(answer: Answer, name: str, rows: Sequence[ProfileRow], *, most: int) -> Series:
    # A profile shows the first few of a section and counts all.
    left = max(rows[0].section_count, len(rows)) - min(len(rows), most)
    items = tuple(Claim(_thing(row), cited(answer, row)) for row in rows[:most])
    more = More(left, f"{ask_again(answer)}") if left > 0 else None
    return Series(items, lead=f"{capitalized(name)}:", more=more)


def _thing(row: ProfileRow) -> str:
    told = "; ".join(long_days(part) for part in (row.what, row.period or "") if part)
    return f"{row.other_name} ({told})" if told else str(row.other_name)


def _cells(row: ProfileRow) -> tuple[str, ...]:
    return capitalized(row.fact or ""), long_days(row.value or "")
