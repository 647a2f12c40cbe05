"""Who clears a paper: the block of clearances, from the rules on record."""

from collections.abc import Iterator, Sequence

from iga.exports.memos.evidence import cited, row_words, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.printing import words
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.document import Clearer, Section
from iga.graph.errors import NotFound
from iga.graph.grouping import by_key
from iga.queries.contacts.clearers import ClearerRow
from iga.queries.core.answer import Answer, CaveatKind

# That the rules are general knowledge is said already; that their rows are of low confidence says it again.
_PRINTED: tuple[CaveatKind, ...] = ("uncertain",)


def clearers_of(
    gathering: Gathering, parties: Sequence[str], *, topic: str | None = None, purposes: Sequence[str] = ()
) -> tuple[Clearer, ...]:
    """Return the offices that clear a paper on these parties, those that are informed last."""
    about = {"party": tuple(parties), "topic": topic}
    try:
        answer = gathering.ask("clearers", _PRINTED, word="Clearances", purpose=tuple(purposes), **about)
    except NotFound:  # the rules held need not know these purposes
        answer = gathering.ask("clearers", _PRINTED, word="Clearances", **about)
    return tuple(_clearers(answer))


def reasons(clearers: Sequence[Clearer]) -> Iterator[Section]:
    """Give a section that says why each office clears; none where no office does."""
    rows = tuple(TableRow((it.office, it.reason), it.citations, floor=it.floor) for it in clearers)
    if rows:
        yield Section("Clearances, and why", (Table("Offices that clear", ("Office", "Why"), rows, (50, 50)),))


def _clearers(answer: Answer) -> Iterator[Clearer]:
    """Give the offices on record in the order of the answer; those that are not, a line for each kind, last."""
    rows = supported(answer, ClearerRow)
    for row in rows:
        if row.office is not None:
            holder = row_words(answer, row, "row-told") if row.holder_name else ""
            office = words("clearance/office", row, holder=holder)
            yield _clearer(answer, [row], office, does=row.does, short=row.acronym or row.office_name or office)
    lacking = by_key([row for row in rows if row.office is None], lambda row: row.lacking)
    for kind, of in lacking.items():
        whom = [row.lacking_for for row in of if row.lacking_for]
        yield _clearer(answer, of, words("clearance/lacking", lacking=kind, whom=whom), does="clears")


def _clearer(answer: Answer, rows: Sequence[ClearerRow], office: str, *, does: str, short: str = "") -> Clearer:
    grounds = [reason for row in rows for reason in row.grounds]
    why = words("clearance/reasons", grounds=grounds, does=does)
    return Clearer(office, why, cited(answer, *rows), short)
