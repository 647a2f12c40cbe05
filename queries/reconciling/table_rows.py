"""Decides for each name of a list: whom it means beyond doubt, among whom to choose, or that nothing is called so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from iga.graph.domain.topics import with_narrower
from iga.graph.text import folded
from iga.queries.core.names.find import find
from iga.queries.core.names.topics import topic_of
from iga.queries.core.session import Session
from iga.queries.core.wording import listed
from iga.queries.reconciling.evidence import ids_of
from iga.queries.reconciling.query import LONGEST_QUERY, MOST_QUERIES, ReconQuery, StatedProperty
from iga.queries.reconciling.reconcile import Likely, descriptions, likely
from iga.queries.reconciling.schema import COUNTRY, type_named

Decision = Literal["sure", "choose", "none"]

SHOWN = 3
"""Candidates of a name."""


@dataclass(frozen=True)
class Name:
    """A name of a list, and the country that stands beside it; blank when none does."""

    text: str
    country: str = ""


@dataclass(frozen=True)
class DecidedName:
    """What became of a name.

    Attributes:
        decision: ``sure``: the first candidate is meant; ``choose``: a person has to say; ``none``: there is none.
        reason: Why it is not sure, as a sentence; blank when it is.
    """

    decision: Decision
    candidates: tuple[Likely, ...] = ()
    descriptions: Mapping[str, str] | None = None
    reason: str = ""


@dataclass(frozen=True)
class Narrowed:
    """Which things the names of a list may mean.

    Attributes:
        kinds: Types, of which one must be borne.
        topics: Codes of topics, of which one must be dealt with; empty takes all.
    """

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @classmethod
    def named(cls, kinds: Sequence[str], topic: str) -> "Narrowed":
        """Return what words for kinds and a topic stand for; a topic takes the narrower ones with it.

        Raises:
            NotFound: There is no such kind or topic.
        """
        return cls(tuple(type_named(kind) for kind in kinds), with_narrower(topic_of(topic)) if topic else ())


def decided(session: Session, names: Sequence[Name], narrowed: Narrowed) -> Iterator[DecidedName]:
    """Give what becomes of each name, in order."""
    known: dict[Name, DecidedName] = {}
    waiting = iter(dict.fromkeys(names))
    for name in names:
        while name not in known:
            known |= _looked_up(session, list(islice(waiting, MOST_QUERIES)), narrowed)
        yield known[name]


def _looked_up(session: Session, names: Sequence[Name], narrowed: Narrowed) -> dict[Name, DecidedName]:
    refused = {name: DecidedName("none", reason=reason) for name in names if (reason := _refusal(name.text))}
    asked = [name for name in names if name not in refused]
    # A kind that was asked for is a condition: a person who wants ministries is not offered countries.
    queries = {
        str(at): ReconQuery(
            query=name.text,
            type=narrowed.kinds,
            type_strict="any",
            limit=SHOWN,
            properties=(StatedProperty(pid=COUNTRY, v=name.country),) if name.country.strip() else (),
        )
        for at, name in enumerate(asked)
    }
    candidates = likely(session, queries, topics=narrowed.topics)
    lines = descriptions(session, (one for ones in candidates.values() for one in ones))
    return refused | {name: _decided(session, name, candidates[str(at)], lines) for at, name in enumerate(asked)}


def _refusal(text: str) -> str:
    if not text.strip():
        return "The cell is blank."
    if not folded(text):
        return "The cell holds no letter or digit."
    if len(text) > LONGEST_QUERY:
        return f"The cell has {len(text):,} characters, which is no name: at most {LONGEST_QUERY} are looked up."
    return ""


def _decided(session: Session, name: Name, candidates: tuple[Likely, ...], lines: Mapping[str, str]) -> DecidedName:
    unknown = ""
    if name.country.strip() and not ids_of(session, [name.country], "Government"):
        unknown = f" The country {name.country!r} is not known, or is several; it was left aside."
    if not candidates:
        near = find(session, name.text, limit=1).suggestions
        like_it = f"; names a little like it: {listed(near, most=3)}" if near else ""
        return DecidedName("none", reason=f"Nothing is called so{like_it}.{unknown}")
    if candidates[0].is_sure:
        return DecidedName("sure", candidates, lines, unknown.strip())
    first = next((one.doubt for one in candidates if one.doubt), "nothing is called exactly so; these come near")
    return DecidedName("choose", candidates, lines, f"{first[0].upper()}{first[1:]}.{unknown}")
