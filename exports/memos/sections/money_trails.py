"""How money went, hop by hop, to whom names are withheld, and what lists of different days state of one award."""

from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering, ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets, More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, days
from queries.core.answer import Answer
from queries.core.clauses import worded
from queries.core.wording import long_day, money
from queries.funding.award import VersionRow
from queries.funding.funding_row import FundingRow
from queries.funding.hop import HopRow
from queries.funding.undisclosed import UndisclosedRow

# Trails branch: the first hops tell how the money goes.
_HOPS, _WITHHELD, _AWARDS, _VERSIONS = 12, 4, 3, 12
_VERSIONED = ("stated total", "project list version")


def trail(answer: Answer, *, heading: str) -> Section:
    """Return the first hops of a trace in their order; the number tells how far a hop is from the start."""
    rows = supported(answer, HopRow)
    if not rows:
        text = "No money that can be followed is in the data, which does not say that there was none."
        return Section(heading, (nothing_found(text),))
    lines = tuple(TableRow(_cells(row), cited(answer, row)) for row in rows[:_HOPS])
    more = More(len(rows) - _HOPS, ask_again(answer)) if len(rows) > _HOPS else None
    header = ("Hop", "Document", "Amount", "Counted?")
    table = Table("How the money went", header, lines, (36, 17, 25, 22), more)
    return Section(heading, (table,))


def withheld(answer: Answer) -> Section:
    """Return how much went to recipients whose names are withheld, of which whole; each counts as an unknown."""
    heading = "Recipients whose names are withheld"
    rows = supported(answer, UndisclosedRow)
    if not rows:
        text = (
            "No money of which the recipient's name is withheld is in the data; that does not say that there was none."
        )
        return Section(heading, (nothing_found(text),))
    more = More(len(rows) - _WITHHELD, ask_again(answer)) if len(rows) > _WITHHELD else None
    return Section(heading, (Bullets(tuple(_withheld(answer, row) for row in rows[:_WITHHELD]), more),))


def versions(gathering: Gathering, told: Answer) -> Section:
    """Ask for the versions of the awards and projects of which several are held; return them side by side.

    Args:
        gathering: Where the answers are kept.
        told: All amounts of the party.
    """
    several = _several(told)
    blocks: list[Block] = []
    for about, name, cls in several[:_AWARDS]:
        question = "award" if cls == "Award" else "project"
        answer = gathering.ask(question, word=f"Versions, {name}", **{question: about})
        blocks.append(_versions(answer, name))
    if len(several) > _AWARDS:
        text = f"{len(several) - _AWARDS} more awards and projects have several versions: {ask_again(told)}"
        blocks.append(nothing_found(text))
    if not blocks:
        text = "No award or project in the data is stated by more than one list or day."
        blocks.append(nothing_found(text))
    return Section("Versions of the lists, side by side", tuple(blocks))


def _cells(row: HopRow) -> tuple[str, ...]:
    hop = f"{row.hop}. {row.source_name} {row.relation} {row.target_name}"
    why = f": {row.left_out}" if row.left_out else ""
    counts = "yes" if row.counted else f"no{why}" if row.amount else row.note or "nothing to count"
    if not row.amount:
        return hop, row.document or "none", "not in the data" if row.lacks_amount else "none stated for the hop", counts
    when = f", {days(row.first_day, row.last_day)}" if row.dated else ""
    return hop, row.document or "none", f"{money(row.amount, row.currency)} ({row.measure}, {row.layer}){when}", counts


def _withheld(answer: Answer, row: UndisclosedRow) -> Claim:
    share = f", {row.percent} per cent" if row.percent else ""
    text = (
        f"{money(row.amount, row.currency)} of {money(row.whole, row.currency)}{share}"
        f" ({row.measure}, {row.layer}); {row.unknown_count:,} unknown"
    )
    text += f" recipient{'' if row.unknown_count == 1 else 's'}."
    return Claim(text, cited(answer, row), lead=f"{capitalized(row.group_name)}:")


def _several(told: Answer) -> list[tuple[str, str, str]]:
    """Return id, name and class of the awards and projects of which lists of several days state totals."""
    days: dict[tuple[str, str, str], set[str | None]] = {}
    for row in supported(told, FundingRow):
        if row.layer in _VERSIONED and row.about_class in ("Award", "Project"):
            days.setdefault((row.about, row.about_name, row.about_class), set()).add(row.stated_on)
    return [about for about, stated in days.items() if len(stated) > 1]


def _versions(answer: Answer, name: str) -> Table | Unknown:
    rows = supported(answer, VersionRow)
    if not rows:
        return nothing_found("No version of it is in the data.", lead=f"{name}:")
    lines = tuple(TableRow(_version(row, name), cited(answer, row)) for row in rows[:_VERSIONS])
    more = More(len(rows) - _VERSIONS, ask_again(answer)) if len(rows) > _VERSIONS else None
    header = ("Award or project, and day of the list", "Total stated", "End", "Against the list before")
    return Table(f"Versions of {name}: never added", header, lines, (34, 22, 16, 28), more)


_SHOWN = ("stated_total", "total_obligated", "total_outlaid")


def _version(row: VersionRow, name: str) -> tuple[str, ...]:
    day = long_day(row.stated_on) if row.stated_on else "day not stated"
    stated = [each for each in row.amounts if each["field"] in _SHOWN]
    # Amendments only say the same again where something else changed.
    changed = [each for each in row.changed if each["what"] != "amended"] or row.changed
    told = [worded("queries.funding", "award", "change", change, in_paper=True) for change in changed]
    return (
        f"{name}, {day}{' (superseded)' if row.superseded else ''}",
        "; ".join(f"{money(each['amount'], each['currency'])} ({each['measure']})" for each in stated),
        long_day(row.end) if row.end else "",
        "; ".join(told) or "nothing stated otherwise",
    )
