"""The minimum standards of TVPA section 108 beside what is held on a government that bears on each of them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.domain.values import first_day
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, Ref, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import column, named, needed, option
from iga.queries.core.compiled import Everything
from iga.queries.core.days import passed
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, OfIds, conflicts, refs
from iga.queries.core.reads import ENTITIES_BY_ID, LAWS_AND_PLANS_OF
from iga.queries.core.rows import Rows
from iga.queries.core.tip_report import STANDARDS

Part = Literal["assessment", "recommendation", "law", "plan", "treaty", "nothing held"]

_WHOLE = "22 USC 7106"
# Beside what topics and words tell: a placement judges the whole and is the year before's yardstick, a law or treaty on
# trafficking prohibits it, a plan is an effort.
_WHATEVER_ITS_TOPICS: Mapping[str, tuple[str, ...]] = {
    "assessment": (_WHOLE, "22 USC 7106(b)(11)"),
    "law": ("22 USC 7106(a)(1)",),
    "treaty": ("22 USC 7106(a)(1)",),
    "plan": ("22 USC 7106(a)(4)",),
}
# Every standard has it, so it sorts nothing.
_COMMON = "trafficking-in-persons"
# Of each part of each standard, the newest.
_SHOWN = 5


class MinimumStandardsParams(Params):
    """What `minimum-standards` is asked with."""

    party: str = needed("The government.", "Ghana")
    topic: str | None = option("Only standards on this topic.", "prosecution")


class MinimumStandardRow(PartyRow):
    """One thing held on the government that bears on one standard, or that nothing is held."""

    standard: str = needed("Id of the standard.")
    standard_name: str = needed("Name of the standard.")
    citation: str | None = column("Citation of the standard.")
    asks: str | None = column("What the standard asks for, in short.")
    part: Part = needed("What the row is: an assessment, recommendation, law, plan or treaty, or nothing.")
    part_count: int = column("How many of the part are held for the standard; five are rows.", 0)
    what: str | None = column("Id of what bears on the standard.")
    what_name: str | None = column("Its name.")
    by: str | None = column("Id of who made or issued it.")
    by_name: str | None = column("Who made or issued it.")
    on: str | None = column("Its day or year, possibly partial.")
    says: str | None = column("What it says, in short: the tier, the advice, the status.")


@dataclass(frozen=True)
class _Thing:
    """Something held on the government, of any part: columns of its row, the topics it is on, its source rows."""

    part: Part
    columns: Mapping[str, Any]
    topics: frozenset[str]
    refs: tuple[Ref, ...]

    @property
    def place(self) -> tuple[str, str]:
        """Its day and its id."""
        return self.columns["on"] or "", self.columns["what"]

    def bears_on(self, standard: Entity) -> bool:
        """True if it is sorted under a standard: by a topic that not all share, or by a word of what it says."""
        values = standard.values
        of_trafficking = self.part == "assessment" or _COMMON in self.topics
        if of_trafficking and values.get("citation") in _WHATEVER_ITS_TOPICS.get(self.part, ()):
            return True
        specific = set(values.get("topics") or ()) - {_COMMON}
        text = folded(self.columns["says"] or "") if self.part == "recommendation" else ""
        return bool(specific & self.topics) or any(folded(word) in text for word in values.get("words") or ())


Bearing = tuple[Entity, list[_Thing]]
"""A standard, and what bears on it."""


def minimum_standards(request: Request[MinimumStandardsParams]) -> Result[MinimumStandardRow]:
    """List what bears on each standard, in the order of the law: assessments, advice, laws, plans, treaties.

    Where nothing is held on a standard a row says so; that says nothing of what the government does.
    """
    things = [*_assessments(request), *_advice(request), *_laws_and_plans(request), *_treaties(request)]
    standards = [
        standard
        for standard in request.session.read(STANDARDS, Everything())
        if str(standard.values.get("citation") or "").startswith(_WHOLE)
        and request.topic in (None, *(standard.values.get("topics") or ()))
    ]
    bearing = [(standard, [thing for thing in things if thing.bears_on(standard)]) for standard in standards]
    party, is_bare = request.one("party"), any(not of for _, of in bearing)
    rows = Rows(tuple(row for standard, of in bearing for row in _rows(party, standard, of)))
    caveats = (caveat("derived", "own-sorting"), *((caveat("unknown", "nothing-held"),) if is_bare else ()))
    total = Total(value=sum(len(of) or 1 for _, of in bearing))
    return Result.of(_clauses(party, bearing, things), rows, caveats, total=total)


def _assessments(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    for sourced in request.ask("tier-history", party=request.one("party").id).rows:
        row = sourced.row
        name = row.edition_name or f"TIP Report {row.year}"
        columns = {"what": row.edition or row.id, "what_name": name, "on": str(row.year), "says": row.tier or "no tier"}
        yield _of_row("assessment", sourced, columns)


def _advice(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    for sourced in request.ask("recommendations", party=request.one("party").id).rows:
        row = sourced.row
        topics = {*row.topics, *filter(None, [row.pillar])}
        if topics != {"child-labor"}:  # advice on child labor alone is no advice on trafficking
            by = {"by": row.issuer, "by_name": (row.issuer_name or "") if row.issuer else None}
            on = row.published_on or (str(row.year) if row.year else None)
            columns = {"what": row.recommendation, "what_name": row.recommendation_name, "on": on, "says": row.wording}
            yield _of_row("recommendation", sourced, columns | by, topics)


def _laws_and_plans(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    entities = request.session.read(LAWS_AND_PLANS_OF, OfIds(ids=(request.one("party").id,)))
    for entity in sorted(entities, key=lambda entity: (entity.cls, entity.id)):
        values = entity.values
        days = (values.get(field) for field in ("adopted_on", "in_force_on", "period_start", "status_on"))
        on = next(filter(None, days), None)
        if not on or first_day(on) <= request.day:
            held = "yes" if passed(on, on=request.day) == "yes" else "unknown"
            says = values.get("citation") or values.get("status")
            columns = {**named("what", entity), "on": on, "says": says, "held": held, "conflicts": conflicts(values)}
            part: Part = "law" if entity.cls == "Law" else "plan"
            yield _Thing(part, columns, frozenset(values.get("topics") or ()), refs(values))


def _treaties(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    rows = request.ask("treaty-status", party=request.one("party").id, status="party").rows
    ids = OfIds(ids=tuple(sorted({sourced.row.agreement for sourced in rows})))
    topics = {one.id: one.values.get("topics") or () for one in request.session.read(ENTITIES_BY_ID, ids)}
    for sourced in rows:
        row, since = sourced.row, sourced.row.action_on or sourced.row.in_force_on
        says = f"party since {since}" if since else "party"
        columns = {"what": row.agreement, "what_name": row.agreement_name, "on": since, "says": says}
        yield _of_row("treaty", sourced, columns, topics.get(row.agreement, ()))


def _of_row(part: Part, sourced: SourcedRow[Any], columns: Mapping[str, Any], topics: Collection[str] = ()) -> _Thing:
    """Return a row of another question as something that bears on standards."""
    of_row = {"held": sourced.row.held, "conflicts": sourced.row.conflicts}
    return _Thing(part, {**columns, **of_row}, frozenset(topics), sourced.refs)


def _rows(government: Subject, standard: Entity, things: Sequence[_Thing]) -> Iterator[SourcedRow[MinimumStandardRow]]:
    values = standard.values
    short = {"citation": values.get("citation"), "asks": values.get("wording")}
    about = {**government.model_dump(), **named("standard", standard), **short}
    if not things:
        yield SourcedRow(MinimumStandardRow(**about, held="unknown", part="nothing held"), refs(values))
    for part in dict.fromkeys(thing.part for thing in things):
        of = sorted((thing for thing in things if thing.part == part), key=lambda thing: thing.place, reverse=True)
        for thing in of[:_SHOWN]:
            row = MinimumStandardRow(**about, **thing.columns, part=part, part_count=len(of))
            yield SourcedRow(row, thing.refs, dated_by=refs(values))


def _clauses(government: Subject, bearing: Sequence[Bearing], every: Sequence[_Thing]) -> Iterator[SourcedClause]:
    if not bearing:
        yield clause("no-standard")
        return
    things = [thing for _, of in bearing for thing in of]
    last = next((thing for thing in every if thing.part == "assessment"), None)
    assessed = {"tier": last.columns["says"], "year": last.columns["on"]} if last else None
    bare = [str(standard.values.get("citation") or standard.name) for standard, of in bearing if not of]
    numbers = {"touched": len(bearing) - len(bare), "standards": len(bearing)}
    yield clause("headline", party=government.name, assessed=assessed, **numbers)
    counts = Counter({(thing.part, thing.columns["what"]): thing.part for thing in things}.values())
    yield clause("parts", parts=dict(counts))
    # The subsection alone: "(b)(7)" of "22 USC 7106(b)(7)".
    yield clause("bare", standards=[name.removeprefix(_WHOLE) or "as a whole" for name in bare if counts])


MINIMUM_STANDARDS = Question.of(
    minimum_standards,
    title="What is held on this government that bears on each of the minimum standards?",
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("citation", "asks", "part", "what_name", "by_name", "on", "says", "held", "confidence", "evidence"),
)
