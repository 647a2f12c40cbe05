"""Who votes and sponsors with a party, who moved, and whom to ask next: counts, with the texts behind them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.home import home_government
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, entity_at, grouped, refs
from iga.queries.core.reads import VOTED_BY
from iga.queries.core.rows import Rows, backwards, is_asked
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import SPONSORED_BY, SPONSORS_OF, TEXTS_AFTER, TEXTS_BEFORE, VOTES_ON
from iga.queries.multilateral.resolutions import VOTE_COUNTS, sponsor_absence

Deed = Literal["yes", "no", "abstain", "sponsor"]
Relation = Literal["with", "apart", "against", "not joined"]
"""Not joined: it did not vote, and is not on the whole list of sponsors."""

_VOTES = ("yes", "no", "abstain")


@dataclass(frozen=True)
class Stance:
    """What one party did on one text.

    Attributes:
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


Moved = Literal["closer", "away"]
AskedBecause = Literal["was with us before", "voted with us, not yet a sponsor"]

# All votes in the General Assembly of some two sessions; everybody's votes on more are slow to read and say little.
_MOST = 200


class VotingClosenessParams(Params):
    """What `voting-closeness` is asked with."""

    party: str | None = option("Only this government; all that are on record if left out.", "Mexico")
    other: str | None = option("Whose votes theirs are held against; ours if left out.", "United States")
    topic: str | None = option("Only texts on this topic.", "THB")
    since: str | None = option("First day of adoption, possibly partial.", "2010")
    until: str | None = option("Last day of adoption, possibly partial.", "2025")


class VotingRow(PartyRow):
    """One party beside the one asked about: on which texts both are on record, and how they stood to each other."""

    text_count: int = needed("Number of texts on which both voted or sponsored, without unanimous votes.")
    with_count: int = needed("Number of these on which both did the same; to sponsor a text is to be for it.")
    apart_count: int = needed("Number of these on which one of them abstained and the other did not.")
    against_count: int = needed("Number of these on which one was for the text and the other against it.")
    unanimous_count: int = needed("Number of votes that both took part in and in which all voted alike.")
    not_joined_count: int = needed("Number of texts whose whole list of sponsors names the one and not the other.")
    texts: tuple[str, ...] = needed("What both did on each text, newest first; unanimous votes last.")
    last_on: str | None = column("Day of the newest text on which both are on record, possibly partial.")
    moved: Moved | None = column("Where it went from one text of a series to the next; null is nowhere, or not known.")
    moved_on: str | None = column("Day of the text on which it did otherwise than on the one before, possibly partial.")
    moved_text: str | None = column("Id of that text.")
    moved_text_name: str | None = column("Symbol of that text with its year.")
    ask_because: AskedBecause | None = column(
        "Why it may be asked next; null is no reason on record, or that it was against the other on a text."
    )


@dataclass(frozen=True)
class _VotingPair:
    """One party beside the one asked about.

    Attributes:
        by_text: How it stood to the other on each text, newest first.
        divided: The texts on which both are on record and that were no unanimous votes, newest first.
    """

    party: Subject
    by_text: Sequence[tuple[JointText, Relation]]
    divided: Sequence[tuple[JointText, Relation]] = field(init=False)

    def __post_init__(self) -> None:
        both = [(text, how) for text, how in self.by_text if how != "not joined" and not text.is_unanimous]
        object.__setattr__(self, "divided", both)

    def count(self, how: Relation) -> int:
        """Return on how many texts it stood so."""
        return sum(of == how for _, of in (self.by_text if how == "not joined" else self.divided))

    @property
    def unanimous(self) -> list[JointText]:
        """The unanimous votes that both took part in."""
        return [text for text, how in self.by_text if how != "not joined" and text.is_unanimous]

    @property
    def moved(self) -> tuple[Moved, JointText] | None:
        """In which direction it went from the last but one text of a series to the last, and that text."""
        for series in by_key(self.by_text, lambda of: of[0].series).values():
            if len(series) > 1 and (series[0][1] == "with") != (series[1][1] == "with"):
                return "closer" if series[0][1] == "with" else "away", series[0][0]
        return None

    @property
    def ask_because(self) -> AskedBecause | None:
        """Why it may be asked next; nobody asks who was against, and States that are no more, which have no code."""
        if self.party.iso3 is None or self.count("against"):
            return None
        if self.moved and self.moved[0] == "away":
            return "was with us before"
        has_signed = any(self.party.id in text.sponsors for text, _ in self.by_text)
        is_new = self.count("with") and self.count("not joined") and not has_signed
        return "voted with us, not yet a sponsor" if is_new else None


def voting_closeness(request: Request[VotingClosenessParams]) -> Result[VotingRow]:
    """List parties by the number of texts on which they did what the other did, unanimous votes aside.

    Of votes in which all voted alike nothing follows, so they are counted by themselves. Nobody votes on what is
    adopted by consensus. Two parties that are never both on record are in no row: how close they are is not known.
    """
    whose, party = request.maybe("other") or home_government(request.session), request.maybe("party")
    if party and party.id == whose.id:
        party = None
    texts, more = joint_texts(
        request.session,
        whose,
        wanted=lambda edge: is_asked(request, edge.values, "adopted_on", has_come=True),
        most=_MOST,
    )
    rows = Rows.of((_row(pair) for pair in _pairs(texts, party)), _order)
    on_record = refs(*(source for text in texts for source in text.own.sources)) if not rows else ()
    return Result.of(_clauses(whose, party, rows, texts), rows, _caveats(whose, texts, more), refs=on_record)


def _pairs(texts: Sequence[JointText], only: Subject | None) -> Iterator[_VotingPair]:
    """Give everybody who is on record on a text beside the party whose texts they are."""
    parties = {id_: stance.of for text in texts for id_, stance in text.others.items()}
    for id_, party in parties.items():
        if only is None or id_ == only.id:
            yield _VotingPair(party, [(text, how) for text in texts if (how := text.relation(id_))])


def _row(pair: _VotingPair) -> SourcedRow[VotingRow]:
    both = [(text, text.others[pair.party.id]) for text, how in pair.by_text if how != "not joined"]
    deeds = [source for text, theirs in both for source in (*text.own.sources, *theirs.sources)]
    lists = [text.values for text, how in pair.by_text if how == "not joined"]
    moved, moved_text = pair.moved or (None, None)
    ordered = sorted(pair.by_text, key=lambda of: of[1] != "not joined" and of[0].is_unanimous)
    texts = tuple(worded(__package__, "voting-closeness", "row-text", _said(text, pair.party)) for text, _ in ordered)
    return sourced(
        VotingRow,
        *deeds,
        *lists,
        made_of=deeds,
        about=pair.party,
        conflicts=conflicts(*(source for _, theirs in both for source in theirs.sources)),
        text_count=len(pair.divided),
        with_count=pair.count("with"),
        apart_count=pair.count("apart"),
        against_count=pair.count("against"),
        unanimous_count=len(pair.unanimous),
        not_joined_count=pair.count("not joined"),
        texts=texts,
        last_on=both[0][0].on or None,
        moved=moved,
        moved_on=(moved_text.on or None) if moved_text else None,
        moved_text=moved_text.id if moved_text else None,
        moved_text_name=moved_text.title if moved_text else None,
        ask_because=pair.ask_because,
    )


def _said(text: JointText, party: Subject) -> dict[str, Any]:
    theirs = text.others.get(party.id)
    unanimous = bool(theirs) and text.is_unanimous
    return {"title": text.title, "ours": text.own.deed, "theirs": theirs and theirs.deed, "is_unanimous": unanimous}


def _order(row: VotingRow) -> tuple[int, int, int, int, str, str]:
    """Return what rows are compared by: most texts together, then fewest against and apart, then the name."""
    return (-row.with_count, row.against_count, row.apart_count, -row.unanimous_count, folded(row.name), row.id)


def _clauses(
    whose: Subject, party: Subject | None, rows: Rows[VotingRow], texts: Sequence[JointText]
) -> Iterator[SourcedClause]:
    """Say who was with it most often, against it, who moved, and whom to ask; or how the one party stood to it."""
    about: dict[str, Any] = {"whose": whose.name, "party": party and party.name, "texts": len(texts)}
    told = rows.keeping(lambda row: row.text_count)
    if not told:
        yield clause("not-known", **about, unanimous=sum(row.unanimous_count for row in rows) if party else 0)
    elif party:
        yield told.clause("pair", **about | _counts(told)[0])
        if differed := [text for text in texts if text.relation(party.id) in ("apart", "against")]:
            yield told.clause("differed", **about, **_said(differed[0], party))
    else:
        yield told.first(3).clause("headline", **about, most=_counts(told.first(3).keeping(lambda row: row.with_count)))
        worst = Rows.of(told.sourced, lambda row: (-row.against_count, row.with_count, row.id)).first(3)
        against = worst.keeping(lambda row: row.against_count)
        yield against.clause("against", most=_counts(against))
    for moved in ("away", "closer"):
        movers = Rows.of(rows.where(moved=moved).sourced, lambda row: backwards(row.moved_on))
        on_text = by_key(movers, lambda row: row.moved_text_name)
        names = [{"text": text, "names": [row.name for row in of]} for text, of in on_text.items()]
        yield movers.clause(f"moved-{moved}", **about, moves=names)
    before, new = (rows.where(ask_because=why) for why in get_args(AskedBecause))
    asked = {"before": [row.name for row in before], "new": [row.name for row in new]}
    yield (before + new).clause("ask", **about, **asked)


def _counts(rows: Rows[VotingRow]) -> list[dict[str, Any]]:
    return rows.told("name", "text_count", "with_count", "apart_count", "against_count", "not_joined_count")


def _caveats(whose: Subject, texts: Sequence[JointText], more: int) -> Iterator[UnwordedCaveat]:
    years = sorted({int(text.on[:4]) for text in texts if text.on})
    signed = [text for text in texts if text.own.of.id in text.sponsors]
    unanimous = sum(text.is_unanimous for text in texts)
    if texts:
        yield caveat("partial", "descriptive", whose=whose.name, texts=len(texts), unanimous=unanimous, years=years)
    whole = sum(text.is_closed for text in signed)
    yield caveat("partial", "lists-lacking", whose=whose.name, signed=len(signed), whole=whole)
    yield caveat("partial", "more", number=more, most=_MOST)


VOTING_CLOSENESS = Question.of(
    voting_closeness,
    title="Who votes and sponsors with us, who moved, and whom to ask next?",
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Mexico"},
    columns=(
        *("name", "with_count", "text_count", "apart_count", "against_count", "moved", "moved_text_name"),
        *("ask_because", "not_joined_count", "unanimous_count", "texts", "confidence", "evidence"),
    ),
    maturity="trial",
)
