"""Which mandates of posts and bodies end within a period, and by which decisions they were created and renewed."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.periods import falls, period
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, OfIds, conflicts, grouped, refs
from queries.core.wording import counted, listed
from queries.multilateral.mandate_terms import Mandate, mandates_known
from queries.multilateral.reads import MANDATED_BY_BODIES, SPONSORS_OF, VOTES_ON
from queries.multilateral.resolution import record

_OURS = "gov:usa"


class MandatesParams(Params):
    """What `mandates` is asked with."""

    party: str | None = Field(
        default=None, description="Only the mandate of this post or body.", examples=["ICAT"],
    )  # fmt: skip
    topic: str | None = Field(default=None, description="Only posts and bodies that deal with this.", examples=["THB"])
    since: str | None = Field(
        default=None, description="First day of the period, possibly partial; the day asked for if left out.",
        examples=["2026"],
    )  # fmt: skip
    until: str | None = Field(
        default=None, description="Last day of the period, possibly partial; a year after its first day if left out.",
        examples=["2026"],
    )  # fmt: skip


class MandateRow(AnswerRow):
    """One mandate that ends within the period, or a report that falls due."""

    mandated: str = Field(description="Id of the post, body or report.")
    mandated_name: str = Field(description="Its name.")
    mandated_class: str = Field(description="Its class: Post, Forum, Obligation.")
    last_day: str = Field(description="Last day of the mandate, or day the report is due, possibly partial.")
    start: str | None = Field(default=None, description="First day of the term that ends, possibly partial.")
    created_by: str | None = Field(default=None, description="Id of the first decision held.")
    created_by_name: str | None = Field(default=None, description="Its name.")
    renewed_by: str | None = Field(default=None, description="Id of the last decision held; null if there is but one.")
    renewed_by_name: str | None = Field(default=None, description="Its name.")
    renewals: tuple[str, ...] = Field(default=(), description="Names of all decisions after the first, oldest first.")
    main_sponsors: tuple[str, ...] = Field(default=(), description="Main sponsors of the last decision, if held.")
    our_position: str | None = Field(default=None, description="What the United States did on the last decision.")


def mandates(request: Request[MandatesParams]) -> Result:
    """List mandates whose last known term ends within a period, soonest first."""
    since, until = period(request.params.since, request.params.until, today=request.day)
    known = mandates_known(request.session, day=request.day, of=_mandated(request))
    held = [mandate for mandate in known if _asked(request, mandate)]
    ending = [mandate for mandate in held if mandate.end and falls(mandate.end, since=since, until=until) != "no"]
    ending.sort(key=lambda mandate: (mandate.end, folded(mandate.thing.name), mandate.thing.id))
    ids = OfIds(ids=tuple(sorted({mandate.decisions[-1].id for mandate in ending if mandate.decisions})))
    sponsors, votes = grouped(request.session.read(SPONSORS_OF, ids)), grouped(request.session.read(VOTES_ON, ids))
    sure = [falls(mandate.end, since=since, until=until) == "yes" for mandate in ending]
    sourced_rows = tuple(
        _draft(mandate, is_sure, sponsors, votes) for mandate, is_sure in zip(ending, sure, strict=True)
    )
    return Result(
        sentence=_sentence(ending, since, until),
        rows=sourced_rows,
        caveats=_without_end(held),
        refs=refs(*(edge.properties for mandate in held for edge in mandate.decisions)) if not sourced_rows else (),
    )


def _mandated(request: Request[MandatesParams]) -> tuple[str, ...] | None:
    """Return what may be asked for, by id: the party itself and what it decided on; None is everything."""
    party = request.maybe("party")
    if party is None:
        return None
    decided = request.session.read(MANDATED_BY_BODIES, OfIds(ids=(party.id,)))
    return tuple(sorted({party.id, *(edge.id for edge in decided)}))


def _asked(request: Request[MandatesParams], mandate: Mandate) -> bool:
    party, thing = request.maybe("party"), mandate.thing
    deciding = {edge.values.get("body") for edge in mandate.decisions}
    return (party is None or party.id in (thing.id, *deciding)) and (
        request.topic is None or request.topic in (thing.values.get("topics") or ())
    )


def _draft(
    mandate: Mandate, sure: bool, sponsors: Mapping[str, Sequence[EdgeRow]], votes: Mapping[str, Sequence[EdgeRow]]
) -> SourcedRow:
    thing, decisions = mandate.thing, mandate.decisions
    first, last = (decisions[0], decisions[-1]) if decisions else (None, None)
    signed = sponsors.get(last.id, []) if last else []
    cast = votes.get(last.id, []) if last else []
    is_text = bool(last and last.cls == "Resolution")
    us = Subject(id=_OURS, cls="Government", name="United States")
    row = MandateRow(
        held="yes" if sure else "unknown",
        conflicts=conflicts(thing.values, *(edge.properties for edge in decisions)),
        mandated=thing.id,
        mandated_name=thing.name,
        mandated_class=thing.cls,
        last_day=mandate.end,
        start=mandate.start,
        created_by=first.id if first else None,
        created_by_name=first.name if first else None,
        renewed_by=last.id if last and last is not first else None,
        renewed_by_name=last.name if last and last is not first else None,
        renewals=tuple(edge.name for edge in decisions[1:]),
        main_sponsors=tuple(edge.name for edge in signed if edge.properties.get("role") == "main"),
        our_position=record(last.values, us, signed, cast) if last and is_text else None,
    )
    beside = [edge.properties for edge in (*signed, *cast) if edge.id == _OURS or edge.properties.get("role") == "main"]
    beside += [edge.properties for edge in decisions] + ([last.values] if last else [])
    return SourcedRow(row, refs(last.properties if last else thing.values), dated_by=refs(thing.values, *beside))


def _sentence(ending: Sequence[Mandate], since: str, until: str) -> str:
    if not ending:
        return f"no mandate or report is held whose last day falls between {since} and {until}"
    said = [f"{mandate.thing.name} ({mandate.end})" for mandate in ending]
    number = counted(len(ending), "mandate or report", "mandates and reports")
    return (
        f"{number} {'ends or is' if len(ending) == 1 else 'end or are'} due between {since} and {until}: {listed(said)}"
    )


def _without_end(held: Sequence[Mandate]) -> tuple[Caveat, ...]:
    unknown = [mandate.thing.name for mandate in held if not mandate.end]
    if not unknown:
        return ()
    text = f"No last day is held for the {counted(len(unknown), 'mandate')} of {listed(sorted(unknown, key=folded))}."
    return (Caveat(kind="unknown", text=text),)


MANDATES = Question(
    name="mandates",
    title="Which mandates end within this period, and who renews them?",
    params=MandatesParams,
    row=MandateRow,
    function=mandates,
    names={"party": ("Post", "Party")},
    example={"since": "2026", "until": "2026"},
    columns=("last_day", "mandated_name", "created_by_name", "renewed_by_name", "main_sponsors", "our_position",
             "held", "confidence", "evidence"),
    maturity="trial",
)  # fmt: skip
