"""Who clears a paper: the block of clearances, from the rules on record."""

from collections.abc import Iterator, Sequence

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import Gathering
from exports.paper.document import Clearer
from graph.domain.marking import Marking
from graph.errors import NotFound
from queries.contacts.clearers import ClearerRow
from queries.core.answer import Answer, CaveatKind
from queries.core.wording import listed

# That the rules are general knowledge is said already; that their rows are of low confidence says it again.
_TOLD: tuple[CaveatKind, ...] = ("uncertain",)


def clearers_of(
    gathering: Gathering, parties: Sequence[str], *, topic: str | None = None, purposes: Sequence[str] = ()
) -> tuple[Clearer, ...]:
    """Return the offices that clear a paper on these parties, those that are informed last."""
    given = {"party": tuple(parties), "topic": topic}
    try:
        answer = gathering.ask("clearers", _TOLD, word="Clearances", purpose=tuple(purposes), **given)
    except NotFound:  # the rules held need not know these purposes
        answer = gathering.ask("clearers", _TOLD, word="Clearances", **given)
    return tuple(_clearers(answer))


def _clearers(answer: Answer) -> Iterator[Clearer]:
    """Give the offices on record in the order of the answer; those that are not, a line for each kind, last."""
    lacking: dict[str, list[ClearerRow]] = {}
    for row in supported(answer, ClearerRow):
        if row.office is None:
            lacking.setdefault(row.lacking or "", []).append(row)
        else:
            informed = "" if row.does == "clears" else "for information: "
            yield Clearer(_office(answer, row), informed + _reasons([row]), cited(answer, row), floor=Marking.INTERNAL)
    for kind, rows in lacking.items():
        whom = [row.lacking_for for row in rows if row.lacking_for]
        office = f"{kind}{f' for {listed(whom, most=len(whom))}' if whom else ''}: not in the data"
        yield Clearer(office, _reasons(rows), cited(answer, *rows), floor=Marking.INTERNAL)


def _reasons(rows: Sequence[ClearerRow]) -> str:
    """Return reasons, each once with all it is about: ``owns the relationship (Ghana, Philippines)``."""
    about: dict[str, list[str]] = {}
    for reason in (reason for row in rows for reason in row.grounds):
        about.setdefault(reason.why, []).extend([reason.about] if reason.about else [])
    return listed([f"{why} ({', '.join(what)})" if what else why for why, what in about.items()], most=3)


def _office(answer: Answer, row: ClearerRow) -> str:
    """Return the office with who holds its post: ``EUR (Ada Example, in office)``."""
    name = f"{row.office_name} ({row.acronym})" if row.acronym else row.office_name
    return f"{name}: {row_words(answer, row, 'row-told')}" if row.holder_name else name
