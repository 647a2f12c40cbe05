"""What an officer hands over: relationships, channels to check, promises, the next 90 days, last touches."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from graph.domain.topics import THESAURUS
from graph.domain.values import last_day
from queries.answer import AnswerRow, Caveat, Subject
from queries.contacts.holders import Holder
from queries.contacts.portfolio import (
    Direction,
    Owned,
    Post,
    Promise,
    duties_ahead,
    engagements_ahead,
    owned_by,
    posts_of,
    promises_with,
)
from queries.contacts.rank import disagreements
from queries.contacts.scope import scope_of
from queries.contacts.stale import Due, queue_of
from queries.contacts.touches import touches_of
from queries.contacts.words import held_by
from queries.instruments.duties import Duty
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import FullTie, OfIds, conflicts, refs
from queries.reads import CHANNELS_OF
from queries.wording import counted, listed

Part = Literal["relationship", "last touch", "promise", "engagement", "duty", "channel to check"]

# The queue of an owner of large bodies is long; whoever takes over starts with the most urgent.
_CHANNELS = 15
_LABEL = {entry.code: entry.label.lower() for entry in THESAURUS}


class HandoverAsked(Asked):
    """What `handover` is asked with."""

    party: str = Field(description="The officer, or the post.", examples=["Uma Mockup"])


class HandoverRow(AnswerRow):
    """One thing to hand over."""

    part: Part = Field(description="Relationship, last touch, promise, engagement, duty, or channel to check.")
    when: str | None = Field(default=None, description="Its day: due, planned, last met or last checked.")
    party: str | None = Field(default=None, description="Id of the party it is with; null for a duty.")
    party_name: str | None = Field(default=None, description="Name of the party.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, where the party is a government.")
    what: str | None = Field(default=None, description="Id of the promise, engagement, duty or channel; else null.")
    what_name: str | None = Field(default=None, description="Its name, or the address of the channel.")
    told: str = Field(description="What there is to know, in words.")
    scope: tuple[str, ...] = Field(default=(), description="Topics that a relationship is limited to.")
    backup: str | None = Field(default=None, description="Id of the second owner of a relationship; null is none held.")
    backup_name: str | None = Field(default=None, description="Name of the second owner.")
    direction: Direction | None = Field(default=None, description="Which way a promise goes.")
    is_overdue: bool = Field(default=False, description="Whether a promise is past its day and not known as kept.")


@dataclass(frozen=True)
class _Portfolio:
    """Everything that is handed over."""

    whose: Post
    owned: list[Owned]
    promises: list[Promise]
    engagements: list[tuple[FullTie, frozenset[str]]]
    duties: list[tuple[str, Duty]]
    channels: list[Due]
    touches: list[Draft]


def handover(posed: Posed[HandoverAsked]) -> Found:
    """List what an officer or a post answers for on a day: relationships first, then what is open, then what is stale.

    ``held`` is *unknown* where nothing is recorded, such as no touch with a party, which is not a statement that there
    was none.
    """
    party = posed.one("party")
    found = _portfolio(posed, party)
    drafts = (
        *(_relationship(each, posed.day) for each in found.owned),
        *found.touches,
        *(_promise(each, found, posed.day) for each in found.promises),
        *(_engagement(tie, who, found) for tie, who in found.engagements),
        *(_duty(due, duty) for due, duty in found.duties),
        *(_channel(each) for each in found.channels[:_CHANNELS]),
    )
    holders = scope_of(posed.asking, party, day=posed.day).holders if party.cls == "Post" else {}
    return Found(
        sentence=_sentence(party, holders.get(party.id), found, posed.day),
        drafts=drafts,
        caveats=_caveats(found),
    )


def _portfolio(posed: Posed[HandoverAsked], party: Subject) -> _Portfolio:
    asking, day = posed.asking, posed.day
    whose = posts_of(asking, party, day=day)
    owned = owned_by(asking, whose, day=day)
    theirs = [it for each in owned for it in each.scope.ids]
    mine = [party.id, *whose.posts]
    channels = asking.read(CHANNELS_OF, OfIds(ids=tuple(dict.fromkeys(theirs)))) if theirs else []
    queue = queue_of(asking, channels, day=day)
    return _Portfolio(
        whose,
        owned,
        promises_with(asking, [*theirs, *mine], day=day),
        engagements_ahead(asking, [*theirs, *mine], day=day),
        duties_ahead(asking, [*mine, *whose.ids], day=day),
        [each for each in queue if each.state != "do not use" and each.is_past_half_life],
        [draft for each in owned for draft in _touched(posed, each)],
    )


def _touched(posed: Posed[HandoverAsked], owned: Owned) -> Iterator[Draft]:
    """Give the last engagement with the party of a relationship; where none is recorded, a row that says so."""
    met = [t for t in touches_of(posed.asking, owned.scope, day=posed.day) if t.kind == "engagement"]
    party = owned.tie.other
    if not met:
        told = "no meeting or call is recorded, which does not say that there was none"
        yield Draft(HandoverRow(part="last touch", held="unknown", told=told, **_with(party)), refs(owned.tie.tie))
        return
    last = met[0]
    ours = f"for us {listed(last.ours)}" if last.ours else "who of ours was there is not recorded"
    outcome = last.said.get("outcome") or "no outcome is recorded"
    row = HandoverRow(
        part="last touch",
        held="yes" if last.held == "yes" else "unknown",
        when=last.on or None,
        what=last.what.id,
        what_name=last.what.name,
        told=f"{ours}; {outcome}",
        **_with(party),
    )
    yield Draft(row, refs(*last.sources))


def _with(party: Subject) -> dict[str, Any]:
    return {"party": party.id, "party_name": party.name, "iso3": party.iso3}


def _relationship(each: Owned, day: str) -> Draft:
    said, backup = each.tie.tie, next(iter(each.backups), None)
    topics = tuple(said.get("topics") or ())
    standing = "second owner" if said.get("standing") == "backup" else "first owner"
    other = "first owner" if said.get("standing") == "backup" else "second owner"
    told = [
        f"{standing}{', by the office' if each.by_office else ''}",
        f"on {listed([_LABEL.get(topic, topic) for topic in topics])}" if topics else "scope not stated",
        f"{other}: {backup.name}" if backup else f"no {other} is held",
    ]
    row = HandoverRow(
        part="relationship",
        held="yes" if each.tie.held(day) == "yes" else "unknown",
        told="; ".join(told),
        scope=topics,
        backup=backup.id if backup else None,
        backup_name=backup.name if backup else None,
        conflicts=conflicts(said),
        **_with(each.tie.other),
    )
    return Draft(row, refs(said), dated_by=refs(backup.tie if backup else {}))


def _promise(each: Promise, found: _Portfolio, day: str) -> Draft:
    said = each.tie.values
    due: str | None = said.get("due_on")
    is_overdue = due is not None and last_day(due) < day
    others = each.makers if each.direction == "they owe us" else each.owed_to
    who = others[0].other if others else None
    told = f"{each.direction}: {said.get('words') or each.tie.name}" + (", overdue" if is_overdue else "")
    row = HandoverRow(
        part="promise",
        when=due,
        what=each.tie.id,
        what_name=each.tie.name,
        told=told,
        direction=each.direction,
        is_overdue=is_overdue,
        conflicts=conflicts(said),
        **(_with(_party_of(who, found)) if who else {}),
    )
    return Draft(row, refs(said, *(tie.tie for tie in (*each.makers, *each.owed_to))))


def _party_of(who: Subject, found: _Portfolio) -> Subject:
    """Return the party of the relationship that somebody belongs to, else whoever it is."""
    return next((each.tie.other for each in found.owned if who.id in each.scope.ids), who)


def _engagement(tie: FullTie, who: frozenset[str], found: _Portfolio) -> Draft:
    said = tie.values
    party = next((each.tie.other for each in found.owned if who & set(each.scope.ids)), None)
    told = [said.get("status") or "status not stated", said.get("engagement_kind"), said.get("place")]
    row = HandoverRow(
        part="engagement",
        held="unknown",
        when=said.get("period_start"),
        what=tie.id,
        what_name=tie.name,
        told=", ".join(str(each) for each in told if each),
        conflicts=conflicts(said),
        **(_with(party) if party else {}),
    )
    return Draft(row, refs(said, tie.tie))


def _duty(due: str, duty: Duty) -> Draft:
    owners = listed([owner.name for owner in duty.owners])
    basis = duty.said.get("legal_basis")
    row = HandoverRow(
        part="duty",
        when=due,
        what=duty.entity.id,
        what_name=duty.entity.name,
        told=f"{owners}{f', {basis}' if basis else ''}",
        conflicts=conflicts(duty.said),
    )
    return Draft(row, refs(duty.said))


def _channel(each: Due) -> Draft:
    said = each.channel.values
    row = HandoverRow(
        part="channel to check",
        when=each.age.on,
        what=each.channel.id,
        what_name=str(said.get("channel_value") or each.channel.name),
        told=f"{each.reached.name}: {each.why_unusable or each.freshness}",
        conflicts=disagreements(said),
        **_with(each.body),
    )
    return Draft(row, refs(said, each.channel.tie))


def _sentence(party: Subject, holder: Holder | None, found: _Portfolio, day: str) -> str:
    posts = listed(list(found.whose.posts.values()))
    who = f"{party.name} ({posts})" if party.cls == "Person" and posts else party.name
    who += f" ({held_by(holder)})" if holder else ""
    if party.cls == "Person" and not found.whose.posts:
        return f"no post is held for {party.name} on that day, so what there is to hand over is not known"
    owned = [_owned_in_words(each) for each in found.owned]
    whose = "the office of the post owns" if any(each.by_office for each in found.owned) else "owns"
    relationships = f"{whose} {counted(len(owned), 'relationship')}"
    told = f"{who} {relationships}" + (f": {listed(owned, most=3)}" if owned else " on record")
    ways = Counter(each.direction for each in found.promises)
    late = sum(bool(p.tie.values.get("due_on")) and last_day(p.tie.values["due_on"]) < day for p in found.promises)
    promises = f"{ways['they owe us'] or 'none'} owed to us and {ways['we owe them'] or 'none'} by us"
    ahead = f"{counted(len(found.engagements), 'engagement')} and {counted(len(found.duties), 'duty', 'duties')}"
    sentences = [
        told,
        f"Open promises: {promises}" + (f", {late} overdue" if late else ""),
        f"Within 90 days: {ahead}",
        f"To check: {counted(len(found.channels), 'channel')} that bounced or nobody looked at for a half-life",
    ]
    return ". ".join(sentences)


def _owned_in_words(each: Owned) -> str:
    backup = each.backups[0].name if each.backups else ""
    if each.tie.tie.get("standing") == "backup":
        return f"{each.tie.name} as second owner" + ("" if backup else ", with no first owner held")
    return each.tie.name + ("" if backup else " (no second owner held)")


def _caveats(found: _Portfolio) -> tuple[Caveat, ...]:
    doubts = []
    if alone := [each.tie.name for each in found.owned if not each.backups]:
        text = f"No second owner is held for {listed(alone, most=8)}: name one before the handover."
        doubts.append(Caveat(kind="unknown", text=text))
    if len(found.channels) > _CHANNELS:
        text = f"{len(found.channels) - _CHANNELS} more channels to check are not listed; ask stale-contacts."
        doubts.append(Caveat(kind="partial", text=text))
    return tuple(doubts)


HANDOVER = Question(
    name="handover",
    title="What does this officer, or this post, hand over?",
    params=HandoverAsked,
    row=HandoverRow,
    function=handover,
    names={"party": ("Person", "Post")},
    example={"party": "Uma Mockup"},
    columns=("part", "when", "party_name", "what_name", "told", "backup_name", "held", "evidence"),
    maturity="trial",
)
