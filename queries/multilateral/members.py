"""Who belongs to a body, and to which bodies a party belongs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import Field

from graph.domain.edges import BODIES
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject, Total
from queries.core.days import Passed, held_on, latest, passed
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF, MEMBERSHIPS_OF
from queries.core.wording import counted, listed
from queries.multilateral.lists import gaps_of_list, unsure_list

# Words of categories that a body does not count among its members.
_BESIDE = ("observer", "partner", "candidate", "guest", "invited", "applicant")


class MembersParams(Params):
    """What `members` is asked with."""

    party: str = Field(description="The body whose members are asked for.", examples=["OSCE"])
    category: str | None = Field(default=None, description="Only this category.", examples=["participating State"])
    role: str | None = Field(
        default=None,
        description="Only those with this office in the body, such as chair.",
        examples=["chair"],
    )
    status: str | None = Field(default=None, description="Only this status.", examples=["suspended"])


class MembershipsParams(Params):
    """What `memberships` is asked with."""

    party: str = Field(description="Whose memberships are asked for.", examples=["Ghana"])
    other: str | None = Field(default=None, description="Only the membership in this body.", examples=["Bali Process"])
    category: str | None = Field(default=None, description="Only this category.", examples=["observer"])
    status: str | None = Field(default=None, description="Only this status.", examples=["suspended"])


class MembershipRow(PartyRow):
    """One term of one party in one body."""

    body: str = Field(description="Id of the body.")
    body_name: str = Field(description="Name of the body.")
    category: str | None = Field(default=None, description="Member, participating State, partner, observer.")
    office: str | None = Field(default=None, description="Office in the body; null is plain membership.")
    status: str | None = Field(default=None, description="Active, suspended, withdrawn, as its source states.")
    status_on: str | None = Field(default=None, description="Since when that status.")
    start: str | None = Field(default=None, description="First day, possibly partial; null is unknown.")
    end: str | None = Field(default=None, description="Last day, possibly partial; null is open or unknown.")
    end_kind: str | None = Field(default=None, description="Whether the end is dated, stated to be open, or unknown.")
    attested_on: str | None = Field(
        default=None, description="Latest day up to the day asked for on which a source shows it."
    )


def members(request: Request[MembersParams]) -> Result:
    """List who belonged to a body on a day: by name, one row for each term."""
    body = request.one("party")
    edges = request.session.read(MEMBERS_OF, OfIds(ids=(body.id,)))
    given = request.params
    asked = [
        edge
        for edge in edges
        if _fits(edge.properties, category=given.category, office=given.role, status=given.status)
    ]
    if given.role is None:
        asked = _plain(asked)
    standing = [
        (edge, held) for edge in by_name(asked) if (held := membership_on(edge.properties, day=request.day)) != "no"
    ]
    sourced_rows = tuple(_draft(edge, edge.other, body, held, request.day) for edge, held in standing[:CAP])
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))[0]
    narrowed = given.category or given.role or given.status
    return Result(
        sentence=_members_sentence(body, standing, former=len(asked) - len(standing), office=given.role),
        sourced_rows=sourced_rows,
        total=Total(value=len(standing)),
        caveats=() if narrowed else _short(card, [edge for edge, _ in standing]),
        refs=refs(card.values) if not narrowed else (),
    )


def memberships(request: Request[MembershipsParams]) -> Result:
    """List the bodies a party belonged to on a day: by name, one row for each term."""
    party, body, given = request.one("party"), request.maybe("other"), request.params
    edges = request.session.read(MEMBERSHIPS_OF, OfIds(ids=(party.id,)))
    asked = [edge for edge in edges if body is None or edge.id == body.id]
    asked = [
        edge for edge in asked if _fits(edge.properties, category=given.category, office=None, status=given.status)
    ]
    standing = [
        (edge, held) for edge in by_name(asked) if (held := membership_on(edge.properties, day=request.day)) != "no"
    ]
    sourced_rows = tuple(_draft(edge, party, edge.other, held, request.day) for edge, held in standing)
    if body is not None:
        return _one_membership(request, body, sourced_rows, was_one=bool(asked))
    return Result(sentence=_bodies_sentence(party, standing) + _unsure_of(standing), sourced_rows=sourced_rows)


def membership_on(properties: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether a membership held on a day; one whose withdrawal has taken effect did not."""
    held = held_on(properties, day=day)
    if (
        held != "no"
        and properties.get("status") == "withdrawn"
        and passed(properties.get("status_on"), on=day) == "yes"
    ):
        return "no"
    return held


def _one_membership(
    request: Request[MembershipsParams], body: Subject, sourced_rows: tuple[SourcedRow, ...], *, was_one: bool
) -> Result:
    party = request.one("party")
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))[0]
    known = request.session.read(MEMBERS_OF, OfIds(ids=(body.id,)))
    standing = [edge for edge in _plain(known) if membership_on(edge.properties, day=request.day) != "no"]
    caveats = _short(card, standing)
    if sourced_rows:
        held = any(draft.row.held == "yes" for draft in sourced_rows)
        sentence = f"{party.name} {'is listed' if held else 'may be, but no date tells,'} in {body.name}"
    elif was_one:
        sentence = f"{party.name} was in {body.name} at another time, not on that day"
    elif caveats:
        sentence = f"not known whether {party.name} is in {body.name}: it is not listed, but the list is partial"
    else:
        sentence = f"{party.name} is not listed in {body.name}{unsure_list(request.session, standing)}"
    if not sourced_rows:  # that a list lacks somebody is worth as much as the list
        caveats = (*caveats, *gaps_of_list(request.session, standing))
    return Result(sentence=sentence, sourced_rows=sourced_rows, caveats=caveats, refs=refs(card.values))


def _fits(properties: Mapping[str, Any], *, category: str | None, office: str | None, status: str | None) -> bool:
    asked = {"category": category, "office": office, "status": status}
    return all(says(properties.get(name), word) for name, word in asked.items() if word)


def says(written: str | None, word: str) -> bool:
    """Say whether a category, an office or a status has a word in it: *member* is in no *non-member observer*."""
    has, asked = (f" {folded(text)}".replace(" non ", " non-") for text in (written or "", word))
    return asked in has


def _plain(edges: Sequence[EdgeRow]) -> list[EdgeRow]:
    """Leave out offices of parties that are also listed as plain members."""
    plain = {edge.id for edge in edges if not edge.properties.get("office")}
    return [edge for edge in edges if edge.id not in plain or not edge.properties.get("office")]


def _draft(edge: EdgeRow, party: Subject, body: Subject, held: Passed, day: str) -> SourcedRow:
    said = edge.properties
    row = MembershipRow(
        held="yes" if held == "yes" else "unknown",
        conflicts=conflicts(said),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        body=body.id,
        body_name=body.name,
        category=said.get("category"),
        office=said.get("office"),
        status=said.get("status"),
        status_on=said.get("status_on"),
        start=said.get("period_start") or None,
        end=said.get("period_end") or None,
        end_kind=said.get("period_end_kind"),
        attested_on=latest(said.get("attested_on"), on=day),
    )
    return SourcedRow(row, refs(said))


Standing = Sequence[tuple[EdgeRow, Passed]]


def _names(standing: Standing) -> list[str]:
    return list({edge.id: edge.name for edge, _ in standing}.values())


def _bodies_sentence(party: Subject, standing: Standing) -> str:
    """Return where a party is a member, and beside that where it observes or is a partner, which is no membership."""
    inside = _names([(edge, held) for edge, held in standing if not is_beside(edge)])
    beside = [name for name in _names(standing) if name not in inside]
    sentence = f"no body is known to list {party.name} as a member"
    if inside:
        sentence = f"{party.name} is listed as a member of {counted(len(inside), 'body', 'bodies')}"
        sentence += f": {listed(inside, most=4)}"
    return sentence + (
        f"; as observer or partner, no member, of {len(beside)}: {listed(beside, most=3)}" if beside else ""
    )


def _unsure_of(standing: Standing) -> str:
    sure = {edge.id for edge, held in standing if held == "yes"}
    unsure = {edge.id for edge, held in standing} - sure
    return f"; no date tells whether {len(unsure)} of these held on that day" if unsure else ""


def _members_sentence(body: Subject, standing: Standing, *, former: int, office: str | None) -> str:
    sentence = _office_sentence(body, standing, office) if office else _plain_sentence(body, standing)
    left_out = f"; {counted(former, 'term')} of other days left out" if former else ""
    return sentence + _unsure_of(standing) + left_out


def _office_sentence(body: Subject, standing: Standing, office: str) -> str:
    names = _names(standing)
    if not names:
        return f"nobody is listed with the office of {office} in {body.name}"
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} listed with the office of {office} in {body.name}"


def _plain_sentence(body: Subject, standing: Standing) -> str:
    edges = [edge for edge, _ in standing]
    beside = [edge for edge in edges if is_beside(edge)]
    members = [edge for edge in edges if not is_beside(edge)]
    total = len({edge.id for edge in members})
    sentence = f"{counted(total, 'member')} of {body.name} {'is' if total == 1 else 'are'} listed"
    sentence += f" ({by_category(members)})" if members else ""
    return sentence + (f"; beside the members {by_category(beside)}" if beside else "")


def by_category(edges: Iterable[EdgeRow]) -> str:
    """Return how many parties belong in which category, largest first: ``57 as participating State``."""
    kinds = Counter({edge.id: edge.properties.get("category") or "" for edge in edges}.values())
    ordered = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{number} {f'as {kind}' if kind else 'without a category'}" for kind, number in ordered)


def is_beside(edge: EdgeRow) -> bool:
    """Say whether a body does not count this category among its members: observers, partners."""
    return _counts_beside(edge.properties.get("category") or "")


@lru_cache(maxsize=1024)
def _counts_beside(category: str) -> bool:
    return any(word in folded(category) for word in _BESIDE)


def _short(card: Entity, edges: Sequence[EdgeRow]) -> tuple[Caveat, ...]:
    """Say that fewer members are held than the body reports, if that is so."""
    reported, reported_on = card.values.get("member_count"), card.values.get("member_count_on")
    held = {edge.id for edge in edges if not is_beside(edge)}
    if not reported or len(held) >= reported:
        return ()
    day = f" (reported for {reported_on})" if reported_on else ""
    return (
        Caveat(
            kind="partial",
            text=f"The list is partial: {len(held)} of {reported} members of {card.name} are held{day}.",
        ),
    )


_TERM = ("category", "office", "status", "start", "end", "held", "confidence", "evidence")

MEMBERS = Question(
    name="members",
    title="Who belongs to this body?",
    params=MembersParams,
    row=MembershipRow,
    function=members,
    names={"party": BODIES},
    example={"party": "OSCE"},
    columns=("name", *_TERM),
)
MEMBERSHIPS = Question(
    name="memberships",
    title="Which bodies does this party belong to?",
    params=MembershipsParams,
    row=MembershipRow,
    function=memberships,
    names={"party": ("Party", "Post"), "other": BODIES},
    example={"party": "Ghana"},
    columns=("body_name", *_TERM),
)
