"""Which mandates of posts and bodies end within a period, and by which decisions they were created and renewed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.clauses import clause
from queries.core.columns import column, named, option
from queries.core.compiled import Everything
from queries.core.days import Passed, passed
from queries.core.happened import since_when
from queries.core.home import home_government
from queries.core.periods import falls, period
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, MANDATES_OF
from queries.core.session import Session
from queries.core.wording import counted, listed
from queries.multilateral.adopted import in_words, record
from queries.multilateral.reads import MANDATED_BY_BODIES, MANDATES_HELD, POSTS_WITH_A_MANDATE, SPONSORS_OF, VOTES_ON


class MandatesParams(Params):
    """What `mandates` is asked with."""

    party: str | None = option("Only the mandate of this post or body.", "ICAT")
    topic: str | None = option("Only posts and bodies that deal with this.", "THB")
    since: str | None = option("First day of the period, possibly partial; the day asked for if left out.", "2026")
    until: str | None = option("Last day of the period, possibly partial; a year after its first if left out.", "2026")


class MandateRow(AnswerRow):
    """One mandate that ends within the period, or a report that falls due."""

    mandated: str = Field(description="Id of the post, body or report.")
    mandated_name: str = Field(description="Its name.")
    mandated_class: str = Field(description="Its class: Post, Forum, Obligation.")
    last_day: str = Field(description="Last day of the mandate, or day the report is due, possibly partial.")
    start: str | None = column("First day of the term that ends, possibly partial.")
    created_by: str | None = column("Id of the first decision on record.")
    created_by_name: str | None = column("Its name.")
    renewed_by: str | None = column("Id of the last decision on record; null if there is but one.")
    renewed_by_name: str | None = column("Its name.")
    renewals: tuple[str, ...] = Field(default=(), description="Names of all decisions after the first, oldest first.")
    main_sponsors: tuple[str, ...] = Field(default=(), description="Main sponsors of the last decision, if on record.")
    our_position: str | None = column("What the United States did on the last decision.")


@dataclass(frozen=True, eq=False)
class Mandate:
    """What was set up, with the decisions on it known by the day, oldest first."""

    thing: Entity
    decisions: tuple[FullEdgeRow, ...]

    @property
    def end(self) -> str:
        """Last day of the last term that states one, or day a duty is due; blank is not on record."""
        own = self.thing.values.get("due_on") or self.thing.values.get("mandate_period_end")
        latest = self.decisions[-1].properties.get("period_end") if self.decisions else None
        return latest or (own if self.thing.cls == "Obligation" or not self.decisions else "") or ""

    @property
    def start(self) -> str | None:
        """First day of that term."""
        said = self.decisions[-1].properties if self.decisions else {}
        return said.get("period_start") or self.thing.values.get("mandate_period_start")


def mandates_known(session: Session, *, day: str, of: tuple[str, ...] | None = None) -> list[Mandate]:
    """Return what is mandated, with the decisions on it that were known by the day.

    Args:
        session: The graph.
        day: Full day.
        of: Only of these, by id; None is all there are.
    """
    if of is None:
        edges, posts = session.read(MANDATES_HELD, Everything()), session.read(POSTS_WITH_A_MANDATE, Everything())
    else:
        edges, own = session.read(MANDATES_OF, OfIds(ids=of)), session.read(ENTITIES_BY_ID, OfIds(ids=of))
        posts = [each for each in own if each.cls == "Post" and each.values.get("mandate_period_end")]
    known = [edge for edge in edges if passed(_from(edge)[0], on=day) != "no"]
    by_thing = grouped(known)
    things = {each.id: each for each in posts}
    things |= {each.id: each for each in session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(by_thing))))}
    # A meeting that was convened is no mandate that ends.
    standing = [thing for thing in things.values() if thing.cls != "Engagement"]
    return [Mandate(thing, tuple(sorted(by_thing.get(thing.id, ()), key=_from))) for thing in standing]


def _from(edge: FullEdgeRow) -> tuple[str, str]:
    return since_when(edge) or edge.values.get("adopted_on") or "", edge.key


def mandates(request: Request[MandatesParams]) -> Result[MandateRow]:
    """List mandates whose last known term ends within a period, soonest first."""
    since, until = period(request.params.since, request.params.until, today=request.day)
    known = mandates_known(request.session, day=request.day, of=_mandated(request))
    known = [mandate for mandate in known if _is_asked(request, mandate)]
    ending = {mandate: falls(mandate.end, since=since, until=until) for mandate in known if mandate.end}
    ordered = sorted(
        (mandate for mandate, state in ending.items() if state != "no"),
        key=lambda mandate: (mandate.end, folded(mandate.thing.name), mandate.thing.id),
    )
    ids = OfIds(ids=tuple(sorted({mandate.decisions[-1].id for mandate in ordered if mandate.decisions})))
    sponsors, votes = (grouped(request.session.read(query, ids)) for query in (SPONSORS_OF, VOTES_ON))
    ours = home_government(request.session)
    ends = [{"name": mandate.thing.name, "last_day": mandate.end} for mandate in ordered]
    return Result(
        clauses=(clause("headline", mandates=ends, since=since, until=until),),
        rows=tuple(_row(mandate, ending[mandate], sponsors, votes, ours) for mandate in ordered),
        caveats=tuple(_without_end(known)),
        refs=refs(*(edge.properties for mandate in known for edge in mandate.decisions)) if not ordered else (),
    )


def _mandated(request: Request[MandatesParams]) -> tuple[str, ...] | None:
    """Return what may be asked for, by id: the party itself and what it decided on; None is everything."""
    party = request.maybe("party")
    if party is None:
        return None
    decided = request.session.read(MANDATED_BY_BODIES, OfIds(ids=(party.id,)))
    return tuple(sorted({party.id, *(edge.id for edge in decided)}))


def _is_asked(request: Request[MandatesParams], mandate: Mandate) -> bool:
    party, thing = request.maybe("party"), mandate.thing
    deciding = {edge.values.get("body") for edge in mandate.decisions}
    return (party is None or party.id in (thing.id, *deciding)) and (
        request.topic is None or request.topic in (thing.values.get("topics") or ())
    )


def _row(
    mandate: Mandate,
    held: Passed,
    sponsors: Mapping[str, Sequence[EdgeRow]],
    votes: Mapping[str, Sequence[EdgeRow]],
    ours: Subject,
) -> SourcedRow[MandateRow]:
    thing, decisions = mandate.thing, mandate.decisions
    first, last = (decisions[0], decisions[-1]) if decisions else (None, None)
    signed, cast = (edges.get(last.id, []) if last else [] for edges in (sponsors, votes))
    done = record(last.values, ours, signed, cast) if last and last.cls == "Resolution" else None
    row = MandateRow(
        held="yes" if held == "yes" else "unknown",
        conflicts=conflicts(thing.values, *(edge.properties for edge in decisions)),
        **named("mandated", thing),
        **named("created_by", first),
        **named("renewed_by", last if last is not first else None),
        mandated_class=thing.cls,
        last_day=mandate.end,
        start=mandate.start,
        renewals=tuple(edge.name for edge in decisions[1:]),
        main_sponsors=tuple(edge.name for edge in signed if edge.properties.get("role") == "main"),
        our_position=in_words("record", **done) if done else None,
    )
    beside = [
        edge.properties for edge in (*signed, *cast) if edge.id == ours.id or edge.properties.get("role") == "main"
    ]
    beside += [edge.properties for edge in decisions] + ([last.values] if last else [])
    return SourcedRow(row, refs(last.properties if last else thing.values), dated_by=refs(thing.values, *beside))


def _without_end(known: Sequence[Mandate]) -> Iterator[Caveat]:
    if unknown := sorted((mandate.thing.name for mandate in known if not mandate.end), key=folded):
        text = f"No last day is on record for the {counted(len(unknown), 'mandate')} of {listed(unknown)}."
        yield Caveat(kind="unknown", text=text)


MANDATES = Question(
    name="mandates",
    title="Which mandates end within this period, and who renews them?",
    params=MandatesParams,
    row=MandateRow,
    function=mandates,
    names={"party": ("Post", "Party")},
    example={"since": "2026", "until": "2026"},
    columns=(
        *("last_day", "mandated_name", "created_by_name", "renewed_by_name"),
        *("main_sponsors", "our_position", "held", "confidence", "evidence"),
    ),
    maturity="trial",
)
