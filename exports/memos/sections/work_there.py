"""Awards and projects that run in a country."""

from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering, ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.statements import Unknown
from exports.wording import capitalized, long_days
from queries.core.answer import Subject
from queries.core.wording import kind_in_words
from queries.whole.profile import ProfileRow

_SECTION = "projects that run there"
# A stop has a handful; the rest is a question of its own.
_CAP = 5


def work_there(gathering: Gathering, government: Subject) -> Table | Unknown:
    """Return the awards and projects that may run there on the day, latest first."""
    answer = gathering.ask("profile", word=f"Work there, {government.iso3 or government.name}", party=government.id)
    rows = [row for row in supported(answer, ProfileRow) if row.section == _SECTION]
    if not rows:
        return nothing_found("No award or project that runs there is in the data.", lead="Work there:")
    lines = tuple(
        TableRow(
            (str(row.other_name), capitalized(kind_in_words(row.other_class or "")), long_days(row.period or "")),
            cited(answer, row),
        )
        for row in rows[:_CAP]
    )
    left = rows[0].section_count - min(len(rows), _CAP)
    more = More(left, ask_again(answer)) if left > 0 else None
    return Table("Awards and projects there", ("Award or project there", "What", "When"), lines, (56, 16, 28), more)
