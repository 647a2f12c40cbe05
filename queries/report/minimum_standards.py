"""The minimum standards of TVPA section 108 beside what is held on a government that bears on each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import Field

from graph.domain.values import first_day
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Ref, Subject, Total
from queries.core.clauses import SourcedClause, clause
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.report.reads import LAWS_AND_PLANS_OF, STANDARDS

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

    party: str = Field(description="The government.", examples=["Ghana"])
    topic: str | None = Field(default=None, description="Only standards on this topic.", examples=["prosecution"])


class MinimumStandardRow(PartyRow):
    """One thing held on the government that bears on one standard, or that nothing is held."""

    standard: str = Field(description="Id of the standard.")
    standard_name: str = Field(description="Name of the standard.")
    citation: str | None = Field(default=None, description="Citation of the standard.")
    asks: str | None = Field(default=None, description="What the standard asks for, in short.")
    part: Part = Field(description="What the row is: an assessment, recommendation, law, plan or treaty, or nothing.")
    part_count: int = Field(default=0, description="How many of the part are held for the standard; five are rows.")
    what: str | None = Field(default=None, description="Id of what bears on the standard.")
    what_name: str | None = Field(default=None, description="Its name.")
    by: str | None = Field(default=None, description="Id of who made or issued it.")
    by_name: str | None = Field(default=None, description="Who made or issued it.")
    on: str | None = Field(default=None, description="Its day or year, possibly partial.")
    says: str | None = Field(default=None, description="What it says, in short: the tier, the advice, the status.")


@dataclass(frozen=True)
class _Thing:
    """Something held on the government, of any part."""

    part: Part
    id: str
    name: str
    on: str
    says: str | None
    topics: frozenset[str]
    refs: tuple[Ref, ...]
    held: Literal["yes", "unknown"] = "yes"
    by: Subject | None = None
    conflicts: tuple[str, ...] = ()

    def bears_on(self, standard: Entity) -> bool:
        """Say whether it is sorted under a standard: by a topic that not all share, or by a word of what it says."""
        said = standard.values
        of_trafficking = self.part == "assessment" or _COMMON in self.topics
        if of_trafficking and said.get("citation") in _WHATEVER_ITS_TOPICS.get(self.part, ()):
            return True
        specific = set(said.get("topics") or ()) - {_COMMON}
        text = folded(self.says or "") if self.part == "recommendation" else ""
        return bool(specific & self.topics) or any(folded(word) in text for word in said.get("words") or ())


def minimum_standards(request: Request[MinimumStandardsParams]) -> Result[MinimumStandardRow]:
    """List what bears on each standard, in the order of the law: assessments, advice, laws, plans, treaties.

    Where nothing is held on a standard a row says so; that says nothing of what the government does.
    """
    government = request.one("party")
    things = [*_assessments(request), *_advice(request), *_laws_and_plans(request), *_treaties(request)]
    standards = [one for one in _standards(request) if request.topic in (None, *(one.values.get("topics") or ()))]
    found = [(standard, [thing for thing in things if thing.bears_on(standard)]) for standard in standards]
    return Result(
        clauses=tuple(_clauses(government, found)),
        rows=tuple(row for standard, bearing in found for row in _rows(government, standard, bearing)),
        caveats=tuple(_caveats(found)),
        total=Total(value=sum(len(bearing) or 1 for _, bearing in found)),
    )


def _standards(request: Request[MinimumStandardsParams]) -> list[Entity]:
    """Return the standards of the section in its order: the whole first."""
    found: list[Entity] = request.session.read(STANDARDS, Everything())
    return [one for one in found if str(one.values.get("citation") or "").startswith(_WHOLE)]


def _assessments(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    for sourced in reversed(request.ask("tier-history", party=request.one("party").id).rows):
        row = sourced.row
        name, says = row.edition_name or f"TIP Report {row.year}", row.tier or "no tier"
        yield _of_row("assessment", sourced, row.edition or row.id, name, on=str(row.year), says=says)


def _advice(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    for sourced in request.ask("recommendations", party=request.one("party").id).rows:
        row = sourced.row
        topics = {*row.topics, *([row.pillar] if row.pillar else [])}
        if topics != {"child-labor"}:  # advice on child labor alone is no advice on trafficking
            by = Subject(id=row.issuer, cls="Party", name=row.issuer_name or "") if row.issuer else None
            on = row.published_on or str(row.year or "")
            advice = _of_row("recommendation", sourced, row.recommendation, row.recommendation_name, on=on)
            yield replace(advice, says=row.wording, topics=frozenset(topics), by=by)


def _laws_and_plans(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    found = request.session.read(LAWS_AND_PLANS_OF, OfIds(ids=(request.one("party").id,)))
    for each in sorted(found, key=lambda each: (each.cls, each.id)):
        said = each.values
        on = said.get("adopted_on") or said.get("in_force_on") or said.get("period_start") or said.get("status_on")
        if not on or first_day(on) <= request.day:
            yield _Thing(
                part="law" if each.cls == "Law" else "plan",
                id=each.id,
                name=each.name,
                on=on or "",
                says=said.get("citation") or said.get("status"),
                topics=frozenset(said.get("topics") or ()),
                refs=refs(said),
                held="yes" if passed(on, on=request.day) == "yes" else "unknown",
                conflicts=conflicts(said),
            )


def _treaties(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    rows = request.ask("treaty-status", party=request.one("party").id, status="party").rows
    ids = OfIds(ids=tuple(sorted({sourced.row.agreement for sourced in rows})))
    topics = {one.id: one.values.get("topics") or () for one in request.session.read(ENTITIES_BY_ID, ids)}
    for sourced in rows:
        row, since = sourced.row, sourced.row.action_on or sourced.row.in_force_on or ""
        says = f"party{f' since {since}' if since else ''}"
        treaty = _of_row("treaty", sourced, row.agreement, row.agreement_name, on=since, says=says)
        yield replace(treaty, topics=frozenset(topics.get(row.agreement, ())))


def _of_row(part: Part, sourced: SourcedRow[Any], id: str, name: str, *, on: str, says: str | None = None) -> _Thing:  # noqa: A002 - as in a row
    """Return a row of another question as something that bears on standards."""
    row = sourced.row
    return _Thing(part, id, name, on, says, frozenset(), sourced.refs, row.held, conflicts=row.conflicts)


def _rows(government: Subject, standard: Entity, things: Sequence[_Thing]) -> Iterator[SourcedRow[MinimumStandardRow]]:
    said = standard.values
    about = {
        **government.model_dump(),
        "standard": standard.id,
        "standard_name": standard.name,
        "citation": said.get("citation"),
        "asks": said.get("wording"),
    }
    if not things:
        yield SourcedRow(MinimumStandardRow(**about, held="unknown", part="nothing held"), refs(said))
    for part in dict.fromkeys(thing.part for thing in things):
        of = [thing for thing in things if thing.part == part]
        of.sort(key=lambda thing: (thing.on, thing.id), reverse=True)
        for thing in of[:_SHOWN]:
            row = MinimumStandardRow(
                **about,
                held=thing.held,
                conflicts=thing.conflicts,
                part=part,
                part_count=len(of),
                what=thing.id,
                what_name=thing.name,
                by=thing.by.id if thing.by else None,
                by_name=thing.by.name if thing.by else None,
                on=thing.on or None,
                says=thing.says,
            )
            yield SourcedRow(row, thing.refs, dated_by=refs(said))


def _clauses(government: Subject, found: Sequence[tuple[Entity, Sequence[_Thing]]]) -> Iterator[SourcedClause]:
    if not found:
        yield clause("no-standard")
        return
    last = next((thing for _, of in found for thing in of if thing.part == "assessment"), None)
    assessed = {"tier": last.says, "year": last.on} if last else None
    bare = [_short(standard) for standard, of in found if not of]
    numbers = {"touched": len(found) - len(bare), "standards": len(found)}
    yield clause("headline", party=government.name, assessed=assessed, **numbers)
    parts: dict[Part, set[str]] = {}
    for thing in (thing for _, of in found for thing in of):
        parts.setdefault(thing.part, set()).add(thing.id)
    if parts:
        yield clause("parts", parts={part: len(ids) for part, ids in parts.items()})
    if parts and bare:
        yield clause("bare", standards=bare)


def _short(standard: Entity) -> str:
    """Return the subsection: ``(b)(7)`` of ``22 USC 7106(b)(7)``."""
    return str(standard.values.get("citation") or standard.name).removeprefix(_WHOLE) or "as a whole"


def _caveats(found: Sequence[tuple[Entity, Sequence[_Thing]]]) -> Iterator[Caveat]:
    text = "What bears on which standard is our own sorting, by topics and words; it judges nothing."
    yield Caveat(kind="derived", text=text)
    if any(not of for _, of in found):
        text = "That nothing is on record on a standard says nothing of what the government does."
        yield Caveat(kind="unknown", text=text)


MINIMUM_STANDARDS = Question(
    name="minimum-standards",
    title="What is held on this government that bears on each of the minimum standards?",
    params=MinimumStandardsParams,
    row=MinimumStandardRow,
    function=minimum_standards,
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("citation", "asks", "part", "what_name", "by_name", "on", "says", "held", "confidence", "evidence"),
)
