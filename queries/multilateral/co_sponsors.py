"""Who sponsored texts and hosted events together with a party, how often and when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import first_of, passed, the_day
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, refs
from queries.core.wording import counted, listed, years_listed
from queries.multilateral.adopted import is_whole
from queries.multilateral.reads import ENGAGEMENTS_ORGANIZED_BY, ORGANIZERS_OF, SPONSORED_BY, SPONSORS_OF

# A series is told by its meetings; who holds the series together hosts none of them by that.
_NO_EVENT = "series"
_TEXT = "text"


class CoSponsorsParams(Params):
    """What `co-sponsors` is asked with."""

    party: str = Field(description="The party whose companions are asked for.", examples=["United States"])
    other: str | None = Field(default=None, description="Only this companion.", examples=["Philippines"])
    topic: str | None = Field(default=None, description="Only texts and events on this topic.", examples=["THB"])
    since: str | None = Field(default=None, description="First day of the period, possibly partial.", examples=["2015"])
    until: str | None = Field(default=None, description="Last day of the period, possibly partial.", examples=["2025"])


class CoSponsorRow(PartyRow):
    """One party, and what it sponsored or hosted together with the party asked about."""

    together_count: int = Field(description="Number of texts and events together.")
    text_count: int = Field(description="Number of texts that both sponsored.")
    event_count: int = Field(description="Number of events that both sponsored or hosted.")
    main_count: int = Field(description="Number of these texts of which it was a main sponsor.")
    kinds: tuple[str, ...] = Field(description="What sorts of things they were, with their numbers: side event (2).")
    years: tuple[int, ...] = Field(description="Years of the texts and events, rising; undated ones are in none.")
    first_on: str | None = Field(default=None, description="Day of the first, possibly partial.")
    last_on: str | None = Field(default=None, description="Day of the last, possibly partial.")
    together: tuple[str, ...] = Field(description="Names of the texts and events, latest first.")


Shared = tuple[FullEdgeRow, EdgeRow]
"""What the party asked about did for a text or event, and what the other did."""


def co_sponsors(request: Request[CoSponsorsParams]) -> Result:
    """List who sponsored texts or hosted events together with a party, most often first, then by name."""
    party, other = request.one("party"), request.maybe("other")
    things = _things(request, party)
    ids = OfIds(ids=tuple(sorted(things)))
    companions = [*request.session.read(SPONSORS_OF, ids), *request.session.read(ORGANIZERS_OF, ids)]
    shared: dict[str, dict[str, Shared]] = defaultdict(dict)
    for edge in companions:
        if edge.id != party.id and (other is None or edge.id == other.id):
            shared[edge.id].setdefault(edge.subject, (things[edge.subject], edge))
    sourced_rows = [_draft(list(by_thing.values())) for by_thing in shared.values()]
    sourced_rows.sort(key=_rank)
    texts = [edge for edge in things.values() if edge.cls == "Resolution"]
    held = _held(companions)
    return Result(
        sentence=_sentence(party, other, sourced_rows, things.values()),
        rows=tuple(sourced_rows),
        caveats=_partial(party, sum(is_whole(edge.values, held.get(edge.id, 0)) for edge in texts), len(texts)),
        refs=refs(*(edge.properties for edge in things.values())) if not sourced_rows else (),
    )


def _things(request: Request[CoSponsorsParams], party: Subject) -> dict[str, FullEdgeRow]:
    """Return the texts and events of the party that had come about by the day, by id."""
    of = OfIds(ids=(party.id,))
    edges = [*request.session.read(SPONSORED_BY, of), *request.session.read(ENGAGEMENTS_ORGANIZED_BY, of)]
    return {
        edge.id: edge for edge in edges if edge.values.get("engagement_kind") != _NO_EVENT and _asked(request, edge)
    }


def _asked(request: Request[CoSponsorsParams], edge: FullEdgeRow) -> bool:
    given, day = request.params, _day(edge)
    if day and passed(day, on=request.day) == "no":
        return False
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    in_period = not day or (last_day(day) >= since and first_day(day) <= until)
    return in_period and (request.topic is None or request.topic in (edge.values.get("topics") or ()))


def _day(edge: FullEdgeRow) -> str:
    return edge.values.get("adopted_on") or edge.values.get("period_start") or ""


def _draft(shared: Sequence[Shared]) -> SourcedRow:
    latest_first = sorted(shared, key=lambda pair: (folded(pair[0].name), pair[0].id))
    latest_first.sort(key=lambda pair: _day(pair[0]), reverse=True)
    other = latest_first[0][1].other
    texts = [theirs for ours, theirs in latest_first if ours.cls == "Resolution"]
    days = [day for ours, _ in latest_first if (day := _day(ours))]
    row = CoSponsorRow(
        id=other.id,
        cls=other.cls,
        name=other.name,
        iso3=other.iso3,
        conflicts=conflicts(*(theirs.properties for _, theirs in latest_first)),
        together_count=len(latest_first),
        text_count=len(texts),
        event_count=len(latest_first) - len(texts),
        main_count=sum(theirs.properties.get("role") == "main" for theirs in texts),
        kinds=_kinds([ours for ours, _ in latest_first]),
        years=tuple(sorted({int(day[:4]) for day in days})),
        first_on=days[-1] if days else None,
        last_on=days[0] if days else None,
        together=tuple(ours.name for ours, _ in latest_first),
    )
    return SourcedRow(row, refs(*(side.properties for pair in latest_first for side in pair)))


def _kinds(things: Sequence[FullEdgeRow]) -> tuple[str, ...]:
    """Return the sorts of things with their numbers, most first: a text, a side event, a dialogue."""
    number = Counter(
        _TEXT if edge.cls == "Resolution" else edge.values.get("engagement_kind") or "event" for edge in things
    )
    ordered = sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(f"{sort} ({count})" for sort, count in ordered)


def _rank(draft: SourcedRow) -> tuple[int, str, str]:
    row = draft.row
    assert isinstance(row, CoSponsorRow)
    return -row.together_count, folded(row.name), row.id


def _held(companions: Iterable[EdgeRow]) -> Mapping[str, int]:
    held: dict[str, int] = defaultdict(int)
    for edge in companions:
        held[edge.subject] += 1
    return held


def _sentence(
    party: Subject, other: Subject | None, sourced_rows: Sequence[SourcedRow], things: Iterable[FullEdgeRow]
) -> str:
    own = list(things)
    texts = sum(edge.cls == "Resolution" for edge in own)
    known = (
        f"{counted(texts, 'text')} sponsored and {counted(len(own) - texts, 'event')} hosted by {party.name} are held"
    )
    if not sourced_rows:
        whom = f"{other.name} is not known to have joined any" if other else "nobody is known to have joined"
        return f"{known}; {whom}"
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, CoSponsorRow)]
    most = [row.name for row in rows if row.together_count == rows[0].together_count]
    often = f"{listed(most)} most often ({counted(rows[0].together_count, 'time')})"
    if other:
        when = f" in {years_listed(rows[0].years)}" if rows[0].years else ""
        return f"{known}; {other.name} joined {counted(rows[0].together_count, 'time')}{when}: {listed(rows[0].kinds)}"
    return f"{known}; {counted(len(rows), 'party', 'parties')} joined, {often}"


def _partial(party: Subject, whole: int, texts: int) -> tuple[Caveat, ...]:
    said = (
        f"Whole lists of sponsors are held for {whole} of {counted(texts, 'text')} of {party.name}; " if texts else ""
    )
    text = f"{said}texts and events of which no list of sponsors or hosts is held cannot count here."
    return (Caveat(kind="partial", text=text[0].upper() + text[1:]),)


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
