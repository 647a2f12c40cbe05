"""What binds or commits: treaties, compacts, memoranda, declarations, plans, laws, standards, duties."""

from typing import ClassVar

from iga.graph.domain.model import said
from iga.graph.domain.parties import AnyEntity, ToGovernment, ToParty
from iga.graph.domain.topics import Topics
from iga.graph.domain.values import Day, Interval, Line, Lines, Text


class AnyInstrument(AnyEntity):
    """Base of every instrument."""

    labels: ClassVar[tuple[str, ...]] = ("Instrument",)
    short_title: Line | None = said("Title people use.", example="Palermo Protocol", searched=True)
    reference: Line | None = said("Number in a collection.", example="UNTC XVIII-12-a", searched=True)
    adopted_on: Day | None = said("When it was adopted or enacted.", example="2000-11-15")
    in_force_on: Day | None = said("When it entered into force.", example="2003-12-25")
    topics: Topics | None = said("What it deals with.", example=["trafficking-in-persons"])
    period: Interval | None = said("From when until when it applies.", example={"start": "2015-06-23", "end": "2020"})


class AnyAgreement(AnyInstrument):
    """Base of the instruments that have parties."""

    labels: ClassVar[tuple[str, ...]] = ("Agreement", "Instrument")
    signed_on: Day | None = said("When it was signed, if all signed on one day.", example="2015-06-23")
    depositary: Line | None = said("Who keeps it.", example="UN Secretary-General")
    party_count: int | None = said("Number of parties its depositary reports.", example=182)
    party_count_on: Day | None = said("Day that number is of.", example="2024-04-20")
    is_binding: bool | None = said("Whether it binds in law, as its text says.", example=False)


class Treaty(AnyAgreement):
    """An international agreement that binds its parties."""

    kind = "treaty"


class ChildProtectionCompact(AnyAgreement):
    """A Child Protection Compact Partnership: a plan the United States wrote with one government."""

    kind = "compact"
    duration: Line | None = said("Length as its source states it.", example="4 years")
    regions: Lines | None = said("Regions it works in.", example=["Volta"])
    focus: Lines | None = said("What it is directed at.", example=["child sex trafficking"])
    signatories: Lines | None = said("Who signed, by office.", example=["Minister of Gender"])
    extension: Lines | None = said("Extensions as stated.", example=["extended to 2024"])
    objectives: Lines | None = said("Objectives as stated.", example=["more investigations"])


class Memorandum(AnyAgreement):
    """A memorandum of understanding or similar arrangement."""

    kind = "memorandum"


class Declaration(AnyAgreement):
    """A political declaration."""

    kind = "declaration"


class NationalActionPlan(AnyInstrument):
    """A government's plan against trafficking for a period."""

    kind = "plan"
    government: ToGovernment | None = said("Whose plan it is.", example="gov:ken")
    owner: Line | None = said("Body that owns it.", example="Ministry of Labour")
    status: Line | None = said("Status as stated: draft, adopted, in force, ended.", example="in force")
    status_on: Day | None = said("Day the status is of.", example="2018-03-31")
    budget_note: Line | None = said("What is said of its budget.", example="no money allocated")


class Strategy(AnyInstrument):
    """A strategy for a region or a body: ours for a region, or a plan of work of a regional organization."""

    kind = "strategy"
    owner: ToParty | None = said("Whose strategy it is.", example="org:asean")
    region: Line | None = said("Region that it is for.", example="Southeast Asia")
    status: Line | None = said("Status as stated: draft, adopted, in force, ended.", example="in force")
    status_on: Day | None = said("Day the status is of.", example="2026-03-31")


class Law(AnyInstrument):
    """A statute, or one of its reauthorizations."""

    kind = "law"
    citation: Line | None = said("Citation.", example="22 USC 7101", searched=True)
    government: ToGovernment | None = said("Whose law it is.", example="gov:usa")


class Standard(AnyInstrument):
    """A yardstick set by law or an organization, such as the minimum standards of TVPA section 108."""

    kind = "standard"
    citation: Line | None = said("Citation.", example="22 USC 7106")
    wording: Text | None = said("What it asks for, in short.", example="Prohibit severe forms of trafficking.")
    words: Lines | None = said(
        "Beginnings of words by which advice is sorted under it; our own sorting.", example=["complicit"]
    )


class Obligation(AnyEntity):
    """A duty that comes due, once or again and again."""

    kind = "obligation"
    legal_basis: Line | None = said("Law or decision that sets it.", example="22 USC 7107(b)")
    owner: ToParty | None = said("Who must fulfil it.", example="body:us-state-tip")
    due_on: Day | None = said("When it is due.", example="2026-06-30")
    recurrence: Line | None = said("How it comes back, as RFC 5545 RRULE or in words.", example="FREQ=YEARLY")
    topics: Topics | None = said("What it deals with.", example=["trafficking-in-persons"])
