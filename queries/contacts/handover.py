"""What an officer hands over: relationships, channels to check, promises, the next 90 days, last touches."""

from collections import Counter

from pydantic import Field

from graph.domain.values import last_day
from queries.contacts.handover_rows import (
    HandoverRow,
    Portfolio,
    channel_row,
    duty_row,
    engagement_row,
    promise_row,
    relationship_row,
    touched_rows,
)
from queries.contacts.portfolio import (
    Owned,
    duties_ahead,
    engagements_ahead,
    owned_by,
    posts_of,
    promises_with,
)
from queries.contacts.stale import queue_of
from queries.core.answer import Caveat, Subject
from queries.core.holders import Holder
from queries.core.home import ours_among
from queries.core.question import Params, Question, Request, Result
from queries.core.reading import OfIds
from queries.core.reads import CHANNELS_OF
from queries.core.scope import scope_of
from queries.core.session import Session
from queries.core.wording import counted, listed

# The queue of an owner of large bodies is long; whoever takes over starts with the most urgent.
_CHANNELS = 15


class HandoverParams(Params):
    """What `handover` is asked with."""

    party: str = Field(description="The officer, or the post.", examples=["Uma Mockup"])


def handover(request: Request[HandoverParams]) -> Result:
    """List what an officer or a post answers for on a day: relationships first, then what is open, then what is stale.

    ``held`` is *unknown* where nothing is recorded, such as no touch with a party, which is not a statement that there
    was none.
    """
    party = request.one("party")
    found = _portfolio(request, party)
    sourced_rows = (
        *(relationship_row(each, request.day) for each in found.owned),
        *found.touches,
        *(promise_row(each, found, request.day) for each in found.promises),
        *(engagement_row(edge, who, found) for edge, who in found.engagements),
        *(duty_row(due, duty) for due, duty in found.duties),
        *(channel_row(each) for each in found.channels[:_CHANNELS]),
    )
    holders = scope_of(request.session, party, day=request.day).holders if party.cls == "Post" else {}
    return Result(
        sentence=_sentence(party, holders.get(party.id), found, request.day),
        rows=sourced_rows,
        caveats=(*_caveats(found), *_not_ours(request.session, party, found)),
    )


def _portfolio(request: Request[HandoverParams], party: Subject) -> Portfolio:
    session, day = request.session, request.day
    whose = posts_of(session, party, day=day)
    owned = owned_by(session, whose, day=day)
    theirs = [it for each in owned for it in each.scope.ids]
    mine = [party.id, *whose.posts]
    channels = session.read(CHANNELS_OF, OfIds(ids=tuple(dict.fromkeys(theirs)))) if theirs else []
    queue = queue_of(session, channels, day=day)
    return Portfolio(
        whose,
        owned,
        promises_with(session, [*theirs, *mine], day=day),
        engagements_ahead(session, [*theirs, *mine], day=day),
        duties_ahead(session, [*mine, *whose.ids], day=day),
        [each for each in queue if each.state != "do not use" and each.is_past_half_life],
        [draft for each in owned for draft in touched_rows(request.session, each, day=request.day)],
    )


def _sentence(party: Subject, holder: Holder | None, found: Portfolio, day: str) -> str:
    posts = listed(list(found.whose.posts.values()))
    who = f"{party.name} ({posts})" if party.cls == "Person" and posts else party.name
    who += f" ({holder.in_words})" if holder else ""
    if party.cls == "Person" and not found.whose.posts:
        return f"no post is held for {party.name} on that day, so what there is to hand over is not known"
    owned = [_owned_in_words(each) for each in found.owned]
    whose = "the office of the post owns" if any(each.by_office for each in found.owned) else "owns"
    relationships = f"{whose} {counted(len(owned), 'relationship')}"
    told = f"{who} {relationships}" + (f": {listed(owned, most=3)}" if owned else " on record")
    ways = Counter(each.direction for each in found.promises)
    late = sum(bool(p.edge.values.get("due_on")) and last_day(p.edge.values["due_on"]) < day for p in found.promises)
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
    if each.edge.properties.get("standing") == "backup":
        return f"{each.edge.name} as second owner" + ("" if backup else ", with no first owner held")
    return each.edge.name + ("" if backup else " (no second owner held)")


def _caveats(found: Portfolio) -> tuple[Caveat, ...]:
    doubts = []
    if alone := [each.edge.name for each in found.owned if not each.backups]:
        text = f"No second owner is held for {listed(alone, most=8)}: name one before the handover."
        doubts.append(Caveat(kind="unknown", text=text))
    if len(found.channels) > _CHANNELS:
        text = f"{len(found.channels) - _CHANNELS} more channels to check are not listed; ask stale-contacts."
        doubts.append(Caveat(kind="partial", text=text))
    return tuple(doubts)


def _not_ours(session: Session, party: Subject, found: Portfolio) -> tuple[Caveat, ...]:
    """Say that somebody is not of our side, so that dealings of others are not taken for a handover."""
    posts = list(found.whose.posts)
    if not posts or ours_among(session, posts):
        return ()
    return (Caveat(kind="unknown", text=f"No post of ours is held for {party.name}: only dealings are told."),)


HANDOVER = Question(
    name="handover",
    title="What does this officer, or this post, hand over?",
    params=HandoverParams,
    row=HandoverRow,
    function=handover,
    names={"party": ("Person", "Post")},
    example={"party": "Uma Mockup"},
    columns=("part", "when", "party_name", "what_name", "told", "backup_name", "held", "evidence"),
    maturity="trial",
)
