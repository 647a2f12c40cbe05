"""Who the office works with: governments, bodies, organizations, forums, councils and people."""

from typing import Annotated, ClassVar, Literal

from iga.graph.domain.marking import Marking
from iga.graph.domain.model import Node, internal, said
from iga.graph.domain.topics import Topics
from iga.graph.domain.values import Channel, Day, Days, Id, Interval, Line, Lines, Page, RefersTo, Text

ToParty = Annotated[Id, RefersTo("Party")]
ToGovernment = Annotated[Id, RefersTo("Government")]


class AnyEntity(Node):
    """Base of every node: what a thing is called and known by."""

    name: Line | None = said(
        "Name as printed; for a government, the name in US practice.", example="Kenya", searched=True
    )
    aliases: Lines | None = said(
        "Other names it is found by: acronyms, former names, other languages.", example=["Swaziland"], searched=True
    )
    identifiers: Lines | None = said(
        "Codes as scheme:value, by org-id.guide where there is one.", example=["XM-DAC-41304"], searched=True
    )
    summary: Text | None = said(
        "One or two sentences on what it is.", example="Deals with combating trafficking at the OSCE."
    )
    website: Page | None = said("Address of its own page.", example="https://www.osce.org/cthb")


class AnyParty(AnyEntity):
    """Base of everyone who can sign, join, fund, receive, attend or promise."""

    labels: ClassVar[tuple[str, ...]] = ("Party",)


class Government(AnyParty):
    """A state or territory: party to treaties, member of bodies, place where projects run."""

    kind = "gov"
    formal_name: Line | None = said("Long name in US practice.", example="Republic of Kenya", searched=True)
    un_name: Line | None = said(
        "English name the United Nations print, used only for finding.", example="Türkiye", searched=True
    )
    name_ar: Line | None = said("Arabic name.", example="كينيا", searched=True)
    name_es: Line | None = said("Spanish name.", example="Kenya", searched=True)
    name_fr: Line | None = said("French name.", example="Kenya", searched=True)
    name_ru: Line | None = said("Russian name.", example="Кения", searched=True)
    name_zh: Line | None = said("Chinese name.", example="肯尼亚", searched=True)
    former_names: Lines | None = said(
        "Earlier names with their last day in brackets.", example=["Swaziland (until 2018-04)"], searched=True
    )
    iso2: Line | None = said("ISO 3166-1 alpha-2 code; Kosovo's XK is user-assigned.", example="KE", searched=True)
    iso3: Line | None = said("ISO 3166-1 alpha-3 code; Kosovo's XKX is user-assigned.", example="KEN", searched=True)
    genc3: Line | None = said(
        "Three-letter code of the GENC standard used by US agencies.", example="KEN", searched=True
    )
    fips: Line | None = said("GEC (FIPS 10-4) code.", example="KE")
    m49: Line | None = said("UN M49 number.", example="404")
    status: Line | None = said(
        "Status in US practice: independent state, dependency or other.", example="independent state"
    )
    sovereignty: ToGovernment | None = said("State that a dependency belongs to.", example="gov:gbr")
    region: Line | None = said("UN region.", example="Africa")
    subregion: Line | None = said("UN subregion.", example="Eastern Africa")
    bureau: Line | None = said("Regional bureau of the State Department.", example="AF")
    capital: Line | None = said("Capital as its source prints it, not a statement of policy.", example="Nairobi")


class PublicBody(AnyParty):
    """A ministry, agency, bureau, desk, embassy, mission, committee of Congress or section."""

    kind = "body"
    acronym: Line | None = said("Acronym.", example="IO", searched=True)
    body_kind: Line | None = said(
        "What sort of body: ministry, agency, bureau, embassy, mission, committee, section …", example="embassy"
    )
    government: ToGovernment | None = said("Government it belongs to.", example="gov:usa")
    host: ToGovernment | None = said("Government in whose country it stands.", example="gov:gha")
    location: Line | None = said("City it sits in.", example="Vienna")
    status: Line | None = said("Whether it works: open, suspended, non-resident, closed.", example="open")
    suspended_on: Day | None = said("When its work was suspended, possibly partial.", example="2015-03")
    meanwhile: Line | None = said(
        "What stands in for it while it is suspended, as its source states.", example="works from Doha, Qatar"
    )
    existence: Interval | None = said("From when until when it existed under this form.", example={"start": "2001"})
    jurisdiction: Line | None = said(
        "What of our work it decides on, in short; our own sorting.", example="appropriates State, foreign operations"
    )


class InternationalOrganization(AnyParty):
    """An organization of states, or one of its agencies."""

    kind = "org"
    acronym: Line | None = said("Acronym.", example="OSCE", searched=True)
    seat: Line | None = said("City of its seat.", example="Vienna")
    founded_on: Day | None = said("When it was founded.", example="1975-08-01")
    member_count: int | None = said("Number of members it reports.", example=57)
    member_count_on: Day | None = said("Day that number is of.", example="2024-05-01")
    topics: Topics | None = said("What it deals with.", example=["trafficking-in-persons"])
    existence: Interval | None = said("From when until when it existed.", example={"start": "1975"})


class Forum(AnyParty):
    """A process, group or organ in which parties meet: Bali Process, ICAT, PITF, a conference of parties."""

    kind = "forum"
    acronym: Line | None = said("Acronym.", example="ICAT", searched=True)
    forum_kind: Line | None = said(
        "What sort: task force, coordination group, treaty body, organ, process …", example="coordination group"
    )
    seat: Line | None = said("City where it sits.", example="Vienna")
    legal_basis: Line | None = said("Law or decision it rests on.", example="22 USC 7103")
    founded_on: Day | None = said("When it was founded.", example="2002-02")
    member_count: int | None = said("Number of members it reports.", example=45)
    member_count_on: Day | None = said("Day that number is of.", example="2023")
    topics: Topics | None = said("What it deals with.", example=["trafficking-in-persons"])
    existence: Interval | None = said("From when until when it existed.", example={"start": "2002"})


class SurvivorCouncil(AnyParty):
    """A council of survivors that advises a body; members appear with their public role only."""

    kind = "council"
    acronym: Line | None = said("Acronym.", example="ISTAC", searched=True)
    legal_basis: Line | None = said(
        "Law or decision it rests on.", example="Justice for Victims of Trafficking Act, section 115"
    )
    seats: Line | None = said("Number of seats as the basis states it.", example="8-14")
    term_length: Line | None = said("Length of a term as the basis states it.", example="2 years, one reappointment")
    existence: Interval | None = said("From when until when it existed.", example={"start": "2015-12"})


class AnyOrganization(AnyParty):
    """Base of organizations outside government."""

    acronym: Line | None = said("Acronym.", example="HTI", searched=True)
    country: ToGovernment | None = said("Country of its seat or registration.", example="gov:usa")
    organization_kind: Line | None = said(
        "What sort within its class: foundation, network, university, hotline …", example="foundation"
    )
    roles: Line | None = said("What it does, in its source's words.", example="shelter and legal aid")
    topics: Topics | None = said("What it deals with.", example=["protection"])
    existence: Interval | None = said("From when until when it existed.", example={"start": "1998"})


class Ngo(AnyOrganization):
    """A non-governmental organization or network."""

    kind = "ngo"


class Company(AnyOrganization):
    """A business."""

    kind = "company"


class AcademicInstitution(AnyOrganization):
    """A university or research institute."""

    kind = "academic"


class MediaOrganization(AnyOrganization):
    """A newspaper, broadcaster or agency."""

    kind = "media"


class Organization(AnyOrganization):
    """An organization whose sort its source does not tell; a source that tells it uses one of the classes above."""

    kind = "organization"
    undisclosed: bool | None = said(
        "Whether its name is withheld: each such row is an unknown of its own, never one partner.", example=False
    )


class Person(AnyParty):
    """Somebody in a public or professional role; never anything of a private life."""

    kind = "person"
    family_name: Line | None = said("The part of the name that is the family name.", example="Okafor", searched=True)
    form_of_address: Line | None = internal("How to address the person.", example="Ambassador")
    pronunciation: Line | None = internal("How the name is said.", example="oh-KAH-for")
    languages: Lines | None = internal("Languages the person works in.", example=["en", "fr"])
    public_role: Line | None = said(
        "The role in which the person is known publicly.", example="Member, US Advisory Council"
    )
    is_protected: bool | None = said(
        "Whether the person is shown for a use only where a consent covers it.", example=True, marking=Marking.SENSITIVE
    )


def is_person(written: str) -> bool:
    """True if an id is that of a person, known by name alone or not."""
    return written.startswith(PEOPLE)


def alpha3_of(government: str) -> str:
    """Return the ISO 3166 alpha-3 code in the id of a government; blank where it is none."""
    return government.removeprefix("gov:").upper() if government.startswith("gov:") else ""


PEOPLE = (f"{Person.kind}:", f"named:{Person.kind}:")
"""How ids of people begin; for those who look at very many texts, without a call for each."""


class Consent(AnyEntity):
    """What a person agreed to be asked for: one purpose, how to be named and reached, and until when; nothing else."""

    kind = "consent"
    marking: ClassVar[Marking] = Marking.SENSITIVE
    person: Annotated[Id, RefersTo("Person")] | None = said("Who agreed.", example="person:c-014")
    purpose: Line | None = said("What it is for, in the words it was asked in.", example="speak at a side event")
    decision: Literal["allowed", "refused"] | None = said("What was answered.", example="allowed")
    name_to_use: Line | None = said("The name to use for that purpose.", example="A. Example")
    contact_via: Line | None = said(
        "The only way to make contact, if one was asked for.", example="Expert Consultant Network"
    )
    payment: Line | None = said("How payment is arranged.", example="through the Expert Consultant Network")
    period: Interval | None = said(
        "From when until when it holds.", example={"start": "2026-01-10", "end": "2026-12-31"}
    )
    given_on: Day | None = said("When it was given or refused.", example="2026-01-10")
    withdrawn_on: Day | None = said("When it was taken back.", example="2026-05-02")


class Topic(AnyEntity):
    """A subject of work from the thesaurus."""

    kind = "topic"
    broader: Line | None = said("Code of the wider topic.", example="trafficking-in-persons")


class Post(AnyEntity):
    """An office that people hold one after another; it can be vacant or held by an acting person."""

    kind = "post"
    role: Line | None = said(
        "What it is to us: head, focal point, coordinator, rapporteur, desk, secretariat, liaison …",
        example="focal point",
        searched=True,
    )
    level: Line | None = said("Rank of the post.", example="director")
    topics: Topics | None = said("Portfolio.", example=["child-trafficking"])
    titles: Lines | None = said("Title in other languages.", example=["Représentant spécial"], searched=True)
    mandate: Line | None = said("Decision that created or renewed it.", example="MC.DEC/2/03")
    mandate_period: Interval | None = said("Period of the mandate.", example={"start": "2023", "end": "2026"})
    vacant_on: Days | None = said("Days on which a source says it was vacant.", example=["2026-01"])
    go_through: Line | None = internal("Whom to go through.", example="US Mission to the OSCE")


class ContactPoint(AnyEntity):
    """One channel of a post, person or body."""

    kind = "contact"
    channel: Channel | None = said(
        "The channel and its address.", example={"kind": "email", "value": "cthb@example.org"}, searched=True
    )
    topics: Topics | None = said("What it is for.", example=["trafficking-in-persons"])
    purpose: Line | None = said("What it may be used for, and consent.", example="press enquiries")
    languages: Lines | None = said("Languages answered in.", example=["en"])
    seen_on: Days | None = said("Days on which a source shows it.", example=["2020-06"])
    verified_on: Day | None = internal("Day somebody of ours last found it working.", example="2026-03-01")
    verified_by: Line | None = internal("Who found it working.", example="J. Example")
    verified_how: Line | None = internal("How it was checked.", example="reply received")
    bounced_on: Day | None = internal("Day it was found not to work.", example="2026-08-14")
    assistant: Line | None = internal("Who answers it.", example="front office")
    go_through: Line | None = internal("Whom to go through before using it.", example="US Mission to the OSCE")
    do_not_use: Line | None = internal("Why it must not be used.", example="asked to be taken off")
    kind_of_owner: Literal["post", "person", "body"] | None = said("Whose channel it is.", example="body")
