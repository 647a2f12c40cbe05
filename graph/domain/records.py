"""What bodies put on record: resolutions, reviews, reports, assessments, determinations, advice."""

from typing import Literal

from iga.graph.domain.edges import AnyTie
from iga.graph.domain.model import Edge, internal, said
from iga.graph.domain.parties import AnyEntity, ToGovernment, ToParty
from iga.graph.domain.topics import Topics
from iga.graph.domain.values import Day, Days, Line, Lines, Text

Tier = Literal["Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3", "Special Case"]
Pillar = Literal["prosecution", "protection", "prevention", "partnership"]


class Resolution(AnyEntity):
    """A resolution or decision of a body. Consensus is never a vote."""

    kind = "resolution"
    symbol: Line | None = said("Document symbol.", example="A/RES/74/176", searched=True)
    body: ToParty | None = said("Body that adopted it.", example="forum:unga")
    session: Line | None = said("Session.", example="74")
    agenda_topic: Line | None = said("Agenda item it fell under.", example="Crime prevention")
    adopted_on: Day | None = said("When it was adopted.", example="2019-12-18")
    adopted_by: Line | None = said(
        "How: consensus, vote, consensus in committee; blank is not known.", example="consensus"
    )
    yes_count: int | None = said("Votes in favour, if it was voted.", example=143)
    no_count: int | None = said("Votes against, if it was voted.", example=0)
    abstain_count: int | None = said("Abstentions, if it was voted.", example=23)
    draft_symbol: Line | None = said("Symbol of the draft.", example="A/C.3/74/L.12", searched=True)
    sponsor_count: Line | None = said("Number of sponsors as stated.", example="80")
    follows: Line | None = said("Symbol of the earlier text it continues.", example="A/RES/72/195")
    mandates: Line | None = said("What it sets up or renews.", example="Special Rapporteur, 3 years")
    topics: Topics | None = said("What it deals with.", example=["trafficking-in-persons"])


class Review(AnyEntity):
    """One round of a mechanism on one subject, in stages."""

    kind = "review"
    mechanism: Line | None = said("Mechanism.", example="GRETA", searched=True)
    round: Line | None = said("Round or cluster.", example="3")
    stages: Lines | None = said("Stages with their days: 'adopted 2021-11-19'.", example=["published 2022-02-15"])
    report_due_on: Day | None = said("When a reply is due.", example="2024-06-01")


class Publication(AnyEntity):
    """A report or comment a body published: an edition of the TIP Report, a GRETA report, a GAO report."""

    kind = "publication"
    publication_kind: Line | None = said("What sort.", example="TIP Report")
    issuer: ToParty | None = said("Who published it.", example="body:us-state-tip")
    edition_year: int | None = said("Year the edition is named after.", example=2024)
    published_on: Day | None = said("Publication day, from which it is known.", example="2024-06-24")
    country_count: int | None = said("Number of countries it reports on.", example=188)
    tier_totals: Lines | None = said("Totals by tier as published.", example=["Tier 1: 33"])
    coverage_note: Line | None = said(
        "What we hold of it, and what we lack.", example="28 of about 187 placements held"
    )
    identifiers_printed: Lines | None = said("Numbers printed on it.", example=["GAO-23-105390"], searched=True)


class Assessment(AnyEntity):
    """The placement of one government in one edition of the TIP Report."""

    kind = "assessment"
    year: int | None = said("Edition.", example=2024)
    tier: Tier | None = said("Placement at release.", example="Tier 2 Watch List")
    basis: Line | None = said("How the placement is known.", example="complement of the 2023 country set")
    published_on: Day | None = said("Publication day of the edition.", example="2024-06-24")


class Determination(AnyEntity):
    """A decision that follows the report: a Presidential Determination, a waiver of a downgrade."""

    kind = "determination"
    determination_kind: Line | None = said("What was decided.", example="restricted")
    fiscal_year: int | None = said("US fiscal year it is for.", example=2024)
    edition_year: int | None = said("Edition of the TIP Report it follows.", example=2023)
    number: Line | None = said("Number.", example="2023-13", searched=True)
    decided_on: Day | None = said("When it was signed.", example="2023-09-29")
    basis: Line | None = said("Provision it rests on.", example="110(d)(1)(A)(i)")
    scope: Line | None = said("What is restricted or waived.", example="full waiver")


class Recommendation(AnyEntity):
    """What any issuer asks any party to do."""

    kind = "recommendation"
    wording: Text | None = said("What is asked, in short.", example="Train prosecutors.")
    is_verbatim: bool | None = said(
        "Whether the wording is the issuer's own, letter by letter; else it is a summary.", example=True
    )
    pillar: Pillar | None = said("Which of the Ps it serves.", example="prosecution")
    pillar_is_ours: bool | None = said("Whether the pillar is our own sorting, not the issuer's.", example=True)
    paragraph: Line | None = said("Paragraph or place in the report.", example="para. 74")
    ordinal: int | None = said("Place in the issuer's own order.", example=1)
    year: int | None = said("Year of the report.", example=2018)
    topics: Topics | None = said("What it deals with.", example=["prosecution"])
    answered_on: Days | None = said("Days of the party's replies.", example=["2024-05-01"])
    issuer_verdict: Line | None = said("How far its issuer later found that it is met.", example="partly met")
    issuer_verdict_on: Day | None = said("When its issuer found so.", example="2026-06-24")


class Statistic(AnyEntity):
    """What one publisher counted in one place in one year, by its own definition; never added up or ranked."""

    kind = "statistic"
    place: ToGovernment | None = said("Place that is counted.", example="gov:gha")
    year: int | None = said("Year that is counted.", example=2021)
    publisher: ToParty | None = said("Who publishes the numbers.", example="org:unodc")
    definition: Line | None = said("What is counted, and by whose definition.", example="victims identified by police")
    victims: Line | None = said("Victims detected or identified, as printed: a number, or <5.", example="<5")
    formal_contact: Line | None = said("Persons in formal contact with police, as printed.", example="167")
    investigated: Line | None = said("Investigations, as printed.", example="45")
    prosecuted: Line | None = said("Persons prosecuted, as printed.", example="31")
    convicted: Line | None = said("Persons convicted, as printed.", example="12")
    offences: Line | None = said("Offences recorded, as printed.", example="103")
    legislation: Line | None = said("Whether the law covers all forms of trafficking.", example="covers all forms")


class Answers(AnyTie):
    """What was done upon a recommendation: a law, plan, project, promise or meeting, with the verdicts on it."""

    ends = (
        ("Law", "NationalActionPlan", "Strategy", "Project", "Award", "Programme", "Commitment", "Engagement"),
        ("Recommendation",),
    )
    phrase = ("answers", "is answered by")
    section = ("recommendations that it answers", "what answers it")
    weight = 5
    their_verdict: Line | None = said("How far the party says that it is met.", example="implemented")
    their_verdict_on: Day | None = said("When the party said so.", example="2026-02-01")
    our_verdict: Line | None = internal("How far we find that it is met.", example="partly met")
    our_verdict_on: Day | None = internal("When we found so.", example="2026-03-15")


class IntroducedTo(Edge):
    """Somebody was to be introduced to somebody: asked, declined or made, the last of these counts."""

    ends = ("Party", "Post"), ("Party", "Post")
    phrase = ("was to be introduced to", "was to be introduced to")
    section = ("introductions to", "introductions of")
    weight = None
    status: Literal["asked", "declined", "made"] | None = internal("What became of it.", example="asked")
    status_on: Day | None = internal("Since when.", example="2026-03-06")
