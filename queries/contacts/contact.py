"""Whom to contact at one party or at many, in which order, and what to do if that fails."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import Field

from graph.text import folded
from queries.answer import Caveat, Subject, Total
from queries.contacts.languages import language_of, spoken
from queries.contacts.rank import Line, Rated, Wanted, disagreements, rated, role_match
from queries.contacts.reach import Candidate, Reach, reach_of
from queries.contacts.row import ContactRow, FurtherChannel
from queries.contacts.words import doubts, held_by, known_by, lacks, of_many, of_one, steps
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import refs
from queries.reads import OursTie
from queries.wording import listed

# Rank of a way that no source row stands behind; weaker than any card's.
_NO_SOURCE = 99
# Nobody reads further before a call; of each later step of the fallback chain, and of what must not be used, the
# first few are listed all the same.
_LISTED, _LISTED_OF_EACH = 10, 2
# Our representations, before bureaus and desks: the route to a partner goes through the mission or embassy.
_MISSIONS = ("mission", "embassy", "consul", "instrumentality", "interests section")


class ContactAsked(Asked):
    """What `contact` is asked with."""

    party: tuple[str, ...] = Field(
        min_length=1, description="Whom to reach, a party or a post; may be given several times.", examples=["OSCE"]
    )
    topic: str | None = Field(
        default=None, description="What about, in the words of any body.", examples=["child trafficking"]
    )
    role: str | None = Field(
        default=None, description="Only posts with this role, such as coordinator.", examples=["coordinator"]
    )
    language: str | None = Field(
        default=None,
        description="Language to be answered in: who is known to answer in it comes first, nobody is left out.",
        examples=["French"],
    )


def contact(posed: Posed[ContactAsked]) -> Found:
    """List ways to reach a party, best first; of several parties the best of each, or why there is none.

    Raises:
        NotFound: No language is called so.
    """
    parties, wanted = posed.subjects["party"], _wanted(posed)
    if len(parties) > 1:
        best = tuple(_of_sheet(posed, *_in_order(posed, party, wanted)) for party in parties)
        rows = _rows(best)
        return Found(
            sentence=of_many(rows, role=wanted.role), drafts=best, caveats=(*doubts(rows), *_unheard(posed, rows))
        )
    reach, ordered = _in_order(posed, parties[0], wanted)
    drafts = tuple(_drafts(posed, reach, ordered))
    rows = _rows(drafts)
    post = next((draft.refs for draft, row in zip(drafts, rows, strict=True) if row.place == "post"), ())
    left_out = len(ordered) - sum(row.rank > 0 for row in rows)
    return Found(
        sentence=of_one(
            parties[0],
            rows,
            topic=posed.topic,
            language=spoken(wanted.language) if wanted.language else "",
            is_past=posed.asking.looks_back(post, day=posed.day),
        ),
        drafts=drafts,
        caveats=(*doubts(rows[:1]), *_unheard(posed, rows), *_left_out(left_out)),
        total=Total(value=len(drafts) + left_out),
    )


def _wanted(posed: Posed[ContactAsked]) -> Wanted:
    given = posed.given
    language = language_of(given.language) if given.language else ""
    return Wanted(posed.day, posed.topic, (given.role or "").strip(), language)


def _in_order(posed: Posed[ContactAsked], party: Subject, wanted: Wanted) -> tuple[Reach, list[Rated]]:
    """Return what is held on one party, and all ways to reach it, best first; of posts, those with the role."""
    reach = reach_of(posed.asking, party, day=posed.day)
    return reach, sorted((_rated(posed, each, wanted) for each in reach.candidates), key=lambda each: each.order)


def _is_wanted(each: Rated, role: str) -> bool:
    """Say whether a way is a post with the role, or a way around: a mailbox, the parent body, our owner."""
    return each.candidate.place != "post" or not role or role_match(each.candidate, role) < 2


def _of_sheet(posed: Posed[ContactAsked], reach: Reach, everything: Sequence[Rated]) -> Draft:
    """Return the one row of a party on a sheet of several; it says what is lacking, and what to use instead."""
    role = posed.given.role
    ordered = [each for each in everything if _is_wanted(each, role or "")]
    reason = _why_nothing(posed, reach.party, everything)
    posts = [each for each in ordered if each.candidate.place == "post"]
    first = posts[0] if role and posts else ordered[0] if ordered else None
    if first is None or (reason and not (role and posts)):
        return _empty(reach, reason or f"no way is held for {reach.party.name}", posts[0] if posts else None)
    if reason:
        return _empty(reach, reason, first)
    lacking = lacks(first)
    others = [each for each in ordered if each is not first and each.best.channel and not each.best.unusable]
    draft = _draft(reach, first, 1)
    instead = [_called(reach, each) + f", {each.best.channel.get('channel_value')}" for each in others[:1]]
    told = {"reason": lacking or None, "instead": instead[0] if instead and lacking else None}
    return replace(draft, row=draft.row.model_copy(update=told))


def _drafts(posed: Posed[ContactAsked], reach: Reach, everything: Sequence[Rated]) -> Iterator[Draft]:
    """Give the rows worth listing, best first; where no way is usable, the first row says why."""
    ordered = [each for each in everything if _is_wanted(each, posed.given.role or "")]
    if reason := _why_nothing(posed, reach.party, everything):
        yield _empty(reach, reason)
    listed: dict[tuple[bool, str], int] = {}
    for rank, each in enumerate(ordered, start=1):
        step = (each.best.unusable is None, each.candidate.place)
        listed[step] = listed.get(step, 0) + 1
        if rank <= _LISTED or listed[step] <= _LISTED_OF_EACH:
            yield _draft(reach, each, rank)


def _left_out(count: int) -> tuple[Caveat, ...]:
    ways = "1 more way is" if count == 1 else f"{count} more ways are"
    text = f"{ways} held and not listed; ask about a role, another topic or one of its bodies to see more."
    return (Caveat(kind="partial", text=text),) if count else ()


def _unheard(posed: Posed[ContactAsked], rows: Sequence[ContactRow]) -> tuple[Caveat, ...]:
    """Return that nobody listed is known to answer in the language asked for."""
    if not posed.given.language or any(row.language_match == "yes" for row in rows):
        return ()
    language = spoken(language_of(posed.given.language))
    return (Caveat(kind="unknown", text=f"Nobody listed is known to answer in {language}."),)


def _rated(posed: Posed[ContactAsked], candidate: Candidate, wanted: Wanted) -> Rated:
    cards = posed.asking.cards
    said = refs(*candidate.sources, *(tie.values for tie in candidate.channels))
    source_rank = min((cards[source].rank for source, _ in said if source in cards), default=_NO_SOURCE)
    return rated(candidate, wanted=wanted, source_rank=source_rank)


def _why_nothing(posed: Posed[ContactAsked], party: Subject, everything: Sequence[Rated]) -> str | None:
    role = posed.given.role or ""
    theirs = [each for each in everything if each.candidate.place != "our owner" and _is_wanted(each, role)]
    if role and not any(each.candidate.post for each in theirs):
        others = [str(each.candidate.post.get("name")) for each in everything if each.candidate.place == "post"]
        held = f"; held there: {listed(others, most=3)}" if others else ""
        return f"no post with the role {role!r} is held for {party.name}{held}"
    if any(not each.best.unusable for each in theirs):
        return None
    if theirs:
        return f"no usable contact is held for {party.name}: {theirs[0].best.unusable}"
    return f"no post, mailbox or other channel is held for {party.name}"


def _draft(reach: Reach, each: Rated, rank: int) -> Draft:
    candidate, party, best = each.candidate, reach.party, each.best
    post, holder, channel, body = candidate.post, candidate.holder, best.channel, candidate.office.body
    route, called, held = _route(reach, body.id), _called(reach, each), held_by(holder)
    sources = (*candidate.sources, *(said for line in each.lines for said in (line.channel, line.tie)))
    if each.language and not channel.get("languages"):
        sources = (*sources, candidate.person)
    row = ContactRow(
        held="yes" if candidate.held == "yes" or (candidate.held is None and best.is_held) else "unknown",
        conflicts=disagreements(*sources),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        rank=rank,
        who=f"{called}: {held}" if held else called,
        called=called,
        held_by=held,
        channels=tuple(_values(each.lines)),
        steps=steps(each),
        place=candidate.place,
        post=post.get("id"),
        post_name=post.get("name"),
        role=post.get("role"),
        body=body.id,
        body_name=body.name,
        acronym=candidate.office.values.get("acronym"),
        topics=each.topics,
        holder=holder.person.id if holder.person else None,
        holder_name=holder.person.name if holder.person else None,
        holding=holder.holding,
        holder_seen_on=holder.seen_on,
        holder_known_by=known_by(holder),
        channel=channel.get("id"),
        channel_kind=channel.get("channel_kind"),
        channel_value=channel.get("channel_value"),
        purpose=channel.get("purpose"),
        languages=best.languages,
        language_match=each.language,
        topic_match=each.topic,
        freshness=best.freshness,
        verified_lately=each.is_fresh,
        usable=best.unusable is None,
        unusable_because=best.unusable,
        further=tuple(_further(line) for line in each.lines[1:]),
        go_through=channel.get("go_through") or post.get("go_through"),
        route=route.id if route else None,
        route_name=route.name if route else None,
    )
    return Draft(row, refs(*sources, *([route.tie] if route else [])))


def _values(lines: Sequence[Line]) -> Iterator[str]:
    """Give the addresses that may be used; if none may, the first one, of which the steps warn."""
    for line in [line for line in lines if line.unusable is None] or lines[:1]:
        if value := line.channel.get("channel_value"):
            yield str(value)


def _further(line: Line) -> FurtherChannel:
    said = line.channel
    return FurtherChannel(
        id=said["id"],
        kind=said.get("channel_kind"),
        value=said.get("channel_value"),
        freshness=line.freshness,
        unusable_because=line.unusable,
        purpose=said.get("purpose"),
    )


def _empty(reach: Reach, reason: str, post: Rated | None = None) -> Draft:
    """Return a row that says why nothing usable is held; it names the post of the role that is held all the same."""
    if post is not None:
        draft = _draft(reach, post, 0)
        return replace(draft, row=draft.row.model_copy(update={"reason": reason, "usable": False}))
    party, route = reach.party, _route(reach, reach.party.id)
    row = ContactRow(
        held="unknown",
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        rank=0,
        who=party.name,
        called=party.name,
        steps=(reason,),
        place="nothing",
        usable=False,
        route=route.id if route else None,
        route_name=route.name if route else None,
        reason=reason,
    )
    return Draft(row, refs(route.tie) if route else ())


def _route(reach: Reach, body: str) -> OursTie | None:
    """Return our office for the body, else for the party, else for its parent; missions before bureaus."""
    for covered in dict.fromkeys((body, reach.party.id, *reach.routes)):
        if ties := reach.routes.get(covered):
            return min(ties, key=lambda tie: (_is_bureau(tie), folded(tie.name), tie.id, tie.key))
    return None


def _is_bureau(tie: OursTie) -> bool:
    kind = folded(tie.values.get("body_kind") or "")
    return not any(word in kind for word in _MISSIONS)


def _called(reach: Reach, each: Rated) -> str:
    """Return the post or the office in short, with its body where that is not the one asked for."""
    candidate, office = each.candidate, each.candidate.office
    if candidate.place == "our owner":
        return f"our {'second owner' if candidate.is_backup else 'owner'}: {office.body.name}"
    body = str(office.values.get("acronym") or office.body.name)
    if not candidate.post:
        what = "mailbox" if each.best.kind in ("email", "form") else each.best.kind or "office"
        return f"{what} of {body}" + (", the parent body" if candidate.place == "parent body" else "")
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
    names={"party": ("Party", "Post")},
    example={"party": "OSCE", "topic": "child trafficking"},
    columns=("rank", "name", "who", "channels", "steps", "reason", "instead", "evidence"),
)
