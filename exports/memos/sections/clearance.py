"""Who clears a paper: the block of clearances, from the rules that are held."""

from collections.abc import Iterator, Sequence

from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering
from exports.paper.document import Clearer
from exports.wording import long_days
from graph.domain.marking import Marking
from graph.errors import NotFound
from queries.answer import Answer, CaveatKind
from queries.contacts.clearers import ClearerRow
from queries.wording import listed

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
    for row in supported(answer, ClearerRow):
        informed = "" if row.does == "clears" else "for information: "
        yield Clearer(_office(row), informed + _reasons(row.reasons), cited(answer, row), floor=Marking.INTERNAL)


def _reasons(reasons: Sequence[str]) -> str:
    """Return reasons, each once with all it is about: ``owns the relationship (Ghana, Philippines)``."""
    about: dict[str, list[str]] = {}
    for reason in reasons:
        why, _, what = reason.removesuffix(")").partition(" (")
        about.setdefault(why, []).extend([what] if what else [])
    return listed([f"{why} ({', '.join(what)})" if what else why for why, what in about.items()], most=3)


def _office(row: ClearerRow) -> str:
    """Return the office with who holds its post: ``EUR (Ada Example, in office)``."""
    if row.office is None:
        return row.office_name.replace("not held here", "not in the data")
    name = f"{row.office_name} ({row.acronym})" if row.acronym else row.office_name
    return f"{name}: {long_days(row.told)}" if row.holder_name else name
