"""Whom to contact at one party or at many, in which order, and what to do if that fails."""

from collections.abc import Callable, Iterable, Sequence

from pydantic import Field

from graph.domain.topics import THESAURUS
from graph.text import folded
from queries.answer import Caveat, PartyRow, Subject
from queries.contact_rank import Rated, TopicMatch, rated
from queries.contact_reach import Candidate, Place, Reach, reach_of
from queries.holders import Holding
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import by_name, conflicts, refs
from queries.reads import Way
from queries.wording import counted, listed

# Rank of a way that no source row stands behind; weaker than any card's.
_NO_SOURCE = 99
_OWNER = "our owner: "
# As many as are read out before a call; the table has them all.
_NEXT = 3
_LABEL = {entry.code: entry.label.lower() for entry in THESAURUS}
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


class ContactRow(PartyRow):
    """One way to reach the party; with several parties, the best way to reach each of them."""

    who: str = Field(default="", description="The post or office and whoever holds it, in words.")
    rank: int = Field(description="Place in the order, from 1; 0 for a row that only says why nothing is held.")
    place: Place = Field(description="Step of the fallback chain.")
    post: str | None = Field(default=None, description="Id of the post.")
    post_name: str | None = Field(default=None, description="Name of the post.")
    body: str | None = Field(default=None, description="Id of the body it belongs to; for our owner, the owner.")
    body_name: str | None = Field(default=None, description="Name of that body.")
    holder: str | None = Field(default=None, description="Id of the holder, or of the last one seen.")
    holder_name: str | None = Field(default=None, description="Name of that person.")
    holding: Holding = Field(default="no post", description="In office, acting, vacant, or not known.")
    holder_seen_on: str | None = Field(
        default=None, description="Latest day a source shows the holder, or the post vacant."
    )
    channel: str | None = Field(default=None, description="Id of the channel.")
    channel_kind: str | None = Field(default=None, description="E-mail, phone, website, address …")
    channel_value: str | None = Field(default=None, description="The address itself.")
    purpose: str | None = Field(default=None, description="What the channel may be used for.")
    languages: tuple[str, ...] = Field(default=(), description="Languages answered in.")
    topic_match: TopicMatch | None = Field(
        default=None, description="How the portfolio meets the topic; null if none was asked for."
    )
    freshness: str | None = Field(default=None, description="When the channel was last checked or seen.")
    usable: bool = Field(default=True, description="False if it bounced or must not be used.")
    unusable_because: str | None = Field(default=None, description="Why it must not be used.")
    go_through: str | None = Field(default=None, description="Whom to go through first, as somebody noted.")
    route: str | None = Field(default=None, description="Id of our mission or bureau that deals with it.")
    route_name: str | None = Field(default=None, description="Name of that mission or bureau.")
    steps: tuple[str, ...] = Field(default=(), description="Each step of the ranking, in words.")
    reason: str | None = Field(default=None, description="Why nothing usable is held.")


def contact(posed: Posed[ContactAsked]) -> Found:
    """List ways to reach a party, best first; of several parties the best of each, or why there is none."""
    parties = posed.subjects["party"]
    lists = [(party, _ways(posed, party)) for party in parties]
    if len(lists) == 1:
        drafts = tuple(lists[0][1])
        return Found(sentence=_one(posed, lists[0][0], drafts), drafts=drafts, caveats=_doubts(drafts[:1]))
    best = tuple(ways[0] for _, ways in lists)
    return Found(sentence=_many(best), drafts=best, caveats=_doubts(best))


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


def _rows(drafts: Sequence[Draft]) -> list[ContactRow]:
    return [draft.row for draft in drafts if isinstance(draft.row, ContactRow)]


def _one(posed: Posed[ContactAsked], party: Subject, drafts: Sequence[Draft]) -> str:
    rows = _rows(drafts)
    first = rows[0]
    about = f" about {_LABEL[posed.topic]}" if posed.topic else ""
    told = [f"for {party.name}{about}, {_way(first)}" if first.rank else f"{first.reason}"]
    if through := first.go_through or first.route_name:
        told.append(f"go through {through}")
    after = [row for row in rows if row.rank and row.usable and row.who != first.who]
    nexts = dict.fromkeys(_in_short(row) for row in after if row.place != "our owner")
    owners = dict.fromkeys(_in_short(row) for row in after if row.place == "our owner")
    if nexts:
        told.append(f"if that fails: {_first_of(nexts)}")
    if owners:
        told.append(f"our side's owner: {_first_of(owner.removeprefix(_OWNER) for owner in owners)}")
    return ". ".join(part if place == 0 else part[0].upper() + part[1:] for place, part in enumerate(told))


def _first_of(names: Iterable[str]) -> str:
    """Return the first few names; names hold commas, so semicolons part them."""
    found = list(names)
    more = f"; and {len(found) - _NEXT} more" if len(found) > _NEXT else ""
    return "; ".join(found[:_NEXT]) + more


def _way(row: ContactRow) -> str:
    if row.place == "our owner":
        return f"ask {row.who}"
    held = f" ({_held_by(row.holding, row.holder_name, row.holder_seen_on)})" if row.post else ""
    by = f" by {row.channel_kind} {row.channel_value}" if row.channel_value else ""
    return f"write to {row.who}{held}{by}" + (f"; {row.freshness}" if row.freshness else "")


def _in_short(row: ContactRow) -> str:
    return f"{row.who} ({row.holding})" if row.holding in ("acting", "vacant") else row.who


def _who(reach: Reach, candidate: Candidate) -> str:
    """Return the post or the office in short, with its body where that is not the one asked for."""
    office = candidate.office
    if candidate.place == "our owner":
        return f"{_OWNER}{office.body.name}"
    body = office.values.get("acronym") or office.body.name
    if not candidate.post:
        return f"{candidate.place} of {body}"
    name = str(candidate.post.get("name", ""))
    return name if office.body.id == reach.party.id or body in name else f"{name}, {body}"


def _held_by(holding: Holding, name: str | None, seen_on: str | None) -> str:
    if holding == "vacant":
        return f"vacant, stated {seen_on}"
    if name is None:
        return "nobody is held as its holder"
    return f"{name}, {holding}" + (f", last seen {seen_on}" if seen_on else "")


def _many(best: Sequence[Draft]) -> str:
    rows = _rows(best)
    lacking = [row.name for row in rows if not row.rank]
    sentence = f"a way is held for {len(rows) - len(lacking)} of {counted(len(rows), 'party', 'parties')}"
    return sentence + (f"; nothing usable for {listed(lacking, most=12)}" if lacking else "")


def _doubts(best: Sequence[Draft]) -> tuple[Caveat, ...]:
    rows = [row for row in _rows(best) if row.rank]
    stale = [row for row in rows if not any(step == "channel: verified within a year" for step in row.steps)]
    unsure = [row for row in rows if row.post and row.holding not in ("in office", "acting")]
    found = []
    if stale:
        found.append(
            Caveat(kind="stale", text=f"Not verified within a year: {_each(stale, lambda row: row.freshness)}.")
        )
    if unsure:
        holders = _each(unsure, lambda row: _held_by(row.holding, row.holder_name, row.holder_seen_on))
        found.append(Caveat(kind="unknown", text=f"Holder not certain: {holders}."))
    return tuple(found)


def _each(rows: Sequence[ContactRow], said: Callable[[ContactRow], str | None]) -> str:
    return listed([f"{row.post_name or row.body_name or row.name} ({said(row)})" for row in rows], most=3)


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
