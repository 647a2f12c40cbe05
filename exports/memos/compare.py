"""The paper on parties side by side: what differs, what is alike, and what is not known of one of them."""

from collections.abc import Iterator

from pydantic import Field

from iga.exports.memos.brief import Part, doubts, for_the_drafter
from iga.exports.memos.evidence import cited, claim_of, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import days_written_out
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.document import Section
from iga.graph.errors import UsageError
from iga.queries.core.answer import Answer
from iga.queries.core.columns import option
from iga.queries.core.question import Params
from iga.queries.core.wording import capitalized, listed
from iga.queries.sets.comparing import CompareRow, ask_compare, field_of_party

_DOUBTS, _MOST = 6, 5
_HEADINGS = {"no": "What differs", "yes": "What is alike", "unknown": "Not known of one of them"}


class ComparePaperParams(Params):
    """What the paper on parties side by side is asked with."""

    party: tuple[str, ...] = Field(
        description="The parties, two to five of one sort; or a saved list.", examples=[["Peru", "Colombia"]]
    )
    select: str | None = option("Columns to compare; the usual ones if left out.", "tier,party_to:palermo")


def compare_paper(gathering: Gathering, params: ComparePaperParams) -> Written:
    """Write the paper on parties side by side.

    Raises:
        UsageError: There are fewer than two, or more than a page holds.
    """
    if len(params.party) > _MOST:
        raise UsageError(f"a page holds {_MOST} parties side by side, not {len(params.party)}: name fewer")
    asked = {"party": params.party, "select": params.select or "", "as_of": gathering.day}
    compared = gathering.keep(ask_compare(gathering.session, asked), word="Compared")
    names = listed([one.name for one in compared.subjects])
    return Written(
        title=f"{names} side by side",
        subject=f"Comparison: {names}",
        bottom_line=(claim_of(compared, "headline"),),
        parts=(
            for_the_drafter({"Objective": "what the comparison is for"}),
            *(Part(section) for section in _tables(compared)),
            doubts(compared, most=_DOUBTS),
        ),
        annex=lambda: _tables(compared),
        again={"party": tuple(one.iso3 or one.id for one in compared.subjects)},
        clearers=clearers_of(gathering, [one.id for one in compared.subjects]),
    )


def _tables(compared: Answer) -> Iterator[Section]:
    """Give a table of the columns that differ, one of those that are alike, and one of those that are not known."""
    fields = {field_of_party(one): one.name for one in compared.subjects}
    for alike, heading in _HEADINGS.items():
        lines = tuple(
            TableRow(
                (capitalized(row.column), *(days_written_out(getattr(row, field) or "") for field in fields)),
                cited(compared, row),
            )
            for row in supported(compared, CompareRow)
            if row.alike == alike
        )
        if lines:
            widths = (28, *(72 // len(fields) for _ in fields))
            yield Section(heading, (Table(heading, ("", *fields.values()), lines, widths),))


COMPARE = MemoKind(
    name="compare",
    title="Parties side by side: what differs, what is alike, and what is not known of one of them.",
    params=ComparePaperParams,
    function=compare_paper,
    example={"party": ("Peru", "Colombia"), "select": "tier@2020,tier@2025,compact"},
)
