"""Offices in a body: which are chairs, which terms fall on a day or into a period, and the posts that chair it."""

from typing import Any, Literal

from pydantic import Field

from graph.domain.values import first_day, last_day
from graph.text import folded
from queries.answer import PartyRow, Subject
from queries.contacts.holders import Holder, holder_of
from queries.days import Passed, held_on
from queries.multilateral.members import membership_on
from queries.question import Asked, Draft, Posed
from queries.reading import FullTie, OfIds, Tie, by_name, conflicts, grouped, refs
from queries.reads import HOLDERS_OF, POSTS_IN

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


def held_in(posed: Posed[Asked], said: dict[str, Any], since: str, until: str) -> Passed:
    """Say whether a term held on the day asked for, or, where a period begins, in that period."""
    if not since:
        return membership_on(said, day=posed.day)
    start, end = said.get("period_start"), said.get("period_end")
    if (start and first_day(start) > until) or (end and last_day(end) < since):
        return "no"
    seen = [day for day in said.get("attested_on") or () if since <= last_day(day) and first_day(day) <= until]
    return "yes" if seen or start or end else "unknown"


def posts_of(posed: Posed[Asked], body: Subject, since: str, until: str) -> list[Draft]:
    """Return the posts of the body that chair it, each with who holds it; over a period, with all who held it."""
    ties = [tie for tie in posed.asking.read(POSTS_IN, OfIds(ids=(body.id,))) if is_chair(_office_of(tie))]
    terms = grouped(posed.asking.read(HOLDERS_OF, OfIds(ids=tuple(tie.id for tie in ties))))
    rows = []
    for tie in by_name(ties):
        of = terms.get(tie.id, [])
        if not since:
            rows.append(_post_row(tie, body, holder_of(tie.values, of, day=posed.day)))
            continue
        held = [one for one in of if held_in(posed, one.tie, since, until) != "no"]
        held.sort(key=lambda one: (one.tie.get("period_start") or "", one.key), reverse=True)
        rows += [_post_row(tie, body, _holder(one, posed.day), one.tie) for one in held]
    return rows


def _office_of(tie: FullTie) -> str:
    return f"{tie.values.get('role') or ''} {tie.values.get('level') or ''}"


def _holder(term: Tie, day: str) -> Holder:
    held = held_on(term.tie, day=day)
    holding: Any = "in office" if held == "yes" else "not known to be in office"
    return Holder(holding, term.other, term.tie.get("capacity"), max(term.tie.get("attested_on") or (), default=None),
                  held, (term.tie,))  # fmt: skip


def _post_row(tie: FullTie, body: Subject, holder: Holder, term: dict[str, Any] | None = None) -> Draft:
    person = holder.person
    row = ChairRow(
        held="yes" if holder.held == "yes" else "unknown",
        conflicts=conflicts(*holder.sources),
        id=tie.id,
        cls=tie.cls,
        name=tie.name,
        body=body.id,
        body_name=body.name,
        office=tie.values.get("level") or tie.values.get("role") or "chair",
        way="post",
        start=(term or {}).get("period_start") or None,
        end=(term or {}).get("period_end") or None,
        holder=person.id if person else None,
        holder_name=person.name if person else None,
        holding=holder.holding,
        seen_on=holder.seen_on,
    )
    return Draft(row, refs(tie.tie, tie.values, *holder.sources))
