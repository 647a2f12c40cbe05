"""Offices in a body: which are chairs, which terms fall on a day or into a period, and the posts that chair it."""

from typing import Any, Literal

from pydantic import Field

from graph.domain.values import first_day, last_day
from graph.text import folded
from queries.core.answer import PartyRow, Subject
from queries.core.days import Passed, held_on
from queries.core.holders import Holder, holder_of
from queries.core.membership import membership_on
from queries.core.question import Params, Request, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import HOLDERS_OF, POSTS_IN

Way = Literal["office", "post", "text"]
_CHAIRS = ("chair", "president", "penholder", "troika", "bureau")


class ChairRow(PartyRow):
    """One party or post with an office in the body; a post is told with who holds it."""

    body: str = Field(description="Id of the body.")
    body_name: str = Field(description="Name of the body.")
    office: str = Field(description="Chair, co-chair, vice-chair, penholder.")
    way: Way = Field(
        description="How it is known: an office in the body, a post of the body, or the main sponsor of its last text."
    )
    start: str | None = Field(default=None, description="First day of the term, possibly partial.")
    end: str | None = Field(
        default=None, description="Last day of the term, possibly partial; null is open or unknown."
    )
    holder: str | None = Field(default=None, description="Id of who holds the post, as far as known.")
    holder_name: str | None = Field(default=None, description="Name of who holds the post, as far as known.")
    holding: str | None = Field(default=None, description="How it is held: in office, acting, vacant; null is no post.")
    seen_on: str | None = Field(default=None, description="When it was last seen by the day.")


def is_chair(office: str | None) -> bool:
    """Say whether an office leads a body or drafts for it."""
    return any(word in folded(office or "") for word in _CHAIRS)


def held_in(request: Request[Params], said: dict[str, Any], since: str, until: str) -> Passed:
    """Say whether a term held on the day asked for, or, where a period begins, in that period."""
    if not since:
        return membership_on(said, day=request.day)
    start, end = said.get("period_start"), said.get("period_end")
    if (start and first_day(start) > until) or (end and last_day(end) < since):
        return "no"
    seen = [day for day in said.get("attested_on") or () if since <= last_day(day) and first_day(day) <= until]
    return "yes" if seen or start or end else "unknown"


def posts_of(request: Request[Params], body: Subject, since: str, until: str) -> list[SourcedRow]:
    """Return the posts of the body that chair it, each with who holds it; over a period, with all who held it."""
    edges = [edge for edge in request.session.read(POSTS_IN, OfIds(ids=(body.id,))) if is_chair(_office_of(edge))]
    terms = grouped(request.session.read(HOLDERS_OF, OfIds(ids=tuple(edge.id for edge in edges))))
    rows = []
    for edge in by_name(edges):
        of = terms.get(edge.id, [])
        if not since:
            rows.append(_post_row(edge, body, holder_of(edge.values, of, day=request.day)))
            continue
        held = [one for one in of if held_in(request, one.properties, since, until) != "no"]
        held.sort(key=lambda one: (one.properties.get("period_start") or "", one.key), reverse=True)
        rows += [_post_row(edge, body, _holder(one, request.day), one.properties) for one in held]
    return rows


def _office_of(edge: FullEdgeRow) -> str:
    return f"{edge.values.get('role') or ''} {edge.values.get('level') or ''}"


def _holder(term: EdgeRow, day: str) -> Holder:
    held = held_on(term.properties, day=day)
    holding: Any = "in office" if held == "yes" else "not known to be in office"
    return Holder(
        holding,
        term.other,
        term.properties.get("capacity"),
        max(term.properties.get("attested_on") or (), default=None),
        held,
        (term.properties,),
    )


def _post_row(edge: FullEdgeRow, body: Subject, holder: Holder, term: dict[str, Any] | None = None) -> SourcedRow:
    person = holder.person
    row = ChairRow(
        held="yes" if holder.held == "yes" else "unknown",
        conflicts=conflicts(*holder.sources),
        id=edge.id,
        cls=edge.cls,
        name=edge.name,
        body=body.id,
        body_name=body.name,
        office=edge.values.get("level") or edge.values.get("role") or "chair",
        way="post",
        start=(term or {}).get("period_start") or None,
        end=(term or {}).get("period_end") or None,
        holder=person.id if person else None,
        holder_name=person.name if person else None,
        holding=holder.holding,
        seen_on=holder.seen_on,
    )
    return SourcedRow(row, refs(edge.properties, edge.values, *holder.sources))
