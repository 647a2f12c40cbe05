"""What parties did on the same texts: by their recorded votes, else by whether they sponsored them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from iga.graph.grouping import by_key
from iga.queries.core.answer import Subject
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, entity_at, grouped
from iga.queries.core.reads import VOTED_BY
from iga.queries.core.session import Session
from iga.queries.multilateral.adopted import VOTE_COUNTS, sponsor_absence
from iga.queries.multilateral.reads import SPONSORED_BY, SPONSORS_OF, TEXTS_AFTER, TEXTS_BEFORE, VOTES_ON

Deed = Literal["yes", "no", "abstain", "sponsor"]
Relation = Literal["with", "apart", "against", "not joined"]
"""Not joined: it did not vote, and is not on the whole list of sponsors."""

_VOTES = ("yes", "no", "abstain")


@dataclass(frozen=True)
class Stance:
    """What one party did on one text.

    Attributes:
        of: The party.
        deed: Its vote, else that it sponsored the text.
        sources: Properties of the edges that say so.
    """

    of: Subject
    deed: Deed
    sources: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class JointText:
    """A text on which one party is on record, with everybody else who is.

    Attributes:
        id, name, values: The text.
        own: What that party did.
        others: What the others did, by id.
        sponsors: Whoever is on its list of sponsors, by id.
        series: Id of the first text of its series, of those on record; its own where it has none.
        is_closed: Whether the party sponsored it, and who is not on its list of sponsors is not among them.
    """

    id: str
    name: str
    values: Mapping[str, Any]
    own: Stance
    others: Mapping[str, Stance]
    sponsors: frozenset[str] = field(default_factory=frozenset)
    series: str = ""
    is_closed: bool = False

    @property
    def on(self) -> str:
        """Day of its adoption, possibly partial; blank is not known."""
        return str(self.values.get("adopted_on") or "")

    @property
    def title(self) -> str:
        """Its symbol with the year, which people know it by; else its name."""
        symbol = self.values.get("symbol")
        return f"{symbol} ({self.on[:4]})" if symbol and self.on and self.on[:4] not in symbol else symbol or self.name

    @property
    def is_unanimous(self) -> bool:
        """Whether it was voted on and all voted alike, by the stated count or else by the votes on record."""
        if counts := [count for name in VOTE_COUNTS if (count := self.values.get(name)) is not None]:
            return len([count for count in counts if count]) == 1
        votes = {stance.deed for stance in (self.own, *self.others.values())}.intersection(_VOTES)
        return len(votes) == 1 and not self.sponsors

    def relation(self, party: str) -> Relation | None:
        """Say how a party stood to the one that the text is looked at for; None where that is not known."""
        if stance := self.others.get(party):
            return relation(self.own.deed, stance.deed)
        return "not joined" if self.is_closed and self.own.deed == "sponsor" else None


def relation(one: Deed, other: Deed) -> Relation:
    """Say how two parties stood to each other on a text: to sponsor it is to be for it, as a yes is."""
    sides = {"yes" if deed == "sponsor" else deed for deed in (one, other)}
    if len(sides) == 1:
        return "with"
    return "apart" if "abstain" in sides else "against"


def joint_texts(
    session: Session, party: Subject, *, wanted: Callable[[FullEdgeRow], bool], most: int
) -> tuple[list[JointText], int]:
    """Return the texts that a party voted on or sponsored, newest first, and how many older ones were left out.

    Args:
        session: The graph.
        party: Whose texts.
        wanted: Which of them are asked for.
        most: How many are read at most: everybody's votes on thousands of texts are a million.
    """
    of = OfIds(ids=(party.id,))
    cast, signed = ([edge for edge in session.read(query, of) if wanted(edge)] for query in (VOTED_BY, SPONSORED_BY))
    own = {edge.id: edge for edge in (*cast, *signed) if edge.cls == "Resolution"}
    votes, sponsors = (by_key(edges, lambda edge: edge.id) for edges in (cast, signed))
    stances = {id_: _stance(party, votes.get(id_, ()), sponsors.get(id_, ())) for id_ in own}
    known = [id_ for id_, stance in stances.items() if stance]
    newest = sorted(known, key=lambda id_: (own[id_].values.get("adopted_on") or "", id_), reverse=True)
    shown = OfIds(ids=tuple(newest[:most]))
    votes_on, sponsors_of = (grouped(session.read(query, shown)) for query in (VOTES_ON, SPONSORS_OF))
    series = series_of(shown.ids, _following(session, shown.ids))
    texts = [
        JointText(
            id=id_,
            name=own[id_].name,
            values=own[id_].values,
            own=own_stance,
            others=_others(party, votes_on.get(id_, ()), sponsors_of.get(id_, ())),
            sponsors=frozenset(edge.id for edge in sponsors_of.get(id_, ())),
            series=series[id_],
            is_closed=id_ in sponsors and _is_closed(session, own[id_], sponsors_of.get(id_, ())),
        )
        for id_ in shown.ids
        if (own_stance := stances[id_])
    ]
    return texts, len(newest) - len(texts)


def _is_closed(session: Session, text: FullEdgeRow, sponsors: Sequence[EdgeRow]) -> bool:
    return sponsor_absence(session, entity_at(text), sponsors, day=session.today).is_no


def _others(party: Subject, cast: Sequence[EdgeRow], signed: Sequence[EdgeRow]) -> dict[str, Stance]:
    votes, sponsors = (by_key(edges, lambda edge: edge.id) for edges in (cast, signed))
    subjects = {edge.id: edge.other for edge in (*cast, *signed) if edge.id != party.id}
    stances = {id_: _stance(of, votes.get(id_, ()), sponsors.get(id_, ())) for id_, of in subjects.items()}
    return {id_: stance for id_, stance in stances.items() if stance}


def _stance(of: Subject, cast: Sequence[EdgeRow], signed: Sequence[EdgeRow]) -> Stance | None:
    """Return what a party did on one text: its vote, else that it sponsored it; None where it did neither."""
    sources = tuple(edge.properties for edge in (*cast, *signed))
    votes = [vote for edge in cast if (vote := edge.properties.get("vote")) in _VOTES]
    deed: Deed | None = votes[0] if votes else "sponsor" if signed else None
    return Stance(of, deed, sources) if deed else None


def _following(session: Session, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return which text follows which, of those that some texts are in a series with."""
    known: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    level = set(texts)
    while level:
        of = OfIds(ids=tuple(sorted(level)))
        found = {(edge.id, edge.subject) for edge in session.read(TEXTS_BEFORE, of)}
        found |= {(edge.subject, edge.id) for edge in session.read(TEXTS_AFTER, of)}
        known, pairs = known | level, pairs | found
        level = {id_ for pair in found for id_ in pair} - known
    return sorted(pairs)


def series_of(texts: Iterable[str], following: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the series of texts, each named by the least id in it: whatever follows from one text is one series."""
    series = {id_: id_ for id_ in texts}
    for pair in following:
        ends = [series.setdefault(id_, id_) for id_ in pair]
        series = {id_: min(ends) if of in ends else of for id_, of in series.items()}
    return series
