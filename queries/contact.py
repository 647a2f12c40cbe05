"""Whom to contact at one party or at many, in which order, and what to do if that fails."""

from collections.abc import Sequence

from pydantic import Field

from graph.text import folded
from queries.answer import Subject
from queries.contact_rank import Rated, rated
from queries.contact_reach import Candidate, Reach, reach_of
from queries.contact_row import OWNER, ContactRow
from queries.contact_words import doubts, of_many, of_one
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import by_name, conflicts, refs
from queries.reads import Way

# Rank of a way that no source row stands behind; weaker than any card's.
_NO_SOURCE = 99
# Our representations, before bureaus and desks: the route to a partner goes through the mission or embassy.
_MISSIONS = ("mission", "embassy", "consul", "instrumentality", "interests section")


class ContactAsked(Asked):
    """What `contact` is asked with."""

    party: tuple[str, ...] = Field(
        min_length=1, description="Whom to reach; may be given several times.", examples=["OSCE"]
    )
    topic: str | None = Field(
        default=None, description="What about, in the words of any body.", examples=["child trafficking"]
    )
    role: str | None = Field(
        default=None, description="Only posts with this role, such as coordinator.", examples=["coordinator"]
    )


def contact(posed: Posed[ContactAsked]) -> Found:
    """List ways to reach a party, best first; of several parties the best of each, or why there is none."""
    parties = posed.subjects["party"]
    lists = [(party, _ways(posed, party)) for party in parties]
    if len(lists) == 1:
        drafts = tuple(lists[0][1])
        sentence = of_one(lists[0][0], _rows(drafts), topic=posed.topic)
        return Found(sentence=sentence, drafts=drafts, caveats=doubts(_rows(drafts[:1])))
    best = tuple(ways[0] for _, ways in lists)
    return Found(sentence=of_many(_rows(best)), drafts=best, caveats=doubts(_rows(best)))


def _ways(posed: Posed[ContactAsked], party: Subject) -> list[Draft]:
    """Return the ways to reach one party in order; never empty: the first row says if none is usable."""
    reach = reach_of(posed.asking, party, day=posed.day)
    wanted = folded(posed.given.role or "")
    candidates = [each for each in reach.candidates if not wanted or not each.post or _has_role(each, wanted)]
    evidence = posed.asking.evidence(ref for each in candidates for ref in refs(*each.sources))
    ordered = sorted(
        (
            rated(
                each,
                topic=posed.topic,
                day=posed.day,
                source_rank=min(
                    (evidence[r].card.rank for r in refs(*each.sources) if r in evidence), default=_NO_SOURCE
                ),
            )
            for each in candidates
        ),
        key=lambda each: each.order,
    )
    drafts = [_draft(reach, each, rank) for rank, each in enumerate(_together(ordered), start=1)]
    reason = _why_nothing(posed, party, ordered)
    return [_empty(reach, reason), *drafts] if reason else drafts


def _together(ordered: Sequence[Rated]) -> list[Rated]:
    """Return the ways with the channels of one post or office side by side, at the place of the best of them."""
    ways: dict[tuple[object, ...], list[Rated]] = {}
    for each in ordered:
        candidate = each.candidate
        post = candidate.post.get("id")
        ways.setdefault((each.unusable is None, candidate.place, candidate.office.body.id, post), []).append(each)
    return [each for channels in ways.values() for each in channels]


def _has_role(candidate: Candidate, wanted: str) -> bool:
    names = (candidate.post.get("role"), candidate.post.get("name"), *(candidate.post.get("titles") or ()))
    return any(wanted in folded(name) for name in names if name)


def _why_nothing(posed: Posed[ContactAsked], party: Subject, ordered: Sequence[Rated]) -> str | None:
    usable = [each for each in ordered if not each.unusable and each.candidate.place != "our owner"]
    if posed.given.role and not any(each.candidate.post for each in ordered):
        return f"no post with the role {posed.given.role!r} is held for {party.name}"
    if usable:
        return None
    if bad := [each.unusable for each in ordered if each.unusable]:
        return f"no usable contact is held for {party.name}: {bad[0]}"
    return f"no post, mailbox or other channel is held for {party.name}"


def _draft(reach: Reach, each: Rated, rank: int) -> Draft:
    candidate, party = each.candidate, reach.party
    post, holder, channel = candidate.post, candidate.holder, candidate.channel
    route = _route(reach, candidate.office.body.id)
    row = ContactRow(
        held="yes" if candidate.held == "yes" else "unknown",
        conflicts=conflicts(*candidate.sources),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        who=_who(reach, candidate),
        rank=rank,
        place=candidate.place,
        post=post.get("id"),
        post_name=post.get("name"),
        body=candidate.office.body.id,
        body_name=candidate.office.body.name,
        holder=holder.person.id if holder.person else None,
        holder_name=holder.person.name if holder.person else None,
        holding=holder.holding,
        holder_seen_on=holder.seen_on,
        channel=channel.get("id"),
        channel_kind=channel.get("channel_kind"),
        channel_value=channel.get("channel_value"),
        purpose=channel.get("purpose"),
        languages=tuple(channel.get("languages") or ()),
        topic_match=each.topic,
        freshness=each.freshness,
        usable=each.unusable is None,
        unusable_because=each.unusable,
        go_through=channel.get("go_through") or post.get("go_through"),
        route=route.id if route else None,
        route_name=route.name if route else None,
        steps=each.steps,
    )
    return Draft(row, refs(*candidate.sources, *([route.tie] if route else [])))


def _empty(reach: Reach, reason: str) -> Draft:
    party, route = reach.party, _route(reach, reach.party.id)
    row = ContactRow(
        held="unknown",
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        who=party.name,
        rank=0,
        place="nothing",
        usable=False,
        route=route.id if route else None,
        route_name=route.name if route else None,
        reason=reason,
    )
    return Draft(row, refs(route.tie) if route else ())


def _route(reach: Reach, body: str) -> Way | None:
    """Return our office for the body, else for the party, else for its parent; missions before bureaus."""
    for covered in dict.fromkeys((body, reach.party.id, *sorted(reach.routes))):
        if ties := by_name(reach.routes.get(covered, ())):
            return min(ties, key=_is_bureau)
    return None


def _is_bureau(tie: Way) -> bool:
    kind = folded(tie.values.get("body_kind") or "")
    return not any(word in kind for word in _MISSIONS)


def _who(reach: Reach, candidate: Candidate) -> str:
    """Return the post or the office in short, with its body where that is not the one asked for."""
    office = candidate.office
    if candidate.place == "our owner":
        return f"{OWNER}{office.body.name}"
    body = office.values.get("acronym") or office.body.name
    if not candidate.post:
        return f"{candidate.place} of {body}"
    name = str(candidate.post.get("name", ""))
    return name if office.body.id == reach.party.id or body in name else f"{name}, {body}"


def _rows(drafts: Sequence[Draft]) -> list[ContactRow]:
    return [draft.row for draft in drafts if isinstance(draft.row, ContactRow)]


CONTACT = Question(
    name="contact",
    title="Whom do I contact there, about this topic or in this role?",
    params=ContactAsked,
    row=ContactRow,
    function=contact,
    names={"party": ("Party",)},
    example={"party": "OSCE", "topic": "child trafficking"},
    columns=(
        "name",
        "who",
        "holder_name",
        "holding",
        "channel_value",
        "freshness",
        "unusable_because",
        "reason",
        "evidence",
    ),
    rows_shown=12,
)
