"""The kinds of entries that officers make, and what each asks for."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from iga.entering.answer_entry import ANSWER
from iga.entering.contact_check import CHECK
from iga.entering.kind import EntryKind, EntryParams, Prepared, needed, several, text
from iga.entering.naming import PARTY, existing, holders_called, id_of, id_or_name, ids_of
from iga.entering.proposal_answers import PROPOSAL_ANSWER
from iga.graph.domain.parties import is_person
from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.names.own_addresses import forms_like, forms_of
from iga.graph.text import folded
from iga.ingest.officer_entries import NewContact, Signed, commitment, contact, correction, engagement, introduction
from iga.queries.core.home import ours_among
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.printed_names import printed_names
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import CHANNELS_OF, POSTS_HELD_BY, REACHED_THROUGH
from iga.queries.core.session import Session
from iga.queries.core.wording import capitalized, listed


def name_of(session: Session, kind: str, ids: Sequence[str]) -> str:
    """Return what an engagement is called that was given no name: its kind, and who took part.

    Raises:
        UsageError: Nobody is named either.
    """
    if not ids:
        raise UsageError("say what it is called (name), or who took part (party)")
    names = printed_names(session, ids)
    return f"{capitalized(kind or 'meeting')} with {listed([names.get(id_, id_) for id_ in ids], most=3)}"


def our_side(session: Session, who: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return who of ours takes part: our government and the signer's posts; nobody more where ours are named."""
    if ours_among(session, others):
        return ()
    posts = [post for post in _posts_of(session, who) if ours_among(session, [post])]
    return (session.home.government, *posts)


def told_of(session: Session, who: str, ours: Sequence[str], *, is_left_out: bool) -> tuple[str, ...]:
    """Return what an officer is told of our side, once it is entered: a sentence, or nothing where ours are named."""
    if is_left_out:
        return ("Our side took no part: it does not count as a touch of ours.",)
    if not ours:
        return ()
    names = printed_names(session, ours)
    here = " and ".join(names.get(id_, id_) for id_ in ours)
    post = "" if len(ours) > 1 else f"; no post of {who} is on record"
    return (f"For us: {here}{post}. If we were not there: take it back, and enter it without us.",)


def _posts_of(session: Session, who: str) -> list[str]:
    """Return the posts that a person of this name may hold today; nobody is guessed at."""
    try:
        person = subject_of(session, who, parameter="name", labels=("Person",))
    except (NotFound, Ambiguous):
        return []
    if folded(person.name) != folded(who):
        return []
    held = session.read(POSTS_HELD_BY, OfIds(ids=(person.id,)))
    return list(dict.fromkeys(edge.id for edge in held if edge.held(session.today) != "no"))


Fields = tuple[tuple[str, str], ...]
"""Any other fields, by name, as typed; docs/schema.md lists them."""

_SAID_AT = ("Engagement",)


class _WithFields(EntryParams):
    fields: Fields = ()


class NewContactParams(_WithFields):
    """How a body, post or person is reached."""

    party: str = needed("Whom it reaches: body, post or person.")
    email: str = text("Its e-mail address; its telephone number or page instead.", "ADDRESS")
    phone: str = text("Its telephone number.", "NUMBER")
    mobile: str = text("The mobile number of the person who answers there; it stays with the person.", "NUMBER")
    website: str = text("Its page.", "URL")
    person: str = text("Who answers there: a name, or the id of somebody who is known.", "NAME")
    role: str = text("In which role: focal point, coordinator …")
    topic: str = text("Portfolio of that role; several parted by ;")
    another: bool = Field(default=False, description="Another person than the one of that name who is there already.")


class EngagementParams(_WithFields):
    """A meeting, conference, call or visit."""

    name: str = text("What it is called; left out, it is named by who took part.")
    kind: str = text("call, bilateral meeting, visit, conference, hearing, letter …")
    on: str = text("Its day, or first and last day; of one just held, today.", "DAY[/DAY]")
    status: str = text("planned, confirmed, held, postponed or cancelled.")
    place: str = text("Where.")
    organizer: tuple[str, ...] = several("Who holds it; may be given again.")
    party: tuple[str, ...] = several("Who takes part; may be given again.")
    without_us: bool = Field(default=False, description="Our side took no part; otherwise it does, with your post.")


class CommitmentParams(_WithFields):
    """A promise."""

    words: str = needed("The words as said.")
    party: tuple[str, ...] = Field(
        min_length=1, description="Who made it; may be given again.", json_schema_extra={"metavar": "TEXT"}
    )
    other: tuple[str, ...] = several("To whom; may be given again.")
    engagement: str = text("Where it was said, or the letter or question that it is to answer.")
    due: str = text("When it is due, possibly partial.", "DAY")
    said_on: str = text("When it was said, possibly partial.", "DAY")


class IntroductionParams(EntryParams):
    """What became of introducing somebody to somebody."""

    party: str = needed("Whom: a body, post or person.")
    other: str = needed("To whom.")
    status: Literal["asked", "declined", "made"] = Field(
        default="asked", description="What became of it.", json_schema_extra={"metavar": "asked|declined|made"}
    )
    on: str = text("Since when, possibly partial; today if left out.", "DAY")


class CorrectionParams(EntryParams):
    """Another value of one field."""

    id: str = needed("Id of the thing, or key of the relationship.")
    field: str = needed("The field; docs/schema.md lists those of each class.")
    value: str = needed("What it should say.")
    because: str = needed("Why; it stays with the correction.")


def _contact(session: Session, asked: NewContactParams, signed: Signed) -> Prepared:
    channels = [
        f"{kind} {value}" for kind in ("email", "phone", "mobile", "website") if (value := getattr(asked, kind))
    ]
    if len(channels) != 1:
        raise UsageError("name one channel: email, phone, mobile or website; enter another one by itself")
    new = NewContact(
        of=id_of(session, asked.party, parameter="party"),
        fields={"channel": channels[0], **dict(asked.fields)},
        person=id_or_name(session, asked.person, parameter="person"),
        role=asked.role,
        topics=asked.topic,
    )
    person = secrets.token_hex(8)
    if not (asked.another or is_person(new.person)):
        new, person = _of_same_person(session.on_duty(), new, person)
    return Prepared((contact(new, signed=signed, fresh=lambda: person),), new.of)


def _of_same_person(session: Session, new: NewContact, fresh: str) -> tuple[NewContact, str]:
    """Return a contact with the slug of its person: of who holds the post already, or a fresh one.

    It is theirs who are called so and are reached there, or at nothing else of its kind.

    Raises:
        Ambiguous: They are reached at other addresses of that kind: it may be somebody else.
    """
    post = new.post
    if not (there := holders_called(session, post, new.person)):
        return new, fresh
    kind, _, address = new.fields["channel"].partition(" ")
    channels = session.read(CHANNELS_OF, OfIds(ids=(post, *there)))
    known = sorted({str(it.values["channel_value"]) for it in channels if it.values["channel_kind"] == kind})
    same = next((one for one in known if not forms_of(one).isdisjoint(forms_like(address))), "")
    if len(there) == 1 and (same or not known):
        fields = {**new.fields, "channel": f"{kind} {same or address}"}
        return replace(new, fields=fields), there[0].partition(":")[2]
    people = " or ".join(f"--person {it}" for it in there)
    raise Ambiguous(
        f"{new.person} holds {post} already, reached at {listed(known, most=3)}: "
        f"if it is the same person, type {people}; if it is another one, add --another"
    )


def _engagement(session: Session, asked: EngagementParams, signed: Signed) -> Prepared:
    organizers = ids_of(session, asked.organizer, parameter="organizer")
    others = ids_of(session, asked.party, parameter="party")
    ours = () if asked.without_us else our_side(session, signed.by, (*organizers, *others))
    fields = {
        "name": asked.name or name_of(session, asked.kind, (*others, *organizers)),
        "engagement_kind": asked.kind,
        "status": asked.status,
        "place": asked.place,
        "period": asked.on or (signed.on if asked.status == "held" else ""),
    }
    fields = _without_blanks(fields) | dict(asked.fields)
    entry = engagement(fields, organizers=organizers, participants=(*others, *ours), signed=signed)
    return Prepared((entry,), entry.row_key, told_of(session, signed.by, ours, is_left_out=asked.without_us))


def _commitment(session: Session, asked: CommitmentParams, signed: Signed) -> Prepared:
    fields = _without_blanks({"words": asked.words, "due_on": asked.due, "said_on": asked.said_on})
    entry = commitment(
        fields | dict(asked.fields),
        by=ids_of(session, asked.party, parameter="party"),
        to=ids_of(session, asked.other, parameter="other"),
        said_at=id_of(session, asked.engagement, parameter="engagement", labels=_SAID_AT) if asked.engagement else "",
        signed=signed,
    )
    return Prepared((entry,), entry.row_key)


def _introduction(session: Session, asked: IntroductionParams, signed: Signed) -> Prepared:
    one, other = (id_of(session, name, parameter=at) for at, name in (("party", asked.party), ("other", asked.other)))
    fields = _without_blanks({"status": asked.status, "status_on": asked.on})
    return Prepared((introduction(one, other, fields, signed=signed),), one)


def _correction(session: Session, asked: CorrectionParams, signed: Signed) -> Prepared:
    of = existing(session, asked.id)
    about = of if isinstance(of, str) else of.source
    owners = session.on_duty().read(REACHED_THROUGH, OfIds(ids=(about,))) if asked.value.startswith("mobile ") else ()
    if any(not is_person(it.id) for it in owners):
        raise UsageError("a mobile number stays with the person: type iga add contact --mobile NUMBER --person NAME")
    return Prepared((correction(of, asked.field, asked.value, signed=signed),), about)


def _without_blanks(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


CONTACT = EntryKind(
    "contact",
    "A contact",
    NewContactParams,
    _contact,
    names={"party": PARTY},
    example={"party": "OSCE", "email": "desk@example.org", "role": "focal point"},
)
ENGAGEMENT = EntryKind(
    "engagement",
    "A meeting, conference, call or visit",
    EngagementParams,
    _engagement,
    names={"organizer": PARTY, "party": PARTY},
    example={"kind": "call", "on": "2026-11-24", "status": "held", "party": "ODIHR"},
)
COMMITMENT = EntryKind(
    "commitment",
    "A promise",
    CommitmentParams,
    _commitment,
    names={"party": PARTY, "other": PARTY, "engagement": _SAID_AT},
    example={"party": "Ghana", "words": "We will open a shelter", "due": "2027"},
)
INTRODUCTION = EntryKind(
    "introduction",
    "An introduction",
    IntroductionParams,
    _introduction,
    names={"party": PARTY, "other": PARTY},
    example={"party": "ODIHR", "other": "Polaris", "status": "asked"},
)
CORRECTION = EntryKind(
    "correction",
    "A correction",
    CorrectionParams,
    _correction,
    example={"id": "gov:gha", "field": "capital", "value": "Accra", "because": "misspelt in the list"},
)

_ALL: tuple[EntryKind[Any], ...] = (
    *(ENGAGEMENT, COMMITMENT, ANSWER, CONTACT, CHECK, INTRODUCTION, CORRECTION, PROPOSAL_ANSWER),
)

KINDS: Mapping[str, EntryKind[Any]] = {kind.name: kind for kind in _ALL}
"""The kinds by name, in the order in which they are offered."""
