"""The minimum standards of TVPA section 108 beside what is held on a government that bears on each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from graph.domain.values import first_day
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Ref, Subject, Total
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.wording import counted, listed
from queries.instruments.agreements import TreatyStatusParams, treaty_status
from queries.instruments.bonds import BondRow
from queries.instruments.reads import PLANS_OF_GOVERNMENTS
from queries.multilateral.recommendations import RecommendationRow, RecommendationsParams, recommendations
from queries.report.reads import LAWS_OF_GOVERNMENTS, STANDARDS
from queries.report.tiers import TierHistoryParams, TierRow, tier_history

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


# As many subsections can be read aloud.
_FEW = 4


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


def minimum_standards(request: Request[MinimumStandardsParams]) -> Result:
    """List what bears on each standard, in the order of the law: assessments, advice, laws, plans, treaties.

    Where nothing is held on a standard a row says so; that says nothing of what the government does.
    """
    government = request.one("party")
    things = [*_assessments(request), *_advice(request), *_laws_and_plans(request), *_treaties(request)]
    standards = [one for one in _standards(request) if request.topic in (None, *(one.values.get("topics") or ()))]
    found = [(standard, [thing for thing in things if thing.bears_on(standard)]) for standard in standards]
    sourced_rows = tuple(draft for standard, of in found for draft in _sourced_rows(government, standard, of))
    return Result(
        sentence=_sentence(government, found),
        rows=sourced_rows,
        caveats=tuple(_caveats(found)),
        total=Total(value=sum(len(of) or 1 for _, of in found)),
    )


def _standards(request: Request[MinimumStandardsParams]) -> list[Entity]:
    """Return the standards of the section in its order: the whole first."""
    found: list[Entity] = request.session.read(STANDARDS, Everything())
    return [one for one in found if str(one.values.get("citation") or "").startswith(_WHOLE)]


def _assessments(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    found = tier_history(Request(request.session, TierHistoryParams(party=""), request.day, request.subjects))
    for draft in reversed(found.rows):
        row = draft.row
        assert isinstance(row, TierRow)
        yield _Thing(
            "assessment", row.edition or row.id, row.edition_name or f"TIP Report {row.year}", str(row.year),
            row.tier or "no tier", frozenset(), draft.refs, row.held, conflicts=row.conflicts,
        )  # fmt: skip


def _advice(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    found = recommendations(Request(request.session, RecommendationsParams(), request.day, request.subjects))
    for draft in found.rows:
        row = draft.row
        assert isinstance(row, RecommendationRow)
        topics = {*row.topics, *([row.pillar] if row.pillar else [])}
        if topics != {"child-labor"}:  # advice on child labor alone is no advice on trafficking
            by = Subject(id=row.issuer, cls="Party", name=row.issuer_name or "") if row.issuer else None
            yield _Thing(
                "recommendation", row.recommendation, row.recommendation_name, row.published_on or str(row.year or ""),
                row.wording, frozenset(topics), draft.refs, row.held, by, row.conflicts,
            )  # fmt: skip


def _laws_and_plans(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    of = OfIds(ids=(request.one("party").id,))
    for part, read in (("law", LAWS_OF_GOVERNMENTS), ("plan", PLANS_OF_GOVERNMENTS)):
        for each in request.session.read(read, of):
            said = each.values
            on = said.get("adopted_on") or said.get("in_force_on") or said.get("period_start") or said.get("status_on")
            if not on or first_day(on) <= request.day:
                held: Literal["yes", "unknown"] = "yes" if passed(on, on=request.day) == "yes" else "unknown"
                yield _Thing(
                    "law" if part == "law" else "plan", each.id, each.name, on or "",
                    said.get("citation") or said.get("status"), frozenset(said.get("topics") or ()), refs(said), held,
                    conflicts=conflicts(said),
                )  # fmt: skip


def _treaties(request: Request[MinimumStandardsParams]) -> Iterator[_Thing]:
    found = treaty_status(
        Request(request.session, TreatyStatusParams(party="", status="party"), request.day, request.subjects)
    )
    rows = [(draft.row, draft) for draft in found.rows if isinstance(draft.row, BondRow)]
    ids = OfIds(ids=tuple(sorted({row.agreement for row, _ in rows})))
    topics = {one.id: one.values.get("topics") or () for one in request.session.read(ENTITIES_BY_ID, ids)}
    for row, draft in rows:
        since = row.action_on or row.in_force_on or ""
        yield _Thing(
            "treaty", row.agreement, row.agreement_name, since, f"party{f' since {since}' if since else ''}",
            frozenset(topics.get(row.agreement, ())), draft.refs, row.held, conflicts=row.conflicts,
        )  # fmt: skip


def _sourced_rows(government: Subject, standard: Entity, things: Sequence[_Thing]) -> Iterator[SourcedRow]:
    if not things:
        yield SourcedRow(_row(government, standard, None, 0), refs(standard.values))
    for part in dict.fromkeys(thing.part for thing in things):
        of = [thing for thing in things if thing.part == part]
        of.sort(key=lambda thing: (thing.on, thing.id), reverse=True)
        for thing in of[:_SHOWN]:
            yield SourcedRow(_row(government, standard, thing, len(of)), thing.refs, dated_by=refs(standard.values))


def _row(government: Subject, standard: Entity, thing: _Thing | None, count: int) -> MinimumStandardRow:
    by = thing.by if thing else None
    return MinimumStandardRow(
        held=thing.held if thing else "unknown",
        conflicts=thing.conflicts if thing else (),
        id=government.id,
        cls=government.cls,
        name=government.name,
        iso3=government.iso3,
        standard=standard.id,
        standard_name=standard.name,
        citation=standard.values.get("citation"),
        asks=standard.values.get("wording"),
        part=thing.part if thing else "nothing held",
        part_count=count,
        what=thing.id if thing else None,
        what_name=thing.name if thing else None,
        by=by.id if by else None,
        by_name=by.name if by else None,
        on=(thing.on or None) if thing else None,
        says=thing.says if thing else None,
    )


def _sentence(government: Subject, found: Sequence[tuple[Entity, Sequence[_Thing]]]) -> str:
    if not found:
        return "none of the minimum standards held here is sorted under that topic"
    touched = [standard for standard, of in found if of]
    bare = [_short(standard) for standard, of in found if not of]
    parts: dict[Part, set[str]] = {}
    for _, of in found:
        for thing in of:
            parts.setdefault(thing.part, set()).add(thing.id)
    words = [counted(len(ids), *_NOUNS[part]) for part, ids in parts.items()]
    first = f"{government.name}: something is held on {len(touched) or 'none'} of {counted(len(found), 'standard')}"
    first += f" ({listed(words)})" if words else ""
    last = next((thing for _, of in found for thing in of if thing.part == "assessment"), None)
    first += f"; last assessed as {last.says} in {last.on}" if last else "; no assessment is held"
    return first + (f"; nothing is held on {_bare(bare)}" if bare and touched else "")


def _bare(bare: Sequence[str]) -> str:
    """Return the standards on which nothing is held; many are counted."""
    return f"22 USC 7106 {listed(bare)}" if len(bare) <= _FEW else f"the other {len(bare)}"


_NOUNS: Mapping[Part, tuple[str, str]] = {
    "assessment": ("assessment", "assessments"),
    "recommendation": ("recommendation", "recommendations"),
    "law": ("law", "laws"),
    "plan": ("plan", "plans"),
    "treaty": ("treaty", "treaties"),
    "nothing held": ("nothing", "nothing"),
}


def _short(standard: Entity) -> str:
    """Return the subsection: ``(b)(7)`` of ``22 USC 7106(b)(7)``."""
    return str(standard.values.get("citation") or standard.name).removeprefix(_WHOLE) or "as a whole"


def _caveats(found: Sequence[tuple[Entity, Sequence[_Thing]]]) -> Iterator[Caveat]:
    text = "What bears on which standard is our own sorting, by topics and words; it judges nothing."
    yield Caveat(kind="derived", text=text)
    if any(not of for _, of in found):
        text = "That nothing is held on a standard says nothing of what the government does."
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
