"""Which mandates of posts and bodies end within a period, and by which decisions they were created and renewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from iga.graph.domain.values import first_day, last_day
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import caveat, clause
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.compiled import Everything
from iga.queries.core.days import Passed, is_over, passed
from iga.queries.core.home import home_government
from iga.queries.core.periods import falls, period, years_after
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, conflicts, entity_at, grouped, refs
from iga.queries.core.reads import ENTITIES_BY_ID, MANDATES_OF
from iga.queries.core.relationships import since_when
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import (
    MANDATED_BY_BODIES,
    MANDATES_HELD,
    POSTS_WITH_A_MANDATE,
    SPONSORS_OF,
    VOTES_ON,
)
from iga.queries.multilateral.resolutions import in_words, record, sponsor_absence

# A renewal is late by a session or two; what ran out before is over.
_YEARS_BEHIND = 3


class MandatesParams(Params):
    """What `mandates` is asked with."""

    party: str | None = option("Only the mandate of this post or body.", "ICAT")
    topic: str | None = option("Only posts and bodies that deal with this.", "THB")
    since: str | None = option("First day of the period, possibly partial; the day asked for if left out.", "2026")
    until: str | None = option("Last day of the period, possibly partial; a year after its first if left out.", "2026")


class MandateRow(AnswerRow):
    """One mandate that ends within the period, or a report that falls due."""

    mandated: str = needed("Id of the post, body or report.")
    mandated_name: str = needed("Its name.")
    mandated_class: str = needed("Its class: Post, Forum, Obligation.")
    last_day: str = needed("Last day of the mandate, or day the report is due, possibly partial.")
    start: str | None = column("First day of the term that ends, possibly partial.")
    created_by: str | None = column("Id of the first decision on record.")
    created_by_name: str | None = column("Its name.")
    renewed_by: str | None = column("Id of the last decision on record; null if there is but one.")
    renewed_by_name: str | None = column("Its name.")
    renewals: tuple[str, ...] = column("Names of all decisions after the first, oldest first.", ())
    main_sponsors: tuple[str, ...] = column("Main sponsors of the last decision, if on record.", ())
    our_position: str | None = column("What the United States did on the last decision.")


@dataclass(frozen=True, eq=False)
class Mandate:
    """What was set up, with the decisions on it known by the day, oldest first."""

    thing: Entity
    decisions: tuple[FullEdgeRow, ...]

    @property
    def last(self) -> FullEdgeRow | None:
        """The last decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def end(self) -> str:
        """Last day of the last term that states one, or day a duty is due; blank is not on record."""
        own = self.thing.values.get("due_on") or self.thing.values.get("mandate_period_end")
        latest = self.last.properties.get("period_end") if self.last else None
        return latest or (own if self.thing.cls == "Obligation" or not self.last else "") or ""

    @property
    def start(self) -> str | None:
        """First day of that term."""
        latest = self.last.properties.get("period_start") if self.last else None
        return latest or self.thing.values.get("mandate_period_start")


def mandates_known(session: Session, *, day: str, of: tuple[str, ...] | None = None) -> list[Mandate]:
    """Return what is mandated, with the decisions on it that were known by the day."""
    if of is None:
        edges, posts = session.read(MANDATES_HELD, Everything()), session.read(POSTS_WITH_A_MANDATE, Everything())
    else:
        edges, own = session.read(MANDATES_OF, OfIds(ids=of)), session.read(ENTITIES_BY_ID, OfIds(ids=of))
        posts = [one for one in own if one.cls == "Post" and one.values.get("mandate_period_end")]
    by_thing = grouped(edge for edge in sorted(edges, key=_from) if passed(_from(edge)[0], on=day) != "no")
    mandated = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(by_thing))))
    things = {one.id: one for one in (*posts, *mandated)}
    # A meeting that was convened is no mandate that ends.
    standing = [thing for thing in things.values() if thing.cls != "Engagement"]
    return [Mandate(thing, tuple(by_thing.get(thing.id, ()))) for thing in standing]


def _from(edge: FullEdgeRow) -> tuple[str, str]:
    return since_when(edge) or edge.values.get("adopted_on") or "", edge.key


def mandates(request: Request[MandatesParams]) -> Result[MandateRow]:
    """List mandates whose last known term ends within a period, soonest first.

    Where no period is asked for, those come first that ran out of late and of which no renewal is on record.
    """
    session, party = request.session, request.maybe("party")
    since, until = period(request.params.since, request.params.until, today=request.day)
    known = mandates_known(session, day=request.day, of=_mandated(session, party) if party else None)
    known = [one for one in known if _is_of(one, party) and request.is_on_topic(one.thing.values)]
    ending = {mandate: falls(mandate.end, since=since, until=until) for mandate in known if mandate.end}
    ahead = sorted((mandate for mandate, state in ending.items() if state != "no"), key=_place)
    is_open = request.params.since is None and request.params.until is None
    lapsed = sorted(filter(partial(_ran_out, day=request.day), ending), key=_place, reverse=True) if is_open else []
    later = None if ahead else min((one for one in ending if first_day(one.end) > until), key=_place, default=None)
    ordered = [*lapsed, *ahead]
    ids = OfIds(ids=tuple(sorted({mandate.last.id for mandate in ordered if mandate.last})))
    sponsors, votes = (grouped(session.read(query, ids)) for query in (SPONSORS_OF, VOTES_ON))
    values = {
        "party": party and party.name,
        "mandates": [_told(one, request.day) for one in ahead],
        "since": since,
        "until": until,
        "later": _told(later, request.day) if later else None,
    }
    endless = sorted((mandate.thing.name for mandate in known if not mandate.end), key=folded)
    held: dict[Mandate, Passed] = {**ending, **dict.fromkeys(lapsed, "yes")}
    rows = Rows.of(_row(request, mandate, held[mandate], sponsors, votes) for mandate in ordered)
    clauses = [clause("headline", **values, lapsed=[_told(one, request.day) for one in lapsed])]
    clauses += [clause("next", **values)] if lapsed else []
    rests_on = () if rows else refs(*(edge.properties for mandate in known for edge in mandate.decisions))
    return Result.of(clauses, rows, (caveat("unknown", "no-last-day", names=endless),), refs=rests_on)


def _place(mandate: Mandate) -> tuple[str, str, str]:
    return mandate.end, folded(mandate.thing.name), mandate.thing.id


def _ran_out(mandate: Mandate, *, day: str) -> bool:
    """True if a mandate ended not long before a day; a report that was due is no mandate that ends."""
    has_ended = is_over(mandate.end, on=day) and mandate.thing.cls != "Obligation"
    return has_ended and years_after(last_day(mandate.end), _YEARS_BEHIND) >= day


def _told(mandate: Mandate, day: str) -> dict[str, Any]:
    """Return what a sentence says of a mandate."""
    is_report = mandate.thing.cls == "Obligation"
    ends = {"name": mandate.thing.name, "last_day": mandate.end, "is_report": is_report}
    return {**ends, "is_over": is_over(mandate.end, on=day)}


def _mandated(session: Session, party: Subject) -> tuple[str, ...]:
    """Return a party and what it decided on, by id."""
    decided = session.read(MANDATED_BY_BODIES, OfIds(ids=(party.id,)))
    return tuple(sorted({party.id, *(edge.id for edge in decided)}))


def _is_of(mandate: Mandate, party: Subject | None) -> bool:
    deciding = {edge.values.get("body") for edge in mandate.decisions}
    return party is None or party.id in (mandate.thing.id, *deciding)


def _row(
    request: Request[MandatesParams],
    mandate: Mandate,
    held: Passed,
    sponsors: Mapping[str, Sequence[EdgeRow]],
    votes: Mapping[str, Sequence[EdgeRow]],
) -> SourcedRow[MandateRow]:
    thing, decisions, last = mandate.thing, [edge.properties for edge in mandate.decisions], mandate.last
    signed, cast = (edges.get(last.id, []) if last else [] for edges in (sponsors, votes))
    mains = [edge for edge in signed if edge.properties.get("role") == "main"]
    ours, done = home_government(request.session), None
    if last and last.cls == "Resolution":
        off_list = sponsor_absence(request.session, entity_at(last), signed, day=request.day)
        done = record(off_list, ours, signed, cast)
    beside = [edge.properties for edge in (*signed, *cast) if edge.id == ours.id or edge in mains]
    return sourced(
        MandateRow,
        last.properties if last else thing.values,
        held=held,
        dated_by=(thing.values, *beside, *decisions, *([last.values] if last else ())),
        conflicts=conflicts(thing.values, *decisions),
        mandated=thing,
        created_by=mandate.decisions[0] if last else None,
        renewed_by=last if len(decisions) > 1 else None,
        mandated_class=thing.cls,
        last_day=mandate.end,
        start=mandate.start,
        renewals=tuple(edge.name for edge in mandate.decisions[1:]),
        main_sponsors=tuple(edge.name for edge in mains),
        our_position=in_words("record", **done) if done else None,
    )


MANDATES = Question.of(
    mandates,
    title="Which mandates end within this period, and who renews them?",
    names={"party": ("Post", "Party")},
    example={"since": "2026", "until": "2026"},
    columns=(
        *("last_day", "mandated_name", "created_by_name", "renewed_by_name"),
        *("main_sponsors", "our_position", "held", "confidence", "evidence"),
    ),
    maturity="trial",
)
