"""Who sponsored texts and hosted events together with a party, how often and when."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause, resting_on
from queries.core.columns import column, option
from queries.core.days import passed
from queries.core.periods import falls, stretch_asked
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, refs
from queries.core.wording import counted
from queries.multilateral.adopted import is_whole
from queries.multilateral.reads import ENGAGEMENTS_ORGANIZED_BY, ORGANIZERS_OF, SPONSORED_BY, SPONSORS_OF


class CoSponsorsParams(Params):
    """What `co-sponsors` is asked with."""

    party: str = Field(description="The party whose companions are asked for.", examples=["United States"])
    other: str | None = option("Only this companion.", "Philippines")
    topic: str | None = option("Only texts and events on this topic.", "THB")
    since: str | None = option("First day of the period, possibly partial.", "2015")
    until: str | None = option("Last day of the period, possibly partial.", "2025")


class CoSponsorRow(PartyRow):
    """One party, and what it sponsored or hosted together with the party asked about."""

    together_count: int = Field(description="Number of texts and events together.")
    text_count: int = Field(description="Number of texts that both sponsored.")
    event_count: int = Field(description="Number of events that both sponsored or hosted.")
    main_count: int = Field(description="Number of these texts of which it was a main sponsor.")
    kinds: tuple[str, ...] = Field(description="What sorts of things they were, with their numbers: side event (2).")
    years: tuple[int, ...] = Field(description="Years of the texts and events, rising; undated ones are in none.")
    first_on: str | None = column("Day of the first, possibly partial.")
    last_on: str | None = column("Day of the last, possibly partial.")
    together: tuple[str, ...] = Field(description="Names of the texts and events, latest first.")


Shared = tuple[FullEdgeRow, EdgeRow]
"""What the party asked about did for a text or event, and what the other did."""


def co_sponsors(request: Request[CoSponsorsParams]) -> Result[CoSponsorRow]:
    """List who sponsored texts or hosted events together with a party, most often first, then by name."""
    party, other = request.one("party"), request.maybe("other")
    things = _things(request, party)
    ids = OfIds(ids=tuple(sorted(things)))
    companions = [*request.session.read(SPONSORS_OF, ids), *request.session.read(ORGANIZERS_OF, ids)]
    shared: dict[str, dict[str, Shared]] = defaultdict(dict)
    for edge in companions:
        if edge.id != party.id and (other is None or edge.id == other.id):
            shared[edge.id].setdefault(edge.subject, (things[edge.subject], edge))
    rows = sorted((_row(list(by_thing.values())) for by_thing in shared.values()), key=_place)
    texts = [edge for edge in things.values() if _is_text(edge)]
    number = Counter(edge.subject for edge in companions)
    whole = sum(is_whole(edge.values, number[edge.id]) for edge in texts)
    return Result(
        clauses=tuple(_clauses(party, other, rows, len(texts), len(things) - len(texts))),
        rows=tuple(rows),
        caveats=(_partial(party, whole, len(texts)),),
        refs=refs(*(edge.properties for edge in things.values())) if not rows else (),
    )


def _things(request: Request[CoSponsorsParams], party: Subject) -> dict[str, FullEdgeRow]:
    """Return the texts and events of the party that had come about by the day, by id.

    A series is told by its meetings; who holds the series together hosts none of them by that.
    """
    of = OfIds(ids=(party.id,))
    edges = [*request.session.read(SPONSORED_BY, of), *request.session.read(ENGAGEMENTS_ORGANIZED_BY, of)]
    return {
        edge.id: edge for edge in edges if edge.values.get("engagement_kind") != "series" and _is_asked(request, edge)
    }


def _is_asked(request: Request[CoSponsorsParams], edge: FullEdgeRow) -> bool:
    since, until = stretch_asked(request.params.since, request.params.until)
    day, topics = _day(edge), edge.values.get("topics") or ()
    in_period = not day or (passed(day, on=request.day) != "no" and falls(day, since=since, until=until) != "no")
    return in_period and (request.topic is None or request.topic in topics)


def _is_text(edge: FullEdgeRow) -> bool:
    return edge.cls == "Resolution"


def _day(edge: FullEdgeRow) -> str:
    return edge.values.get("adopted_on") or edge.values.get("period_start") or ""


def _row(shared: list[Shared]) -> SourcedRow[CoSponsorRow]:
    shared.sort(key=lambda pair: (folded(pair[0].name), pair[0].id))
    shared.sort(key=lambda pair: _day(pair[0]), reverse=True)
    texts = [theirs for ours, theirs in shared if _is_text(ours)]
    days = [day for ours, _ in shared if (day := _day(ours))]
    row = CoSponsorRow(
        **shared[0][1].other.model_dump(),
        conflicts=conflicts(*(theirs.properties for _, theirs in shared)),
        together_count=len(shared),
        text_count=len(texts),
        event_count=len(shared) - len(texts),
        main_count=sum(theirs.properties.get("role") == "main" for theirs in texts),
        kinds=tuple(_kinds([ours for ours, _ in shared])),
        years=tuple(sorted({int(day[:4]) for day in days})),
        first_on=days[-1] if days else None,
        last_on=days[0] if days else None,
        together=tuple(ours.name for ours, _ in shared),
    )
    return SourcedRow(row, refs(*(side.properties for pair in shared for side in pair)))


def _kinds(things: Sequence[FullEdgeRow]) -> Iterator[str]:
    """Yield the sorts of things with their numbers, most first: a text, a side event, a dialogue."""
    number = Counter("text" if _is_text(edge) else edge.values.get("engagement_kind") or "event" for edge in things)
    for sort, count in sorted(number.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{sort} ({count})"


def _place(known: SourcedRow[CoSponsorRow]) -> tuple[int, str, str]:
    return -known.row.together_count, folded(known.row.name), known.row.id


def _clauses(
    party: Subject, other: Subject | None, rows: Sequence[SourcedRow[CoSponsorRow]], texts: int, events: int
) -> Iterator[SourcedClause]:
    if rows:
        times = rows[0].row.together_count
        most = [known for known in rows if known.row.together_count == times]
        values = {"party": party.name, "most": [known.row.name for known in most], "times": times}
        if other:
            of_other = {"years": list(rows[0].row.years), "kinds": list(rows[0].row.kinds)}
            yield resting_on((rows[0].refs,), "together", **values, **of_other)
        else:
            yield resting_on((known.refs for known in most), "headline", **values, number=len(rows))
    else:
        yield clause("nobody", party=party.name, other=other and other.name)
    yield clause("known", party=party.name, texts=texts, events=events)


def _partial(party: Subject, whole: int, texts: int) -> Caveat:
    share = f"{whole} of {counted(texts, 'text')} of {party.name}"
    first = f"Whole lists of sponsors are on record for {share}; texts" if texts else "Texts"
    text = f"{first} and events of which no list of sponsors or hosts is on record cannot count here."
    return Caveat(kind="partial", text=text, clause="known")


CO_SPONSORS = Question(
    name="co-sponsors",
    title="Who sponsored texts or hosted events together with this party before?",
    params=CoSponsorsParams,
    row=CoSponsorRow,
    function=co_sponsors,
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "United States"},
    columns=("name", "together_count", "kinds", "years", "main_count", "last_on", "confidence", "evidence"),
    maturity="trial",
)
