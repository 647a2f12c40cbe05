"""What people do together: engagements, commitments and the documents of them."""

from typing import Annotated, ClassVar, Literal

from iga.graph.domain.marking import Marking
from iga.graph.domain.model import internal, said
from iga.graph.domain.parties import AnyEntity
from iga.graph.domain.topics import Topics
from iga.graph.domain.values import Day, Id, Interval, Line, Lines, RefersTo, Text

EngagementStatus = Literal["planned", "confirmed", "held", "postponed", "cancelled"]


class Engagement(AnyEntity):
    """A conference, session, bilat, démarche, hearing, letter, campaign or trip; a series is one too."""

    kind = "engagement"
    engagement_kind: Line | None = said("What sort.", example="conference")
    status: EngagementStatus | None = said("Planned engagements are internal until held.", example="held")
    period: Interval | None = said("First and last day.", example={"start": "2024-04-15", "end": "2024-04-16"})
    hours: Line | None = said("Hours of the place, as stated; blank is not known.", example="10:00-10:45")
    all_day: bool | None = said("Whether it is stated to take the whole day.", example=True)
    place: Line | None = said("Where.", example="Vienna")
    outcome: Line | None = said("Outcome or its document.", example="political declaration")
    response: Line | None = internal("Answer to a démarche, a letter or a question.", example="will consult")
    work_plan: Interval | None = said("Period of the work plan agreed there.", example={"start": "2015", "end": "2018"})
    series: Line | None = said("Name of the series.", example="OSCE Alliance Conference", searched=True)
    topics: Topics | None = said("What it deals with.", example=["trafficking-in-persons"])


class Commitment(AnyEntity):
    """A promise: who made it, to whom, in which words, and what became of it."""

    kind = "commitment"
    words: Text | None = internal("The words as said, or a summary.", example="We will open three shelters.")
    is_verbatim: bool | None = internal("Whether the words are those that were said, letter by letter.", example=True)
    commitment_kind: Literal["political", "pledge of money", "legal duty"] | None = said(
        "Which of the three kinds.", example="political"
    )
    said_on: Day | None = said("When it was said.", example="2024-04-15")
    said_where: Line | None = said("Where it was said.", example="annual dialogue")
    due_on: Day | None = said("When it is due.", example="2025-12-31")
    status: Line | None = internal("Open, fulfilled, dropped, as evidence shows.", example="open")
    status_on: Day | None = internal("Since when that status.", example="2025-02-10")
    status_evidence: Line | None = internal("What shows the status.", example="ministry's letter of 2025-02")
    topics: Topics | None = said("What it deals with.", example=["protection"])


class Document(AnyEntity):
    """A paper by title, symbol and place; never the text of anything classified."""

    kind = "document"
    symbol: Line | None = said("Symbol or cable number.", example="CTOC/COP/2018/2", searched=True)
    document_kind: Line | None = said("What sort.", example="memorandum")
    dated_on: Day | None = said("Its date.", example="2018-07-23")
    language: Line | None = said("Language.", example="en")
    kept_at: Line | None = internal("Where it is kept.", example="office share")


class ClearanceRule(AnyEntity):
    """When an office must agree to a paper, or see it, before it goes up."""

    kind = "clearance"
    applies_to: Line | None = said(
        "What the paper must touch: every paper, party, government, body, partner, topic, or a purpose such as law.",
        example="money",
    )
    purposes_also: Lines | None = said("Other words for that purpose.", example=["funding", "grants"], searched=False)
    topics: Topics | None = said("The topics, where the rule goes by topic.", example=["forced-labor"])
    office: Annotated[Id, RefersTo("PublicBody")] | None = said(
        "The office, where it is always the same one.", example="body:us-state-f"
    )
    found_by: Literal["desk", "regional bureau", "mission", "owner"] | None = said(
        "Which office that deals with the party, where it differs from party to party.", example="regional bureau"
    )
    does: Literal["clears", "is informed"] | None = said("Whether it agrees or only sees it.", example="clears")
    reason: Line | None = said("Why, in a few words.", example="the paper speaks of foreign assistance money")


class Listing(AnyEntity):
    """A line of a public list: who holds a post, or sits in a body, by that list. It changes no post by itself."""

    kind = "listing"
    # It names somebody in words, where what protects people by their ids does not reach.
    marking: ClassVar[Marking] = Marking.INTERNAL
    list_name: Line | None = said("Which list.", example="Cabinet ministers, May 2026")
    government: Annotated[Id, RefersTo("Government")] | None = said("Whose post it is.", example="gov:gha")
    body: Annotated[Id, RefersTo("Party")] | None = said("Body that has the post or the seat.", example="body:us-house")
    title: Line | None = said("Post as the list calls it; blank is a seat in the body.", example="Minister of Labor")
    holder: Line | None = said("Who has it by the list; blank is vacant.", example="A. Example")
    since: Day | None = said("Since when, as the list says.", example="2025-01-07")
    listed_on: Day | None = said("Day that the list is of.", example="2026-05-01")


class Proposal(AnyEntity):
    """A change that a public list proposed for a post or a seat, and what somebody decided on it."""

    kind = "proposal"
    marking: ClassVar[Marking] = Marking.INTERNAL
    decision: Literal["accepted", "turned down"] | None = said("What was decided.", example="turned down")
    decided_on: Day | None = said("When.", example="2026-05-04")
