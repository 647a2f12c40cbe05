"""What somebody or something is: the facts held, and who and what belongs to it."""

from collections.abc import Collection
from operator import attrgetter

from iga.exports.memos.evidence import row_words, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.printing import claim, form, more, statement
from iga.exports.paper.blocks import Series, Table
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Claim, Unknown
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer, Subject
from iga.queries.core.wording import capitalized, kind_in_words
from iga.queries.whole.profile import ProfileRow

# The title says the first; codes and further names fill a page without telling what it does.
_ELSEWHERE = frozenset({"name", "aliases", "identifiers", "topics", "existence", "former names"})
_NAMES, _BRIEF = 8, 3
_SAYS_LITTLE = frozenset({"acronym", "website"})
_OF_THEMSELVES = frozenset({"summary", "roles"})
_RUN_THERE = "projects that run there"


def facts(answer: Answer, *, heading: str) -> Section:
    """Return the facts of a profile as a table, as stated; names in other languages and codes are left out."""
    rows = [row for row in supported(answer, ProfileRow) if row.fact and row.fact not in _ELSEWHERE]
    return form("facts").section(answer, rows, heading=heading)


def facts_in_brief(answer: Answer) -> Claim | None:
    """Return what somebody is: the first facts of the profile in one sentence."""
    known = [row for row in supported(answer, ProfileRow) if row.fact and row.fact not in _ELSEWHERE]
    rows = [row for row in known if row.fact not in _SAYS_LITTLE][:_BRIEF]
    who, said = answer.subjects[0], {row.fact: row_words(answer, row, "row-stated") for row in rows}
    country = said.pop("country", None)
    stated = [words if fact in _OF_THEMSELVES else f"{fact} {words}" for fact, words in said.items()]
    if not rows:
        return None
    kind = kind_in_words(who.cls)
    return claim(answer, rows, "partner/brief", subject=who.name, kind=kind, country=country, stated=stated)


def belonging(answer: Answer, sections: Collection[str]) -> list[Block]:
    """Return what stands in some sections of a profile, one list each, under the name of the section."""
    rows = [row for row in supported(answer, ProfileRow) if row.section in sections and row.other_name]
    groups = by_key(rows, attrgetter("section"))
    return [_series(answer, name, groups[name]) for name in sections if name in groups]


def work_there(gathering: Gathering, government: Subject) -> Table | Unknown:
    """Ask for the awards and projects that may run there on the day; return them, the latest first."""
    answer = gathering.ask("profile", word=f"Work there, {government.iso3 or government.name}", party=government.id)
    rows = [row for row in supported(answer, ProfileRow) if row.section == _RUN_THERE]
    return form("work-there").table(
        answer,
        rows,
        whole=rows[0].section_count if rows else 0,  # a profile shows the first few of a section and counts all
        of_row=lambda row: {"kind": kind_in_words(row.other_class or "")},
    )


def _series(answer: Answer, name: str, rows: list[ProfileRow]) -> Series:
    items = tuple(statement(answer, row, row_words(answer, row, "row-thing")) for row in rows[:_NAMES])
    left = more(answer, max(rows[0].section_count, len(rows)), len(items))
    return Series(items, lead=f"{capitalized(name)}:", more=left)
