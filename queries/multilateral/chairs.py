"""Who leads a body on a day, in which office, or over a period; who drafts for it; years without anybody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.domain.edges import BODIES, MemberOf
from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from iga.queries.core.columns import column, copied, needed, of, option, sourced
from iga.queries.core.days import Passed, first_of, latest, passed, the_day
from iga.queries.core.holders import (
    Holder,
    OtherHolder,
    first_sign,
    followed,
    holder_of,
    holding_of,
    is_office,
    stretches_of,
    succeeded,
)
from iga.queries.core.membership import standing_of
from iga.queries.core.periods import falls
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, grouped, refs
from iga.queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF, POSTS_IN
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges
from iga.queries.core.wording import outcome
from iga.queries.multilateral.reads import RESOLUTIONS_OF, SPONSORS_OF

_CHAIRS = ("chair", "president", "penholder", "troika", "bureau")
_FIRST = ("chair", "president", "co chair")


class ChairsParams(Params):
    """What `chairs` is asked with."""

    party: str = needed("The body.", "OSCE")
    role: str | None = option("Only this office: chair, co-chair, vice-chair.", "chair")
    since: str | None = option("First day of a period, to see all who had an office in it; else the day alone.", "2015")
    until: str | None = option("Last day of that period; the day asked for if left out.", "2025")


class ChairRow(PartyRow):
    """One party or post with an office in the body; a post is told with who holds it."""

    body: str = needed("Id of the body.")
    body_name: str = needed("Name of the body.")
    office: str = needed("Chair, co-chair, vice-chair, penholder.")
    way: Literal["office", "post", "text"] = needed(
        "How it is known: an office in the body, a post of the body, or the main sponsor of its last text."
    )
    start: str | None = of(MemberOf, "period", "start")
    end: str | None = of(MemberOf, "period", "end")
    end_kind: str | None = of(MemberOf, "period", "end_kind")
    holder: str | None = column("Id of who holds the post, as far as known.")
    holder_name: str | None = column("Name of who holds the post, as far as known.")
    holding: str | None = column("How it is held: in office, acting, vacant; null is no post.")
    seen_on: str | None = column("When it was last seen by the day.")
    capacity: str | None = column("Capacity in which the post is held, as its source states it: acting, designate.")
    other_holders: tuple[OtherHolder, ...] = column("Others who may hold the post too, or are to hold it.", ())


@dataclass(frozen=True)
class _Stretch:
    """The day, or the period where one is asked for: its first day is then not blank."""

    day: str
    since: str
    until: str

    def held(self, term: Mapping[str, Any]) -> Passed:
        """Return whether a term held in the period."""
        start, end = term.get("period_start"), term.get("period_end")
        if (start and first_day(start) > self.until) or (end and last_day(end) < self.since):
            return "no"
        days = [*(term.get("attested_on") or ()), *filter(None, (start, end))]
        if any(falls(day, since=self.since, until=self.until) != "no" for day in days):
            return "yes"
        # It began before the period: that it went on into it, its end says, or that it is said to go on.
        return "yes" if start and (end or term.get("period_end_kind") == "open") else "unknown"


def chairs(request: Request[ChairsParams]) -> Result[ChairRow]:
    """List who holds the offices of a body on a day, chairs first; over a period, latest first.

    Offices are those of members, and posts of the body that are chairs. Who drafts for the body is told by the main
    sponsors of the last text it is known to have adopted, where no penholder is named.

    Raises:
        UsageError: The period is no period.
    """
    body, params, wanted = request.one("party"), request.params, folded(request.params.role or "")
    since = first_of(params.since, parameter="since") if params.since else FIRST_DAY if params.until else ""
    over = _Stretch(request.day, since, the_day(params.until, today=request.day, parameter="until"))
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
    members = by_name(request.session.read(MEMBERS_OF, OfIds(ids=(body.id,))))
    offices = [edge for edge in members if _leads(edge.properties.get("office"))]
    offices = [edge for edge in offices if not wanted or is_office(edge.properties["office"], wanted)]
    terms = Rows.of(_terms(body, offices, over))
    posts = Rows.of(_posts(request, body, over, _leads) if not wanted or wanted in _FIRST else ())
    if not (terms or posts or wanted):
        # A post that is known to be vacant heads a body before one of which nothing is known.
        posts = Rows.of(_posts(request, body, over, _heads), lambda post: post.holding == "holder not held")
    has_penholder = any("penholder" in folded(term.office) for term in terms)
    texts = Rows.of(() if has_penholder or (wanted and wanted != "penholder") else _drafters(request, body))
    clauses = _clauses(request, terms + posts, texts, over, offices)
    return Result.of(clauses, terms + posts + texts, _caveats(body, offices, terms, over), refs=refs(card.values))


def _leads(office: str | None) -> bool:
    """True if an office leads a body or drafts for it."""
    return any(word in folded(office or "") for word in _CHAIRS)


def _heads(office: str) -> bool:
    """Return True if an office is at the head of a body that nobody chairs."""
    return folded(office).startswith("head")


def _in_order(terms: Sequence[EdgeRow]) -> list[EdgeRow]:
    return sorted(terms, key=lambda edge: (edge.properties.get("period_start") or "", edge.key))


def _terms(body: Subject, offices: Sequence[EdgeRow], over: _Stretch) -> Iterator[SourcedRow[ChairRow]]:
    """Yield the offices of members: over a period latest first, on a day by the office, chairs first."""
    edges, known = _in_order(offices), _held(offices, over)
    edges = edges[::-1] if over.since else sorted(edges, key=lambda edge: _place(folded(edge.properties["office"])))
    for edge in edges:
        if (held := known.get(edge.key, "no")) != "no":
            seen_on, office = latest(edge.properties.get("attested_on"), on=over.day), edge.properties["office"]
            columns = {"body": body, "way": "office", "office": office, "seen_on": seen_on}
            yield sourced(ChairRow, edge.properties, about=edge.other, held=held, **columns)


def _held(offices: Sequence[EdgeRow], over: _Stretch) -> dict[str, Passed]:
    """Return whether each office was held on the day, or in the period."""
    if not over.since:
        return standing_of(offices, offices, day=over.day)
    in_period = {edge.key: over.held(edge.properties) for edge in offices}
    return {**in_period, **dict.fromkeys(succeeded(offices, by=over.since), "no")}


def _place(office: str) -> tuple[int, str]:
    return (_FIRST.index(office) if office in _FIRST else len(_FIRST)), office


def _posts(
    request: Request[ChairsParams], body: Subject, over: _Stretch, leads: Callable[[str], bool]
) -> Iterator[SourcedRow[ChairRow]]:
    """Yield the posts of the body that lead it, each with who holds it; over a period, with all who held it."""
    edges = by_name(Edges(request.session, "" if over.since else over.day).every(POSTS_IN, [body.id]))
    edges = [edge for edge in edges if any(leads(edge.values.get(name) or "") for name in ("role", "level"))]
    edges = [edge for edge in edges if not over.since or over.held(edge.properties) != "no"]
    terms = grouped(request.session.read(HOLDERS_OF, OfIds(ids=tuple(edge.id for edge in edges))))
    for edge in edges:
        of_post = terms.get(edge.id, [])
        if not over.since:
            yield _post(body, edge, holder_of(edge.values, of_post, day=over.day), {})
            continue
        gone = followed(of_post, by=over.since)
        for term in reversed(_in_order([term for term in of_post if term.key not in gone])):
            held, sign = over.held(term.properties), first_sign(term.properties)
            # nobody is in a post before any sign of it
            if held != "no" and not (sign and first_day(sign) > over.until):
                yield _post(body, edge, _holder(term, held), term.properties)


def _holder(term: EdgeRow, held: Passed) -> Holder:
    seen_on = max(term.properties.get("attested_on") or (), default=None)
    holding = holding_of(term, held)
    return Holder(holding, term.other, term.properties.get("capacity"), seen_on, held, (term.properties,))


def _post(body: Subject, edge: FullEdgeRow, holder: Holder, term: Mapping[str, Any]) -> SourcedRow[ChairRow]:
    return sourced(
        ChairRow,
        *(edge.properties, edge.values, *holder.sources),
        about=edge.other,
        held=holder.held,
        **copied(ChairRow, term, day=FIRST_DAY),
        conflicts=conflicts(*holder.sources),
        body=body,
        office=edge.values.get("level") or edge.values.get("role") or "chair",
        way="post",
        holder=holder.incumbent,
        holding=holder.holding,
        seen_on=holder.seen_on,
        capacity=holder.capacity,
        other_holders=holder.others,
    )


def _drafters(request: Request[ChairsParams], body: Subject) -> Iterator[SourcedRow[ChairRow]]:
    """Yield the main sponsors of the last text that the body is known to have adopted and of which there are some."""
    texts = request.session.read(RESOLUTIONS_OF, OfIds(ids=(body.id,)))
    texts = [text for text in texts if passed(text.values.get("adopted_on"), on=request.day) == "yes"]
    texts = [text for text in texts if outcome(text.values.get("adopted_by")) == "adopted"]
    sponsors = by_name(request.session.read(SPONSORS_OF, OfIds(ids=tuple(text.id for text in texts))))
    mains = grouped(edge for edge in sponsors if edge.properties.get("role") == "main")
    if texts := [text for text in texts if text.id in mains]:
        last = max(texts, key=lambda text: (text.values["adopted_on"], text.id))
        office = f"penholder, as main sponsor of {last.name}"
        columns = {"body": body, "office": office, "way": "text", "seen_on": last.values["adopted_on"]}
        for edge in mains[last.id]:
            shown = {"conflicts": conflicts(edge.properties), **columns}
            yield sourced(ChairRow, edge.properties, last.values, about=edge.other, held="unknown", **shown)


_IN_SHORT = {"office", "name", "way", "start", "end", "end_kind", "held", "holder_name", "holding", "seen_on"}
_IN_SHORT |= {"id", "capacity"}


def _clauses(
    request: Request[ChairsParams],
    terms: Rows[ChairRow],
    texts: Rows[ChairRow],
    over: _Stretch,
    offices: Sequence[EdgeRow],
) -> Iterator[SourcedClause]:
    since = "" if over.since == FIRST_DAY else over.since
    period = {"since": since, "until": over.until} if over.since else {"since": None, "until": None}
    named = {"body": request.one("party").name, **period}
    if terms:
        in_order = Rows.of(terms.sourced, lambda row: _place(folded(row.office))[0]) if over.since else terms
        stretches = stretches_of(offices)
        shown = _joined([_shown(row, over, stretches) for row in in_order])
        before = [] if over.since else _before(stretches, shown[0])
        rests_on = (terms.refs, refs(*(edge.properties for edge in before)))
        last = [_term_in_short(edge) for edge in before]
        yield resting_on(rests_on, "headline", **named, terms=shown, before=last)
        for term in in_order.each():
            [row] = term
            others = [other.model_dump() for other in row.other_holders]
            yield term.clause("other-holders", post=row.name if len(terms) > 1 else "", others=others)
    else:
        nearest = _nearest(offices, over.since or over.day)
        told = [_term_in_short(edge) for edge in nearest]
        yield clause(
            "nobody", *(edge.properties for edge in nearest), **named, office=request.params.role, nearest=told
        )
    yield texts.clause("drafters", names=[text.name for text in texts])


def _shown(row: ChairRow, over: _Stretch, stretches: Sequence[EdgeRow]) -> dict[str, Any]:
    """Return what a sentence says of a row; of a term, from when to when somebody has had the office in one go."""
    ended = (row.end and last_day(row.end) < over.day) or (over.since and over.until < over.day)
    shown = row.model_dump(include=_IN_SHORT) | {"is_past": bool(ended)}
    own = [edge.properties for edge in stretches if (edge.id, edge.properties["office"]) == (row.id, row.office)]
    whole = next((term for term in own if row.start and _is_within(row, term)), {})
    return shown | {name: whole.get(f"period_{name}") for name in ("start", "end", "end_kind") if whole}


def _is_within(row: ChairRow, term: Mapping[str, Any]) -> bool:
    """Return True if a row is of a stretch of terms."""
    begins = (term.get("period_start") or "") <= (row.start or "")
    return begins and (row.end or LAST_DAY) <= (term.get("period_end") or LAST_DAY)


def _joined(shown: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is shown, one stretch of several terms once."""
    return [one for place, one in enumerate(shown) if one not in shown[:place]]


def _before(stretches: Sequence[EdgeRow], first: Mapping[str, Any]) -> list[EdgeRow]:
    """Return who else held the same office just before, none where that is not known."""
    start = first["start"] or ""
    terms = [edge for edge in stretches if edge.properties["office"] == first["office"] and edge.id != first["id"]]
    earlier = [edge for edge in terms if (edge.properties.get("period_start") or "") < start]
    ended = [edge for edge in earlier if (edge.properties.get("period_end") or "9") <= start]
    return _in_order(ended)[-1:]


def _nearest(offices: Sequence[EdgeRow], day: str) -> list[EdgeRow]:
    """Return the last dated terms that had begun by a day, and the first after it: of chairs and co-chairs, if any.

    Those who share an office for the same time stand together.
    """
    dated = [edge for edge in _in_order(offices) if edge.properties.get("period_start")]
    leading = [edge for edge in dated if _place(folded(edge.properties["office"]))[0] < len(_FIRST)]
    dated = leading or dated
    starts = list(dict.fromkeys(edge.properties["period_start"] for edge in dated))
    begun = [start for start in starts if first_day(start) <= day]
    near = [*begun[-1:], *starts[len(begun) : len(begun) + 1]]
    return [edge for edge in dated if edge.properties["period_start"] in near]


def _term_in_short(edge: EdgeRow) -> dict[str, Any]:
    period = {name: edge.properties.get(f"period_{name}") for name in ("start", "end", "end_kind")}
    return {"name": edge.name, "office": edge.properties["office"], "way": "office", **period}


def _caveats(
    body: Subject, offices: Sequence[EdgeRow], terms: Rows[ChairRow], over: _Stretch
) -> Iterator[UnwordedCaveat]:
    """Name the years without anybody, within the period or up to the day, and the last with somebody."""
    years = {year for edge in offices for year in _years(edge.properties, over.until)}
    if over.since and years:
        asked = range(max(int(over.since[:4]), min(years)), int(over.until[:4]) + 1)
        of = "headline" if terms else "nobody"
        yield caveat("unknown", "years-lacking", clause=of, body=body.name, years=[y for y in asked if y not in years])
    elif years and not terms.where(held="yes"):
        before = max((year for year in years if year <= int(over.day[:4])), default=None)
        yield caveat("unknown", "nobody-on-day", body=body.name, before=before)


def _years(term: Mapping[str, Any], until: str) -> range | set[int]:
    start, end, seen = term.get("period_start"), term.get("period_end"), term.get("attested_on") or ()
    if not start:
        return {int(day[:4]) for day in (*seen, *filter(None, [end]))}
    last = end or (until if term.get("period_end_kind") == "open" else max([start, *seen]))
    return range(int(start[:4]), int(last[:4]) + 1)


CHAIRS = Question.of(
    chairs,
    title="Who chairs this body, who are co-chairs and vice-chairs, and who drafts?",
    names={"party": BODIES},
    example={"party": "OSCE", "since": "2015"},
    columns=("office", "name", "holder_name", "start", "end", "seen_on", "held", "confidence", "evidence"),
    maturity="trial",
)
