"""What was counted in a place by year: victims, prosecutions, convictions; side by side, never added up or ranked."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from graph.domain.records import Statistic
from queries.core.answer import PartyRow, Subject
from queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on
from queries.core.columns import column, named, of, option, sourced
from queries.core.compiled import all_of
from queries.core.days import passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds
from queries.core.reads import ENTITIES_BY_ID

STATISTICS_OF = all_of(Statistic, "it.place IN $ids", OfIds)
_COUNTS = ("victims", "formal_contact", "investigated", "prosecuted", "convicted", "offences")
_WORDS = dict(
    zip(
        _COUNTS,
        (
            "detected victims",
            "persons in formal contact with police",
            "investigations",
            "persons prosecuted",
            "persons convicted",
            "offences",
        ),
        strict=True,
    )
)


class StatisticsParams(Params):
    """What `statistics` is asked with."""

    party: tuple[str, ...] = Field(
        min_length=1, description="The governments, each for itself; several are never ranked.", examples=["Ghana"]
    )
    year: int | None = option("Only this year.", 2021)


class StatisticRow(PartyRow):
    """What one publisher counted in one place in one year."""

    year: int | None = of(Statistic, "year")
    publisher: str | None = column("Id of who publishes it.")
    publisher_name: str | None = column("Name of who publishes it.")
    victims: str | None = of(Statistic, "victims")
    formal_contact: str | None = of(Statistic, "formal_contact")
    investigated: str | None = of(Statistic, "investigated")
    prosecuted: str | None = of(Statistic, "prosecuted")
    convicted: str | None = of(Statistic, "convicted")
    offences: str | None = of(Statistic, "offences")
    legislation: str | None = of(Statistic, "legislation")
    definition: str | None = of(Statistic, "definition")


Rows = Sequence[SourcedRow[StatisticRow]]


def statistics(request: Request[StatisticsParams]) -> Result[StatisticRow]:
    """List what was counted by place, newest year first; a blank is no report, never nought."""
    parties, year = request.subjects["party"], request.params.year
    known = request.session.read(STATISTICS_OF, OfIds(ids=tuple(party.id for party in parties)))
    # A year is known of when it is over.
    known = [
        it for it in known if it.values.get("year") is None or passed(str(it.values["year"]), on=request.day) != "no"
    ]
    publishers = _publishers(request, known)
    by_party = {party.id: [it for it in known if it.values.get("place") == party.id] for party in parties}
    rows = [
        _row(request, party, it, publishers)
        for party in parties
        for it in sorted(by_party[party.id], key=_newest_first)
        if year in (None, it.values.get("year"))
    ]
    return Result(
        clauses=tuple(clause for party in parties for clause in _on_one(party, rows, year)),
        rows=tuple(rows),
        caveats=tuple(_caveats(rows)),
    )


def _newest_first(it: Entity) -> tuple[bool, int, str]:
    return it.values.get("legislation") is not None, -int(it.values.get("year") or 0), it.id


def _publishers(request: Request[StatisticsParams], known: Sequence[Entity]) -> dict[str, Subject]:
    ids = tuple(dict.fromkeys(it.values["publisher"] for it in known if it.values.get("publisher")))
    return {it.id: it.subject for it in request.session.read(ENTITIES_BY_ID, OfIds(ids=ids))}


def _row(
    request: Request[StatisticsParams], party: Subject, it: Entity, publishers: dict[str, Subject]
) -> SourcedRow[StatisticRow]:
    publisher = publishers.get(it.values.get("publisher") or "")
    return sourced(StatisticRow, it.values, about=party, day=request.day, **named("publisher", publisher))


def _on_one(party: Subject, rows: Rows, year: int | None) -> Iterator[SourcedClause]:
    """Say the newest counts of a place, or those of the year, then of which years there are any; last the law."""
    own = [row for row in rows if row.row.id == party.id]
    counted = [row for row in own if row.row.legislation is None]
    newest = counted[:1]
    values: dict[str, Any] = {"party": party.name, "year": year, "counts": {}, "counted": None, "publisher": None}
    if newest:
        stated = newest[0].row
        values["counts"] = {_WORDS[name]: value for name in _COUNTS if (value := getattr(stated, name))}
        values |= {"counted": stated.year, "publisher": stated.publisher_name}
    yield resting_on([row.refs for row in newest], "headline", **values)
    years = sorted({row.row.year for row in counted if row.row.year})
    if year is None and len(years) > 1:
        yield resting_on([row.refs for row in counted], "years", years=years)
    for row in own:
        if row.row.legislation:
            yield resting_on([row.refs], "legislation", scope=row.row.legislation, read=row.row.year)


def _caveats(rows: Rows) -> Iterator[UnwordedCaveat]:
    if not rows:
        return
    counts = [row.row.legislation is None for row in rows]
    yield caveat("uncertain", "definitions", rows=counts, clause="headline")
    hidden = [any(getattr(row.row, name) == "<5" for name in _COUNTS) for row in rows]
    yield caveat("partial", "hidden", rows=hidden, clause="headline")
    yield caveat("uncertain", "reading", rows=[not of_counts for of_counts in counts], clause="legislation")


STATISTICS = Question.of(
    statistics,
    title="How many victims, prosecutions and convictions were counted in this place, by year?",
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=(
        "name",
        "year",
        "victims",
        "prosecuted",
        "convicted",
        "offences",
        "formal_contact",
        "legislation",
        "confidence",
        "evidence",
    ),
)
