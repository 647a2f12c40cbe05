"""Open promises both ways: what we owe them, then what they owe us, overdue ones first."""

from collections.abc import Iterable, Iterator

from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering, ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, sentence
from graph.domain.marking import Marking
from graph.errors import NotFound
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.multilateral.commitments import CommitmentRow

HEADING = "Open promises, both ways"
# More would push a paper beyond its pages; overdue ones come first.
_CAP = 8
_OPEN = ("overdue", "open", "not known")


def ask_promises(gathering: Gathering, party: str, *, word: str = "Promises") -> Answer:
    """Ask for the promises between a party and us; none where the ledger does not even hold our government."""
    try:
        return gathering.ask("commitments", word=word, party=party, other=gathering.session.home.government)
    except NotFound:
        return gathering.ask("commitments", word=word, party=party).model_copy(update={"rows": ()})


def promises(answer: Answer, *, party: str, most: int = _CAP, heading: str = HEADING, level: int = 1) -> Section:
    """Return the promises that are not known to be settled, ours first, and how many were kept or dropped.

    Args:
        answer: Promises between the party and us.
        party: Id of the party.
        most: Rows that are printed.
        heading: Heading of the section.
        level: Its level.
    """
    rows = supported(answer, CommitmentRow)
    unsettled = open_of(answer)
    if not rows:
        text = "No promise between us is in the data, which does not say that none was made."
        return Section(heading, (nothing_found(text),), level)
    blocks: list[Block] = []
    if unsettled:
        shown, ours = _ours_first(unsettled[:most]), str(answer.parameters.get("other"))
        lines = tuple(
            TableRow(_cells(row, ours=ours, theirs=party), cited(answer, row), floor=Marking.INTERNAL) for row in shown
        )
        more = More(len(unsettled) - most, ask_again(answer)) if len(unsettled) > most else None
        header = ("Who owes it", "Promise, in the words as said", "Due, and how it stands")
        blocks.append(Table("Promises not settled", header, lines, (23, 52, 25), more))
    else:
        blocks.append(nothing_found("None of those in the data is open."))
    blocks.extend(_settled(answer, rows))
    return Section(heading, tuple(blocks), level)


def open_of(answer: Answer) -> list[CommitmentRow]:
    """Return the promises that are open, overdue, or of which nothing more is known."""
    return [row for row in supported(answer, CommitmentRow) if row.stands in _OPEN]


def promises_in_short(answer: Answer) -> Claim | Unknown:
    """Return how many promises are overdue and open, on which side, and which is due next."""
    unsettled = open_of(answer)
    if not unsettled:
        return nothing_found("No open promise between us is in the data.", lead="Promises:")
    late = [row for row in unsettled if row.stands == "overdue"]
    ahead = [row for row in unsettled if row.stands == "open"]
    unsure = [row for row in unsettled if row.stands == "not known"]
    told = ((late, "overdue"), (ahead, "open"), (unsure, "standing not known"))
    text = "; ".join(f"{word}: {_sides(rows)}" for rows, word in told if rows)
    return Claim(f"{capitalized(text)}.", cited(answer, *unsettled), lead="Promises:", floor=Marking.INTERNAL)


def is_ours(row: CommitmentRow) -> bool:
    """Say whether our side made a promise."""
    return row.direction == "owed to it"


def _sides(rows: list[CommitmentRow]) -> str:
    ours = sum(map(is_ours, rows))
    sides = [f"{ours} of ours" if ours else "", f"{len(rows) - ours} of theirs" if len(rows) > ours else ""]
    return ", ".join(side for side in sides if side)


def _ours_first(rows: Iterable[CommitmentRow]) -> list[CommitmentRow]:
    return sorted(rows, key=lambda row: not is_ours(row))


def _cells(row: CommitmentRow, *, ours: str, theirs: str) -> tuple[str, ...]:
    side, whole = ("we", ours) if is_ours(row) else ("they", theirs)
    who = side if row.made_by in (whole, None) else f"{side} ({row.made_by_name})"
    said = f"{row.commitment_name}: “{row.words.rstrip('.')}.”" if row.words else sentence(row.commitment_name)
    where = f", {row.said_where}" if row.said_where else ""
    on = f" Said {long_day(row.said_on)}{where}." if row.said_on else ""
    due = f"due {long_day(row.due_on)}" if row.due_on else "no day set"
    stands = "" if row.stands == "open" else f"; {row.stands if row.stands == 'overdue' else 'standing not known'}"
    return who, f"{said}{on}", due + stands


def _settled(answer: Answer, rows: Iterable[CommitmentRow]) -> Iterator[Block]:
    settled = [row for row in rows if row.stands not in _OPEN]
    kept = [row for row in settled if row.stands == "fulfilled"]
    dropped = [row for row in settled if row.stands == "dropped"]
    parts = [f"{word}: {_sides(of)}" for of, word in ((kept, "kept"), (dropped, "dropped")) if of]
    if parts:
        yield Claim(
            sentence(capitalized("; ".join(parts))), cited(answer, *settled), lead="Settled:", floor=Marking.INTERNAL
        )
