"""Open promises both ways: what we owe them, then what they owe us, overdue ones first."""

from collections.abc import Iterable

from iga.exports.memos.evidence import supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.printing import claim, form, lacking, more
from iga.exports.paper.document import Block, Section
from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound
from iga.queries.core.answer import Answer
from iga.queries.core.promises import UNSETTLED
from iga.queries.multilateral.commitments import CommitmentRow

_SETTLED = {"fulfilled": "kept", "dropped": "dropped"}


def ask_promises(gathering: Gathering, party: str, *, word: str = "Promises") -> Answer:
    """Ask for the promises between a party and us; none where the ledger does not even hold our government."""
    try:
        return gathering.ask("commitments", word=word, party=party, other=gathering.session.home.government)
    except NotFound:
        return gathering.ask("commitments", word=word, party=party).model_copy(update={"rows": ()})


def promises(
    answer: Answer, *, party: str, most: int = 0, heading: str = "Open promises, both ways", level: int = 1
) -> Section:
    """Return the promises that are not known to be settled, ours first, and how many were kept or dropped."""
    rows, unsettled = supported(answer, CommitmentRow), open_of(answer)
    if not rows:
        return Section(heading, (lacking("promise between us", "; some may have been made"),), level)
    table, ours = form("promises"), str(answer.parameters.get("other"))
    shown = sorted(unsettled[: most or table.most], key=lambda row: not is_ours(row))
    lines = [table.line(answer, row, is_ours=is_ours(row), ours=ours, theirs=party) for row in shown]
    blocks: list[Block] = [table.of_lines(lines, more(answer, unsettled, len(shown)))]
    if settled := [row for row in rows if row.stands not in UNSETTLED]:
        counts = _counts(settled, _SETTLED)
        blocks.append(claim(answer, settled, "promises/sides", lead="Settled:", floor=Marking.INTERNAL, counts=counts))
    return Section(heading, tuple(blocks), level)


def open_of(answer: Answer) -> list[CommitmentRow]:
    """Return the promises that are open, overdue, or of which nothing more is known."""
    return [row for row in supported(answer, CommitmentRow) if row.stands in UNSETTLED]


def is_ours(row: CommitmentRow) -> bool:
    """True if our side made a promise."""
    return row.direction == "owed to it"


def _counts(rows: Iterable[CommitmentRow], names: dict[str, str]) -> list[tuple[str, int, int]]:
    """Return how many promises of ours and of theirs stand in each way, by its name."""
    stand = [(str(row.stands), is_ours(row)) for row in rows]
    return [(name, stand.count((stands, True)), stand.count((stands, False))) for stands, name in names.items()]
