"""How things stand to each other: every edge class, in the order of a profile, with what makes two edges one."""

from typing import Annotated, Literal

from iga.graph.domain.model import Edge, internal, said
from iga.graph.domain.topics import Topics
from iga.graph.domain.values import Day, Days, Id, Interval, Line, Percentage, RefersTo, Text

BODIES = ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody", "Ngo", "Organization")


class AnyTie(Edge):
    """Base of edges that held for a time and may only have been sighted on some days."""

    period: Interval | None = said(
        "From when until when it held; a blank end is unknown.", example={"start": "1973", "end_kind": "open"}
    )
    attested_on: Days | None = said("Days on which a source shows it holding.", example=["2018-06"])


class PartyTo(Edge):
    """A party signed or is bound by an agreement."""

    ends = ("Party",), ("Agreement",)
    phrase = ("is party to", "has as a party")
    section = ("agreements", "parties")
    weight = 5
    status: Literal["party", "signatory", "withdrawn", "not party"] | None = said(
        "Status as its source states it.", example="party"
    )
    signed_on: Day | None = said("Signature.", example="2000-12-12")
    action: Line | None = said("Ratification, accession, acceptance, approval, succession.", example="ratification")
    action_on: Day | None = said("Day of that action.", example="2002-08-21")
    in_force_on: Day | None = said("When it entered into force for the party.", example="2003-12-25")
    reservations: Text | None = said(
        "Reservations and declarations, in short or as a link.", example="declaration on article 15"
    )
    territories: Line | None = said("Territories covered or left out.", example="excluding Tokelau")
    withdrawal_notified_on: Day | None = said("When a withdrawal was notified.", example="2020-01-01")
    withdrawn_on: Day | None = said("When a withdrawal took effect.", example="2021-01-01")
    attested_on: Days | None = said("Days on which a source lists it so.", example=["2014-12"])


class MemberOf(AnyTie):
    """A party belongs to a body; an office in it (chair) is an edge of its own."""

    ends = ("Party", "Post"), BODIES
    identity = ("office",)
    start_is_identity = True
    phrase = ("is a member of", "has as a member")
    section = ("memberships", "members")
    weight = 2
    category: Line | None = said("Member, participating State, partner, observer.", example="participating State")
    office: Line | None = said(
        "Office held in the body: chair, co-chair, penholder; blank is plain membership.", example="chair"
    )
    status: Line | None = said("Active, suspended, excluded, withdrawal notified, withdrawn.", example="active")
    status_on: Day | None = said("Since when that status.", example="2022-03-16")
    basis: Line | None = said("How it belongs: by statute, designated, elected.", example="22 USC 7103(b)")
    withdrawal_announced_on: Day | None = said("When a withdrawal was announced.", example="2026-01-07")
    withdrawal_notified_on: Day | None = said("When the body was notified of it.", example="2026-01-22")
    withdrawn_on: Day | None = said("When a withdrawal takes or took effect.", example="2026-12-31")
    bears_on: Line | None = said("What of our work the body bears on.", example="member of ICAT")


class Assessed(AnyTie):
    """An assessment, review or determination is about a party."""

    ends = ("Assessment", "Review", "Determination"), ("Party",)
    phrase = ("assesses", "is assessed in")
    section = ("who it assesses", "assessments")
    weight = 5


class Participated(AnyTie):
    """A party or post takes part in an engagement. Registered is not attended."""

    ends = ("Party", "Post"), ("Engagement",)
    identity = ("on_behalf_of",)
    phrase = ("took part in", "had as a participant")
    section = ("engagements attended", "participants")
    capacity: Line | None = said("Head, alternate, adviser, observer.", example="head")
    on_behalf_of: Annotated[Id, RefersTo("Party")] | None = said("Delegation.", example="gov:usa")
    registered: bool | None = internal("Whether listed as registered.", example=True)
    attended: bool | None = said("Whether seen there.", example=True)
    spoke: bool | None = said("Whether the party spoke.", example=False)
    speaking_order: int | None = said("Place in the list of speakers, 1 is the first.", example=4)


class Organized(AnyTie):
    """A party hosts or organizes an engagement."""

    ends = ("Party",), ("Engagement",)
    phrase = ("organized", "was organized by")
    section = ("engagements organized", "organizers")
    role: Line | None = said("Host, co-host, chair, organizer.", example="host")


class PostIn(AnyTie):
    """A post belongs to a body."""

    ends = ("Post",), ("Party",)
    phrase = ("is a post in", "has the post")
    section = ("body of the post", "posts")


class Holds(AnyTie):
    """A person holds a post."""

    ends = ("Person",), ("Post",)
    start_is_identity = True
    phrase = ("holds the post", "is held by")
    section = ("posts held", "holders")
    capacity: Literal["substantive", "acting", "designate", "charge d'affaires"] | None = said(
        "In what capacity.", example="acting"
    )


class ReachedAt(AnyTie):
    """A post, person or body is reached by a channel."""

    ends = ("Post", "Party"), ("ContactPoint",)
    phrase = ("is reached at", "reaches")
    section = ("channels", "whose channel it is")
    weight = None


class Covers(AnyTie):
    """One of our offices deals with a government, a body or a topic."""

    ends = ("PublicBody", "Post"), ("Party", "Topic")
    phrase = ("deals with", "is dealt with by")
    section = ("what it deals with", "our offices that deal with it")
    manner: Line | None = said(
        "Resident, accredited from another post, desk, liaison.", example="accredited from another post"
    )
    topics: Topics | None = said("Limited to these topics.", example=["trafficking-in-persons"])


class OwnsRelationship(AnyTie):
    """One of our posts or offices owns the relationship with a party."""

    ends = ("Post", "PublicBody"), ("Party",)
    identity = ("standing",)
    phrase = ("owns our relationship with", "has as the owner of its relationship on our side")
    section = ("relationships owned", "owners of the relationship on our side")
    standing: Literal["primary", "backup"] | None = said("First or second owner.", example="primary")
    topics: Topics | None = said("Scope.", example=["trafficking-in-persons"])
    every_days: int | None = internal("Days within which its owner means to be in touch again.", example=90)


class Made(AnyTie):
    """A party made a commitment, or issued a recommendation."""

    ends = ("Party", "Post"), ("Commitment", "Recommendation", "Contribution")
    phrase = ("made", "was made by")
    section = ("commitments and recommendations made", "who made it")
    weight = 2


class OwedTo(AnyTie):
    """A commitment was made to a party."""

    ends = ("Commitment", "Contribution", "Obligation"), ("Party",)
    phrase = ("is owed to", "is owed")
    section = ("to whom it is owed", "commitments and contributions owed to it")


class RecommendedTo(AnyTie):
    """A recommendation is addressed to a party."""

    ends = ("Recommendation",), ("Party",)
    phrase = ("is addressed to", "is addressed by")
    section = ("to whom it is addressed", "recommendations to it")
    weight = 5


class ImplementedIn(AnyTie):
    """A project, award or programme runs in a place."""

    ends = ("Project", "Award", "Programme"), ("Government",)
    phrase = ("runs in", "is where there runs")
    section = ("where it runs", "projects that run there")
    weight = 2
    percentage: Percentage | None = said("Share of the whole in this place.", example="40")


class Implements(AnyTie):
    """A party carries out a project."""

    ends = ("Party",), ("Project", "ChildProtectionCompact", "Programme")
    phrase = ("carries out", "is carried out by")
    section = ("projects carried out", "who carries it out")
    role: Line | None = said("In what role.", example="implementer")


class Funded(AnyTie):
    """A party pays for an award, a project or a programme. Amounts are Transactions."""

    ends = ("Party",), ("Award", "Project", "Programme", "FundingLine")
    phrase = ("pays for", "is paid for by")
    section = ("what it pays for", "who pays for it")


class AwardedTo(AnyTie):
    """An award goes to a recipient."""

    ends = ("Award",), ("Party",)
    phrase = ("was awarded to", "received")
    section = ("recipients", "awards received")


class SubawardedTo(AnyTie):
    """Part of an award is passed on to a party."""

    ends = ("Award",), ("Party",)
    identity = ("reference",)
    phrase = ("was passed on in part to", "received a part of")
    section = ("sub-recipients", "sub-awards received")
    reference: Line | None = said("The source's own number of the sub-award.", example="SUB-001")


class Under(AnyTie):
    """A thing rests on or belongs to an instrument, programme, publication, engagement or award."""

    ends = ("Entity",), ("Instrument", "Programme", "Publication", "Engagement", "Project", "Award", "Indicator")
    phrase = ("belongs to", "has under it")
    section = ("what it belongs to", "what belongs to it")
    weight = 2


class Sponsored(Edge):
    """A party sponsored a resolution."""

    ends = ("Party",), ("Resolution", "Engagement")
    phrase = ("sponsored", "was sponsored by")
    section = ("resolutions and events sponsored", "sponsors")
    weight = 2
    role: Literal["main", "co", "added later"] | None = said("How.", example="main")


class Cleared(Edge):
    """An office drafted, cleared or approved a paper on a thing, or saw it for information."""

    ends = ("PublicBody", "Post"), ("Resolution", "Engagement", "Document", "Instrument", "Publication")
    identity = ("paper",)
    phrase = ("worked on a paper on", "had a paper worked on by")
    section = ("papers drafted, cleared or approved", "who drafted, cleared or approved papers on it")
    weight = 2
    paper: Line | None = said("Which paper.", example="position memo")
    part: Literal["drafted", "cleared", "info only", "approved"] | None = internal("What it did.", example="cleared")
    cleared_on: Day | None = internal("When.", example="2023-11-02")


class Voted(Edge):
    """A government's recorded vote. Nobody votes on a consensus."""

    ends = ("Government",), ("Resolution",)
    phrase = ("voted on", "was voted on by")
    section = ("votes", "votes cast on it")
    weight = 5
    vote: Literal["yes", "no", "abstain", "not voting"] | None = said("The record.", example="yes")
    intended: Literal["yes", "no", "abstain"] | None = said(
        "What it said it meant; records are not corrected.", example="yes"
    )


class Mandates(AnyTie):
    """A resolution or law sets up or renews a post, a body or a meeting."""

    ends = ("Resolution", "Law", "Treaty", "Declaration"), ("Post", "Party", "Engagement", "Obligation")
    phrase = ("sets up or renews", "is set up or renewed by")
    section = ("what it mandates", "mandates")
    weight = 2


class Advises(AnyTie):
    """A council advises a body."""

    ends = ("SurvivorCouncil", "Forum", "Person"), ("Party",)
    phrase = ("advises", "is advised by")
    section = ("whom it advises", "who advises it")


class PartOf(AnyTie):
    """A thing is part of a larger one: a section of an office, a session of a series."""

    ends = ("Entity",), ("Entity",)
    phrase = ("is part of", "has as a part")
    section = ("what it is part of", "parts")


class SucceededBy(AnyTie):
    """A thing was followed by another that took its place."""

    ends = ("Entity",), ("Entity",)
    phrase = ("was followed by", "followed")
    section = ("successors", "predecessors")
    weight = 2
