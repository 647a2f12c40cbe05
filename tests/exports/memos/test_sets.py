"""Papers on lists and comparisons: everybody on the list, how far that is confirmed, and nothing that a page lacks."""

from collections.abc import Iterator

import pytest

from iga.exports.memos.write import write_memo
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.document import PaperDocument
from iga.graph.errors import UsageError
from iga.queries.core.session import Session
from iga.queries.sets.listing import ListRow, ask_list
from tests.reading import some

LISTS = (
    {"of": "governments", "filter": "member_of:bali-process,tier@2025:tier-3", "select": "party_to:palermo"},
    {"of": "governments", "filter": "party_to:!c189,region:africa;tier:tier-1", "sort": "-times_on.tier-3"},
    {"of": "governments", "filter": "member_of:african-union,party_to:!c189"},
    {"of": "partners", "filter": "kind:ngo", "select": "country,award_ends"},
)


def rows_of(paper: PaperDocument) -> Iterator[TableRow]:
    whole = [section for section in paper.annex if section.heading == "The whole list"]
    yield from (row for section in whole for block in section.blocks if isinstance(block, Table) for row in block.rows)


@pytest.mark.parametrize("asked", LISTS, ids=lambda asked: asked["filter"])
def test_a_paper_has_everybody_on_the_list_and_says_who_is_not_confirmed(
    bundled: Session, asked: dict[str, str]
) -> None:
    listed = [row for row in ask_list(bundled, asked).rows if isinstance(row, ListRow)]
    paper = write_memo(bundled, "list", asked, is_full=True)
    rows = list(rows_of(paper))
    fits = [(row.name, "yes" if row.fit == "sure" else "not confirmed") for row in some(listed)]
    assert [(row.cells[0], row.cells[-1]) for row in rows] == fits
    is_open = all(row.fit != "sure" for row in listed)
    assert (paper.title.endswith("(not confirmed)"), paper.bottom_line[-1].lead) == (
        is_open,
        "Not confirmed:" * is_open,
    )
    assert all(row.citations for row in rows)


def test_a_paper_refuses_more_than_a_page_holds(bundled: Session) -> None:
    columns = "region,tier,plan,compact,mission,bureau"
    with pytest.raises(UsageError, match="a page holds 5 columns"):
        write_memo(bundled, "list", {"of": "governments", "filter": "tier:tier-3", "select": columns})
    with pytest.raises(UsageError, match="a page holds 5 parties side by side, not 6"):
        write_memo(bundled, "compare", {"party": ["Ghana", "Togo", "Benin", "Mali", "Niger", "Chad"]})
