"""The paper on a list: who fulfils all conditions, who does as far as is on file, and what leaves that open."""

from collections.abc import Iterator, Mapping
from typing import Any

from iga.exports.memos.brief import doubts, for_the_drafter, table
from iga.exports.memos.evidence import cited, claim_of, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import days_written_out, more
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.document import Section
from iga.graph.errors import UsageError
from iga.graph.ledger.watches import set_named
from iga.queries.core.answer import Answer
from iga.queries.core.clauses import worded
from iga.queries.core.columns import needed, option
from iga.queries.core.printed_names import short_names
from iga.queries.core.question import Params
from iga.queries.core.wording import capitalized
from iga.queries.registry import LISTS
from iga.queries.sets.filter_text import SIGN, is_saved_name
from iga.queries.sets.known_columns import candidates_named
from iga.queries.sets.listing import GroupRow, ListRow, ask_list
from iga.queries.sets.told import field_of, heading_of
from iga.queries.sets.understanding import FilterReading

_ROWS, _GROUPS, _DOUBTS, _COLUMNS = 24, 8, 6, 5
# Of more parties the offices that clear would fill the page.
_CLEARED = 10


class ListPaperParams(Params):
    """What the paper on a list is asked with."""

    of: str = needed("What is listed: governments, partners, or a saved list.", "governments")
    filter: str | None = option("Conditions, as of iga list.", "member_of:bali-process,tier@2025:tier-3")
    select: str | None = option("Columns to show, at most five, parted by commas.", "tier,party_to:palermo")
    sort: str | None = option("Column to sort by, with - before it for the greatest first.", "-times_on.tier-3")
    group_by: str | None = option("Count them by this column, too.", "region")


def list_paper(gathering: Gathering, params: ListPaperParams) -> Written:
    """Write the paper on a list; of a saved one by the conditions that it has now.

    Raises:
        UsageError: More columns are asked for than a page holds.
    """
    asked = _conditions(gathering, params)
    headings = _headings(gathering, asked)
    listed = _listed(gathering, "List", asked)
    title = _title(gathering, listed) or capitalized(asked["of"])
    whole, who = _table(listed, headings), supported(listed, ListRow)
    counts = _listed(gathering, "Counts", {**asked, "group_by": params.group_by}) if params.group_by else None
    return Written(
        title=title,
        subject=f"List: {title}",
        bottom_line=(
            claim_of(listed, "first"),
            claim_of(listed, "headline", lead="" if any(row.fit == "sure" for row in who) else "Not confirmed:"),
            claim_of(listed, "doubtful"),
        ),
        parts=(
            for_the_drafter({"Objective": "what the list is for"}),
            *([table("Who they are", "anybody who fits", whole, most=_ROWS)] if whole.rows else ()),
            *(table(f"By {params.group_by}", "counts", _counted(it), most=_GROUPS) for it in filter(None, [counts])),
            doubts(listed, most=_DOUBTS),
        ),
        annex=lambda: _annex(whole),
        again=asked,
        clearers=clearers_of(gathering, [row.id for row in who]) if 0 < len(who) <= _CLEARED else (),
    )


def _title(gathering: Gathering, listed: Answer) -> str:
    """Return what is listed, by short names: ``Bali Process members that are on Tier 3 (2025)``; blank in groups."""
    names = gathering.session.once(short_names)
    headlines = (clause.values for clause in listed.clauses if clause.id == "headline")
    return next(
        (worded(LISTS["list"].package, "list", "title", it, names=names, in_paper=True) for it in headlines), ""
    )


def _conditions(gathering: Gathering, params: ListPaperParams) -> dict[str, str]:
    """Return what the list is asked with: of a saved one the conditions that it has now."""
    given: dict[str, Any] = params.model_dump(exclude={"as_of", "group_by"}, exclude_none=True)
    if is_saved_name(params.of):
        if params.filter:
            raise UsageError(f"filter {params.filter!r}: on a saved list write member_of:{params.of} among conditions")
        given |= set_named(gathering.session.ledger, params.of.removeprefix(SIGN)).parameters
    return {name: str(value) for name, value in given.items() if value}


def _listed(gathering: Gathering, word: str, asked: Mapping[str, str]) -> Answer:
    return gathering.keep(ask_list(gathering.session, {**asked, "as_of": gathering.day}), word=word)


def _headings(gathering: Gathering, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what heads each column asked for, by its field."""
    reading = FilterReading(gathering.session, candidates_named(asked["of"]), gathering.day)
    texts = (asked.get("sort", "").removeprefix("-"), asked.get("select", ""))
    headings = {field_of(it): capitalized(heading_of(it)) for text in texts for it in reading.shown(text)}
    if len(headings) > _COLUMNS:
        raise UsageError(f"a page holds {_COLUMNS} columns: leave some of these out: {', '.join(headings.values())}")
    return headings


def _table(listed: Answer, headings: Mapping[str, str]) -> Table:
    rows = supported(listed, ListRow)
    lines = tuple(
        TableRow(
            (row.name, *(days_written_out(row.cells[field].text) for field in headings), _FITS[row.fit]),
            cited(listed, row),
        )
        for row in rows
    )
    widths = (28, *(54 // max(len(headings), 1) for _ in headings), 18)
    return Table("Who fits", ("Name", *headings.values(), "Confirmed"), lines, widths, more(listed, rows, len(rows)))


_FITS = {"sure": "yes", "possible": "not confirmed"}


def _counted(counts: Answer) -> Table:
    lines = (
        TableRow((row.group, f"{row.sure:,}", f"{row.possible:,}"), cited(counts, row))
        for row in supported(counts, GroupRow)
    )
    return Table("How many of each", ("Value", "Confirmed", "Not confirmed"), tuple(lines), (60, 20, 20))


def _annex(whole: Table) -> Iterator[Section]:
    if whole.rows:
        yield Section("The whole list", (whole,))


LIST = MemoKind(
    name="list",
    title="A list by any conditions: who fulfils them, who does as far as is on file, and what leaves that open.",
    params=ListPaperParams,
    function=list_paper,
    example={
        "of": "governments",
        "filter": "member_of:bali-process,tier@2025:tier-3",
        "select": "tier,party_to:palermo",
    },
    named="of",
)
