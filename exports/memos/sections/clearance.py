"""Who clears a paper: the block of clearances, from the rules that are held."""

from collections.abc import Iterator, Sequence

from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering
from exports.paper.document import Clearer
from exports.wording import long_days
from graph.domain.marking import Marking
from graph.errors import NotFound
from queries.contacts.clearers import ClearerRow
from queries.core.answer import Answer, CaveatKind
from queries.core.wording import listed

# That the rules are general knowledge is said already; that their rows are of low confidence says it again.
_TOLD: tuple[CaveatKind, ...] = ("uncertain",)
_FOR = " for "


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
    """Give the offices that are held in the order of the answer; those that are not, a line for each kind, last."""
    lacking: dict[str, list[ClearerRow]] = {}
    for row in supported(answer, ClearerRow):
        if row.office is None:
            lacking.setdefault(row.office_name.partition(_FOR)[0], []).append(row)
        else:
            informed = "" if row.does == "clears" else "for information: "
            yield Clearer(_office(row), informed + _reasons(row.reasons), cited(answer, row), floor=Marking.INTERNAL)
    for kind, rows in lacking.items():
        reasons = [reason for row in rows for reason in row.reasons]
        yield Clearer(_missing(kind, rows), _reasons(reasons), cited(answer, *rows), floor=Marking.INTERNAL)


def _missing(kind: str, rows: Sequence[ClearerRow]) -> str:
    """Return an office that is not held, with all parties it is lacking for."""
    whom = [row.office_name.partition(_FOR)[2].partition(": not held")[0] for row in rows]
    of = f"{_FOR}{listed(whom, most=len(whom))}" if all(whom) else ""
    return f"{kind.partition(': not held')[0]}{of}: not in the data"


def _reasons(reasons: Sequence[str]) -> str:
    """Return reasons, each once with all it is about: ``owns the relationship (Ghana, Philippines)``."""
    about: dict[str, list[str]] = {}
    for reason in reasons:
        why, _, what = reason.removesuffix(")").partition(" (")
        about.setdefault(why, []).extend([what] if what else [])
    return listed([f"{why} ({', '.join(what)})" if what else why for why, what in about.items()], most=3)


def _office(row: ClearerRow) -> str:
    """Return the office with who holds its post: ``EUR (Ada Example, in office)``."""
    name = f"{row.office_name} ({row.acronym})" if row.acronym else row.office_name
    return f"{name}: {long_days(row.told)}" if row.holder_name else name
