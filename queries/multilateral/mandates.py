"""Which mandates of posts and bodies end within a period, and by which decisions they were created and renewed."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from graph.text import folded
from queries.answer import AnswerRow, Caveat, Subject
from queries.multilateral.mandate_terms import Mandate, mandates_known
from queries.multilateral.reads import MANDATED_BY_BODIES, SPONSORS_OF, VOTES_ON
from queries.multilateral.resolution import record
from queries.periods import falls, period
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import OfIds, Tie, conflicts, grouped, refs
from queries.wording import counted, listed

_OURS = "gov:usa"


class MandatesAsked(Asked):
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


def mandates(posed: Posed[MandatesAsked]) -> Found:
    """List mandates whose last known term ends within a period, soonest first."""
    since, until = period(posed.given.since, posed.given.until, today=posed.day)
    known = mandates_known(posed.asking, day=posed.day, of=_mandated(posed))
    held = [mandate for mandate in known if _asked(posed, mandate)]
    ending = [mandate for mandate in held if mandate.end and falls(mandate.end, since=since, until=until) != "no"]
    ending.sort(key=lambda mandate: (mandate.end, folded(mandate.thing.name), mandate.thing.id))
    ids = OfIds(ids=tuple(sorted({mandate.decisions[-1].id for mandate in ending if mandate.decisions})))
    sponsors, votes = grouped(posed.asking.read(SPONSORS_OF, ids)), grouped(posed.asking.read(VOTES_ON, ids))
    sure = [falls(mandate.end, since=since, until=until) == "yes" for mandate in ending]
    drafts = tuple(_draft(mandate, is_sure, sponsors, votes) for mandate, is_sure in zip(ending, sure, strict=True))
    return Found(
        sentence=_sentence(ending, since, until),
        drafts=drafts,
        caveats=_without_end(held),
        refs=refs(*(tie.tie for mandate in held for tie in mandate.decisions)) if not drafts else (),
    )


def _mandated(posed: Posed[MandatesAsked]) -> tuple[str, ...] | None:
    """Return what may be asked for, by id: the party itself and what it decided on; None is everything."""
    party = posed.maybe("party")
    if party is None:
        return None
    decided = posed.asking.read(MANDATED_BY_BODIES, OfIds(ids=(party.id,)))
    return tuple(sorted({party.id, *(tie.id for tie in decided)}))


def _asked(posed: Posed[MandatesAsked], mandate: Mandate) -> bool:
    party, thing = posed.maybe("party"), mandate.thing
    deciding = {tie.values.get("body") for tie in mandate.decisions}
    return (party is None or party.id in (thing.id, *deciding)) and (
        posed.topic is None or posed.topic in (thing.values.get("topics") or ())
    )


def _draft(
    mandate: Mandate, sure: bool, sponsors: Mapping[str, Sequence[Tie]], votes: Mapping[str, Sequence[Tie]]
) -> Draft:
    thing, decisions = mandate.thing, mandate.decisions
    first, last = (decisions[0], decisions[-1]) if decisions else (None, None)
    signed = sponsors.get(last.id, []) if last else []
    cast = votes.get(last.id, []) if last else []
    is_text = bool(last and last.cls == "Resolution")
    us = Subject(id=_OURS, cls="Government", name="United States")
    row = MandateRow(
        held="yes" if sure else "unknown",
        conflicts=conflicts(thing.values, *(tie.tie for tie in decisions)),
        mandated=thing.id,
        mandated_name=thing.name,
        mandated_class=thing.cls,
        last_day=mandate.end,
        start=mandate.start,
        created_by=first.id if first else None,
        created_by_name=first.name if first else None,
        renewed_by=last.id if last and last is not first else None,
        renewed_by_name=last.name if last and last is not first else None,
        renewals=tuple(tie.name for tie in decisions[1:]),
        main_sponsors=tuple(tie.name for tie in signed if tie.tie.get("role") == "main"),
        our_position=record(last.values, us, signed, cast) if last and is_text else None,
    )
    beside = [tie.tie for tie in (*signed, *cast) if tie.id == _OURS or tie.tie.get("role") == "main"]
    beside += [tie.tie for tie in decisions] + ([last.values] if last else [])
    return Draft(row, refs(last.tie if last else thing.values), dated_by=refs(thing.values, *beside))


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
    params=MandatesAsked,
    row=MandateRow,
    function=mandates,
    names={"party": ("Post", "Party")},
    example={"since": "2026", "until": "2026"},
    columns=("last_day", "mandated_name", "created_by_name", "renewed_by_name", "main_sponsors", "our_position",
             "held", "confidence", "evidence"),
    maturity="trial",
)  # fmt: skip
