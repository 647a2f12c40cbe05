"""Who clears a paper: the block of clearances, from the rules on record."""

from collections.abc import Iterator, Sequence

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import Gathering
from exports.memos.printing import words
from exports.paper.document import Clearer
from graph.domain.marking import Marking
from graph.errors import NotFound
from graph.grouping import by_key
from queries.contacts.clearers import ClearerRow
from queries.core.answer import Answer, CaveatKind

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


def _clearers(answer: Answer) -> Iterator[Clearer]:
    """Give the offices on record in the order of the answer; those that are not, a line for each kind, last."""
    rows = supported(answer, ClearerRow)
    for row in rows:
        if row.office is not None:
            holder = row_words(answer, row, "row-told") if row.holder_name else ""
            yield _clearer(answer, [row], words("clearance/office", row, holder=holder), does=row.does)
    lacking = by_key([row for row in rows if row.office is None], lambda row: row.lacking)
    for kind, of in lacking.items():
        whom = [row.lacking_for for row in of if row.lacking_for]
        yield _clearer(answer, of, words("clearance/lacking", lacking=kind, whom=whom), does="clears")


def _clearer(answer: Answer, rows: Sequence[ClearerRow], office: str, *, does: str) -> Clearer:
    grounds = [reason for row in rows for reason in row.grounds]
    reasons = words("clearance/reasons", grounds=grounds, does=does)
    return Clearer(office, reasons, cited(answer, *rows), floor=Marking.INTERNAL)
