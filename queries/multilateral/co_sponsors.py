"""Who sponsored texts and hosted events together with a party, how often and when."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.asked import is_asked
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, refs
from iga.queries.core.reads import ENGAGEMENTS_ORGANIZED_BY, ORGANIZERS_OF
from iga.queries.core.rows import Rows
from iga.queries.multilateral.adopted import is_whole
from iga.queries.multilateral.reads import SPONSORED_BY, SPONSORS_OF


class CoSponsorsParams(Params):
    """What `co-sponsors` is asked with."""

    party: str = needed("The party whose companions are asked for.", "United States")
    other: str | None = option("Only this companion.", "Philippines")
    topic: str | None = option("Only texts and events on this topic.", "THB")
    since: str | None = option("First day of the period, possibly partial.", "2015")
    until: str | None = option("Last day of the period, possibly partial.", "2025")


class CoSponsorRow(PartyRow):
    """One party, and what it sponsored or hosted together with the party asked about."""

    together_count: int = needed("Number of texts and events together.")
    text_count: int = needed("Number of texts that both sponsored.")
    event_count: int = needed("Number of events that both sponsored or hosted.")
    main_count: int = needed("Number of these texts of which it was a main sponsor.")
    kinds: tuple[str, ...] = needed("What sorts of things they were, with their numbers: side event (2).")
    years: tuple[int, ...] = needed("Years of the texts and events, rising; undated ones are in none.")
    first_on: str | None = column("Day of the first, possibly partial.")
    last_on: str | None = column("Day of the last, possibly partial.")
    together: tuple[str, ...] = needed("Names of the texts and events, latest first.")


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
    every = (_row(list(by_thing.values())) for by_thing in shared.values())
    rows = Rows.of(every, lambda row: (-row.together_count, folded(row.name), row.id))
    texts = [edge for edge in things.values() if _is_text(edge)]
    numbers = Counter(edge.subject for edge in companions)
    whole = sum(is_whole(edge.values, numbers[edge.id]) for edge in texts)
    on_record: dict[str, Any] = {"party": party.name, "texts": len(texts)}
    return Result.of(
        (*_companions(party, other, rows), clause("known", **on_record, events=len(things) - len(texts))),
        rows,
        [caveat("partial", "lists-lacking", clause="known", **on_record, whole=whole)],
        refs=() if rows else refs(*(edge.properties for edge in things.values())),
    )


def _things(request: Request[CoSponsorsParams], party: Subject) -> dict[str, FullEdgeRow]:
    """Return the texts and events of the party that had come about by the day, by id.

    A series is told by its meetings; who holds the series together hosts none of them by that.
    """
    of = OfIds(ids=(party.id,))
    edges = [*request.session.read(SPONSORED_BY, of), *request.session.read(ENGAGEMENTS_ORGANIZED_BY, of)]
    asked = (edge for edge in edges if is_asked(request, edge.values, "adopted_on", "period_start", has_come=True))
    return {edge.id: edge for edge in asked if edge.values.get("engagement_kind") != "series"}


def _is_text(edge: FullEdgeRow) -> bool:
    return edge.cls == "Resolution"


def _day(edge: FullEdgeRow) -> str:
    return edge.values.get("adopted_on") or edge.values.get("period_start") or ""


def _row(shared: list[Shared]) -> SourcedRow[CoSponsorRow]:
    shared.sort(key=lambda pair: (folded(pair[0].name), pair[0].id))
    shared.sort(key=lambda pair: _day(pair[0]), reverse=True)
    texts = [theirs for ours, theirs in shared if _is_text(ours)]
    sorts = Counter("text" if _is_text(ours) else ours.values.get("engagement_kind") or "event" for ours, _ in shared)
    days = [day for ours, _ in shared if (day := _day(ours))]
    deeds = [side.properties for pair in shared for side in pair]
    return sourced(
        CoSponsorRow,
        *deeds,
        made_of=deeds,
        about=shared[0][1].other,
        conflicts=conflicts(*(theirs.properties for _, theirs in shared)),
        together_count=len(shared),
        text_count=len(texts),
        event_count=len(shared) - len(texts),
        main_count=sum(theirs.properties.get("role") == "main" for theirs in texts),
        kinds=tuple(f"{sort} ({count})" for sort, count in sorted(sorts.items(), key=lambda pair: (-pair[1], pair[0]))),
        years=tuple(sorted({int(day[:4]) for day in days})),
        first_on=days[-1] if days else None,
        last_on=days[0] if days else None,
        together=tuple(ours.name for ours, _ in shared),
    )


def _companions(party: Subject, other: Subject | None, rows: Rows[CoSponsorRow]) -> Iterator[SourcedClause]:
    if not rows:
        yield clause("nobody", party=party.name, other=other and other.name)
        return
    [first] = rows.first()
    most = rows.where(together_count=first.together_count)
    values = {"party": party.name, "most": [row.name for row in most], "times": first.together_count}
    if other:
        yield rows.first().clause("together", **values, years=list(first.years), kinds=list(first.kinds))
    else:
        yield most.clause("headline", **values, number=len(rows))


CO_SPONSORS = Question.of(
    co_sponsors,
    title="Who sponsored texts or hosted events together with this party before?",
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "United States"},
    columns=("name", "together_count", "kinds", "years", "main_count", "last_on", "confidence", "evidence"),
    yes_or_no=("party", "other"),
    maturity="trial",
)
