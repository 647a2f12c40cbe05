"""Whom to contact at one party or at many, in which order, and what to do if that fails."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import Any

from pydantic import Field

from iga.graph.domain import topics
from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import BODIES
from iga.graph.domain.values import last_day
from iga.graph.statements import OFFICERS
from iga.queries.contacts.contact_rows import ContactRow, empty_row, in_words, way_row
from iga.queries.contacts.rank import RatedWay, WantedWay, language_of, rated, role_match, spoken, spoken_in
from iga.queries.contacts.ways import ContactWay, Place, Reach, body_for, reach_of
from iga.queries.core.answer import SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from iga.queries.core.columns import option
from iga.queries.core.days import is_over
from iga.queries.core.home import home_government
from iga.queries.core.permissions import CONTACTED, LEFT_OUT
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import FullEdgeRow, by_name, refs
from iga.queries.core.reads import WHOLES_OF
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges

# Rank of a way that no source row stands behind; weaker than any card's.
_NO_SOURCE = 99
# Nobody calls these about our work; they are shown when their role is asked for.
_HEADS_OF_STATE = ("chief of state", "head of government")
# Lists of contacts of the office are sources of their own.
_OF_THE_OFFICE = "office:"
# Nobody reads further before a call; of each later step of the fallback chain, and of what must not be used, the
# first few are listed all the same.
_LISTED, _LISTED_OF_EACH = 10, 2
# Posts of which it is said how they are held, where the first choice is another.
_POSTS = 2
_HEAD = "head"
_CERTAIN = ("in office", "acting")
_NATIONAL = ("coordinator", "rapporteur", "commissioner")
_NOT_FOR_GOOD = ("acting", "designate", "charge d'affaires")
_NAMED = (*_CERTAIN, "designate")
_STATE = ("seat_of", "seat", "status", "suspended_on", "meanwhile", "listed_on")
_CHECKED = {"verified_on", "verified_by", "verified_how", "channel_seen_on"}
_OF_A_WAY = {"place", "post", "holding", "holder_capacity", "channel_kind", "channel_value"}
# Another post, the mailbox of the same office, the parent body: what to try next, in this order.
_NEXT: Mapping[Place, str] = {"post": "next-post", "office mailbox": "next-mailbox", "parent body": "next-parent"}


class ContactParams(Params):
    """What `contact` is asked with."""

    party: tuple[str, ...] = Field(
        min_length=1, description="Whom to reach, a party or a post; may be given several times.", examples=["OSCE"]
    )
    topic: str | None = option("What about, in the words of any body.", "child trafficking")
    role: str | None = option("Only posts with this role, such as coordinator.", "coordinator")
    language: str | None = option(
        "Language to be answered in: who is known to answer in it comes first, nobody is left out.", "French"
    )
    purpose: str | None = option(
        "What for, in the words of a consent: shows whom a consent for it alone allows to be contacted.",
        "speak at a side event",
    )


def contact(request: Request[ContactParams]) -> Result[ContactRow]:
    """List ways to reach a party, best first; of several parties the best of each, or why there is none.

    An agreement stands for the body that it set up.

    Raises:
        NotFound: No language is called so, or no body of an agreement is on record.
    """
    params = request.params
    parties = [body_for(request.session, named, day=request.day) for named in request.subjects["party"]]
    language = language_of(params.language) if params.language else ""
    wanted = WantedWay(request.day, request.topic, (params.role or "").strip(), language)
    if len(parties) > 1:
        sheet = Rows.of(_of_sheet(request, *_in_order(request, party, wanted)) for party in parties)
        unsure = (*_doubts(sheet, ()), *_unheard(language, sheet, "headline"))
        return Result.of(_on_many(sheet, wanted.role), sheet, unsure)
    reach, ordered = _in_order(request, parties[0], wanted)
    lack = _lack(request, reach.party, ordered)
    rows = Rows.of(_rows(request, reach, ordered, lack))
    more = len(ordered) - len(rows.keeping(lambda row: row.rank > 0))
    whose = "" if lack or not ordered else _part(request, ordered[0], reach.party)
    clauses = tuple(_on_one(request, reach.party, rows, lack, whose=whose, language=params.language))
    caveats = (
        *_doubts(rows.first(), [clause.id for clause in clauses]),
        *_unheard(language, rows, "no-way" if lack else "headline"),
        *_no_mailbox(reach.party.name, rows),
        *_left_out(more),
    )
    return Result.of(clauses, rows, caveats, total=Total(value=len(rows) + more))


def _in_order(request: Request[ContactParams], party: Subject, wanted: WantedWay) -> tuple[Reach, list[RatedWay]]:
    """Return what is on record on one party, and all ways to reach it, best first."""
    reach, cards = reach_of(request.session, party, day=request.day), request.session.cards
    wanted = replace(wanted, of_government=party.cls == "Government", home=request.session.home.government)
    ways, shown_on = [], _shown_on(reach)
    for way in reach.ways:
        if wanted.of_government and _is_head_of_state(way) and not (wanted.role and role_match(way, wanted.role) < 2):
            continue
        stated = refs(*way.sources, *way.leads, *(edge.values for edge in way.channels))
        source_rank = min((cards[source].rank for source, _ in stated if source in cards), default=_NO_SOURCE)
        is_entered = any(_is_entered(edge) and _last_seen(edge) >= shown_on for edge in way.channels)
        ways.append(rated(way, wanted=wanted, source_rank=source_rank, is_entered=is_entered))
    return reach, _once(sorted(ways, key=lambda way: way.order))


def _part(request: Request[ContactParams], first: RatedWay, party: Subject) -> str:
    """Return whose channel comes first, where it is that of a branch and of no post in it: no reply for the whole.

    Agencies and embassies speak for other governments. Blank if the first channel is the party's own.
    """
    office = first.way.office
    is_party = office.body.id == party.id or not fits(party.cls, ("Government", *BODIES))
    is_foreign = party.cls == "Government" and party.id != home_government(request.session).id
    if is_party or is_foreign or first.way.place != "office mailbox" or not first.best.channel:
        return ""
    wholes = by_name(Edges(request.session, request.day).every(WHOLES_OF, [office.body.id]))
    above = (edge.values.get("acronym") or edge.name for edge in wholes if edge.id != party.id)
    name = office.body.name
    return " of ".join((name, *[f"the {whole}" for whole in above if whole not in name][:1]))


def _is_head_of_state(way: ContactWay) -> bool:
    return any(role in (way.post.get("role") or "") for role in _HEADS_OF_STATE)


def _once(ordered: Sequence[RatedWay]) -> list[RatedWay]:
    """Return ways without those to a mailbox that serves several bodies but one, that of an office if there is one."""
    by_channels: dict[tuple[str, ...], list[RatedWay]] = {}
    for way in ordered:
        ids = [str(channel.channel.get("id") or "") for channel in way.channels]
        key = (way.way.place, *sorted(ids)) if way.way.place == "office mailbox" else (str(id(way)),)
        by_channels.setdefault(key, []).append(way)
    offices = (
        next((way for way in of if way.way.office.body.cls == "PublicBody"), of[0]) for of in by_channels.values()
    )
    return list(offices)


def _is_entered(channel: FullEdgeRow) -> bool:
    """True if somebody of ours entered a channel: typed it, or has it on a list of contacts."""
    return any(source == OFFICERS or source.startswith(_OF_THE_OFFICE) for source, _ in refs(channel.values))


def _last_seen(channel: FullEdgeRow) -> str:
    seen = (*(channel.values.get("seen_on") or ()), *(channel.properties.get("attested_on") or ()))
    days = [*seen, channel.values.get("verified_on")]
    return max((last_day(on) for on in days if on), default="")


def _shown_on(reach: Reach) -> str:
    """Return the latest day on which a public page shows a channel of the party; blank if none has a day."""
    public = (edge for way in reach.ways for edge in way.channels if not _is_entered(edge))
    return max(map(_last_seen, public), default="")


def _is_wanted(rated: RatedWay, role: str) -> bool:
    """True if a way is a post with the role, or a way around: a mailbox, the parent body, our owner."""
    return rated.way.place != "post" or not role or role_match(rated.way, role) < 2


def _lack(request: Request[ContactParams], party: Subject, ordered: Sequence[RatedWay]) -> dict[str, Any] | None:
    """Return what a sentence says of why no way is usable; None if one is."""
    role = request.params.role or ""
    theirs = [rated for rated in ordered if rated.way.place != "our owner" and _is_wanted(rated, role)]
    if role and not any(rated.way.post for rated in theirs):
        others = [str(rated.way.post.get("name")) for rated in ordered if rated.way.place == "post"]
        return {"party": party.name, "role": role, "others": others, "unusable": ""}
    is_body = not role and fits(party.cls, BODIES)
    of_itself = [rated for rated in theirs if not (is_body and rated.is_post_of_part)]
    if any(rated.best.is_usable for rated in of_itself):
        return None
    unusable = of_itself[0].best.unusable_because if of_itself else ""
    return {"party": party.name, "role": "", "others": [], "unusable": unusable}


def _rows(
    request: Request[ContactParams], reach: Reach, ordered: Sequence[RatedWay], lack: dict[str, Any] | None
) -> Iterator[SourcedRow[ContactRow]]:
    """Give the rows worth listing, best first; where no way is usable, the first row says why."""
    if lack:
        yield empty_row(reach, in_words("row-reason", lack), day=request.day)
    listed: dict[tuple[bool, str], int] = {}
    wanted = (rated for rated in ordered if _is_wanted(rated, request.params.role or ""))
    for rank, way in enumerate(wanted, start=1):
        step = (way.best.is_usable, way.way.place)
        listed[step] = listed.get(step, 0) + 1
        if rank <= _LISTED or listed[step] <= _LISTED_OF_EACH:
            yield way_row(reach, way, rank, day=request.day)


def _of_sheet(request: Request[ContactParams], reach: Reach, ordered: Sequence[RatedWay]) -> SourcedRow[ContactRow]:
    """Return the one row of a party on a sheet of several; it says what is lacking, and what to use instead."""
    role, lack = request.params.role or "", _lack(request, reach.party, ordered)
    ways = [rated for rated in ordered if _is_wanted(rated, role)]
    posts = [rated for rated in ways if rated.way.place == "post"]
    if lack:
        reason = in_words("row-reason", lack)
        if not posts:
            return empty_row(reach, reason, day=request.day)
        return _with(way_row(reach, posts[0], 0, day=request.day), reason=reason, usable=False)
    first = posts[0] if role and posts else ways[0]
    row = way_row(reach, first, 1, day=request.day)
    lacking = in_words("row-lacking", row.row.model_dump())
    others = [rated for rated in ways if rated is not first and rated.best.channel and rated.best.is_usable]
    other = way_row(reach, others[0], 2, day=request.day).row if lacking and others else None
    return _with(row, reason=lacking or None, instead=in_words("row-instead", other.model_dump()) if other else None)


def _with(row: SourcedRow[ContactRow], **values: Any) -> SourcedRow[ContactRow]:
    return replace(row, row=row.row.model_copy(update=values))


def _on_one(
    request: Request[Any],
    party: Subject,
    rows: Rows[ContactRow],
    lack: dict[str, Any] | None,
    *,
    whose: str,
    language: str | None,
) -> Iterator[SourcedClause]:
    """Say who held the post, of a past day; then whom to write to and what is known of it, and what to try next.

    Where the first channel is only that of a branch, it is said whose, after that there is none for the whole.
    """
    [way, *_], first, sources = rows, rows.first(), (rows.sourced[0].refs, rows.sourced[0].dated_by)
    request.session.evidence(rows.refs)  # once for all: the answer needs them too
    post = rows.where(place="post").first()
    is_past = bool(post) and request.session.looks_back(post.refs, day=request.day)
    if is_past:
        yield post.clause("held-then", day=request.day, **_holder(*post), others=_others(*post))
    if lack:
        yield resting_on(sources, "no-way", **lack, **_route(way))
        if lack["others"]:
            yield first.clause("other-roles", others=lack["others"])
    else:
        about = topics.in_words(request.topic) if request.topic else ""
        route = _route(way) if whose else {}
        yield first.clause("headline", party=party.name, topic=about, way=_way(way), of_part=whose, **route)
        if whose:
            yield first.clause("of-part", way=_way(way), whose=whose)
        yield from _of_first(first, about, with_holder=not is_past)
    if way.post and not is_past:
        yield from _mandate(request, way.post)
    after = rows.keeping(lambda row: row.rank and row.usable and row is not way)
    next_best = list(_fallbacks(way, after))
    national = rows.keeping(lambda row: row is not way and _is_national(row, party))
    national = Rows.of(national.sourced, lambda row: row.holder_name is None)
    yield from _of_posts(rows, [way, *chain(*next_best), *national])
    if way.website and not way.channel:
        yield resting_on(sources, "page", body=way.body_name or party.name, website=way.website)
    yield from _through(rows.sourced[0], is_said=bool(lack or whose))
    for number, step in enumerate(next_best):
        [row] = step
        lead = "or" if number else "instead" if lack else "if that fails"
        yield step.clause(_NEXT[row.place], way=_way(row), lead=lead)
    if national:
        yield national.clause("national", ways=[_national(row) for row in national])
    yield from _beside(way, rows, after, language)


def _beside(
    way: ContactRow, rows: Rows[ContactRow], after: Rows[ContactRow], language: str | None
) -> Iterator[SourcedClause]:
    """Say who answers in the language asked for, what is not there for officials, and who owns the tie on our side."""
    speaking = rows.where(language_match="yes", usable=True).first()
    if language and speaking and way not in speaking:
        yield speaking.clause("in-language", language=spoken(language_of(language)), way=_way(*speaking))
    if unfit := rows.keeping(lambda row: row.not_for_officials and row.channel_value):
        yield unfit.clause("unfit", channels=unfit.told(value="channel_value", serves="not_for_officials"))
    if owner := after.where(place="our owner").first():
        yield owner.clause("owner", way=_way(*owner))


def _mandate(request: Request[Any], post: str) -> Iterator[SourcedClause]:
    """Say that the mandate of a post ends within a year, or ended of late and no renewal is on record."""
    for ending in Rows.of(request.ask("mandates", party=post).rows).where(mandated=post).each():
        [last] = ending.values("last_day")
        yield ending.clause("mandate", last_day=last, is_over=is_over(last, on=request.day))


def _is_national(row: ContactRow, party: Subject) -> bool:
    """True if a row is a national body against trafficking, a coordinator or a rapporteur, without a channel."""
    is_post = party.cls == "Government" and row.role in _NATIONAL
    return bool(row.rank) and not row.channel and (row.place == "national body" or is_post)


def _national(row: ContactRow) -> dict[str, Any]:
    """Return what a sentence says of a national body or post: its name, who was seen there last, and when."""
    is_left = row.holder_until is not None or row.holding == "vacant"
    holder = None if is_left else row.holder_name
    seen_on = row.holder_seen_on if holder else row.listed_on
    return {"name": row.post_name or row.body_name, "holder_name": holder, "seen_on": seen_on}


def _through(first: SourcedRow[ContactRow], *, is_said: bool) -> Iterator[SourcedClause]:
    """Say whom to go through, why it is that office, and that it is suspended and what stands in for it."""
    row = first.row
    if row.go_through:
        yield resting_on([first.refs], "through", **_nowhere(row.go_through))
    elif row.route_name and not is_said:
        yield resting_on([first.dated_by], "through", **_route(row))
    if row.route_status and (row.go_through or is_said):
        yield resting_on([first.dated_by], "suspended", **_route(row))


def _route(row: ContactRow) -> dict[str, Any]:
    """Return what a sentence says of our office that is the route; its name is blank where there is none."""
    state = {name: getattr(row, f"route_{name}") for name in _STATE}
    return {"through": row.route_acronym or row.route_name or "", **state}


def _nowhere(through: str) -> dict[str, Any]:
    """Return the same of an office that somebody noted, of which nothing more is known."""
    return {"through": through, **dict.fromkeys(_STATE)}


def _of_posts(rows: Rows[ContactRow], named: Sequence[ContactRow]) -> Iterator[SourcedClause]:
    """Say who holds which post, where the first choice is none; else only of those that nobody holds for good."""
    posts = rows.where(place="post").keeping(lambda row: row.holding != "holder not held" and row not in named)
    told = posts.keeping(_is_not_for_good) if named[0].post else posts
    # Who heads it goes before whoever else is there, also where nobody does.
    for post in Rows.of(told.sourced, lambda row: row.role != _HEAD).first(_POSTS).each():
        yield post.clause("at-post", **_holder(*post), others=_others(*post))


def _is_not_for_good(row: ContactRow) -> bool:
    return row.holder_capacity in _NOT_FOR_GOOD or row.holding == "vacant" or bool(row.other_holders)


def _of_first(first: Rows[ContactRow], about: str, *, with_holder: bool) -> Iterator[SourcedClause]:
    """Say how sure the first choice is: its holder, who checked its address, its portfolio, its languages."""
    [row] = first
    if row.post and with_holder:
        yield first.clause("holder", **_holder(row))
        if row.other_holders:
            yield first.clause("other-holders", others=_others(row))
    if row.channel and row.verified_on and (row.verified_by or not row.verified_lately):
        known = row.model_dump(include=_CHECKED)
        yield first.clause("checked", kind=row.channel_kind, is_fresh=row.verified_lately, **known)
    if row.topic_match not in (None, "exact"):
        portfolio = [topics.in_words(topic) for topic in row.topics]
        yield first.clause("portfolio", match=row.topic_match, topic=about, portfolio=portfolio)
    if row.languages:
        yield first.clause("languages", languages=spoken_in(row.languages))


def _others(row: ContactRow) -> list[dict[str, Any]]:
    return [other.model_dump() for other in row.other_holders]


def _way(row: ContactRow) -> dict[str, Any]:
    """Return what a sentence says of a way: what it is called, who is in office there, its first channel."""
    called = row.body_name if row.place == "our owner" else row.called
    is_theirs = row.channel_kind == "mobile"  # a mobile is nobody's but the person's, in office or not
    named = row.holder_name if (row.holding in _NAMED or is_theirs) and row.holder != LEFT_OUT else None
    return {"called": called, "holder_name": named, **row.model_dump(include=_OF_A_WAY | _CHECKED)}


def _holder(row: ContactRow) -> dict[str, Any]:
    term = {
        name: getattr(row, f"holder_{name}") for name in ("seen_on", "until", "start", "end", "end_kind", "left_for")
    }
    known = {
        "called": row.called,
        "holding": row.holding,
        "holder_name": row.holder_name,
        "capacity": row.holder_capacity,
    }
    return {**known, **term}


def _fallbacks(first: ContactRow, after: Rows[ContactRow]) -> Iterator[Rows[ContactRow]]:
    """Give the best of each step of the chain: another post, the mailbox of the same office, the parent body.

    What no channel leads to is no help to somebody whose mail has come back; nor is the same address once more.
    """
    others = after.keeping(lambda row: row.channel and row.channel_value != first.channel_value)
    for place in _NEXT:
        leading = others.where(place=place)
        nearest = leading.keeping(lambda row: row.body == first.body) if place == "office mailbox" else leading
        yield from (nearest or leading).first().each()


def _on_many(rows: Rows[ContactRow], role: str) -> Iterator[SourcedClause]:
    """Say for how many parties there is a way, for which something of it is lacking, and for which there is none."""
    reached = rows.keeping(attrgetter("rank"))
    surely = reached.keeping(lambda row: row.channel and row.holding in _CERTAIN) if role else reached
    yield clause("headline", parties=len(rows), reached=len(surely), role=role)
    if alone := [row.name for row in reached if row not in surely]:
        yield clause("post-alone", names=alone)
    if lacking := [row.name for row in rows if not row.rank]:
        yield clause("nothing", names=lacking)


def _doubts(rows: Rows[ContactRow], clauses: Sequence[str]) -> Iterator[UnwordedCaveat]:
    """Say what is old or not certain about the ways that come first, each with the clause that says it."""
    checked = next((name for name in ("checked", "headline") if name in clauses), None)
    yield rows.doubt("stale", "not-verified", _is_old, clause=checked, ways=list(rows.keeping(_is_old)))
    concerned = next((name for name in ("holder", "held-then") if name in clauses), None)
    yield rows.doubt("unknown", "not-certain", _is_unsure, clause=concerned, ways=list(rows.keeping(_is_unsure)))


def _is_old(row: ContactRow) -> bool:
    return bool(row.rank) and not row.verified_lately


def _is_unsure(row: ContactRow) -> bool:
    return bool(row.rank and row.post) and row.holding not in _CERTAIN


def _no_mailbox(party: str, rows: Rows[ContactRow]) -> Iterator[UnwordedCaveat]:
    """Say that none of the ways to a party is a mailbox for officials, where there are other ways."""
    usable = rows.keeping(lambda row: row.usable and row.channel)
    if usable and not usable.where(channel_kind="email"):
        yield caveat("unknown", "no-mailbox", party=party)


def _unheard(language: str, rows: Rows[ContactRow], clause: str) -> Iterator[UnwordedCaveat]:
    """Say that nobody listed is known to answer in the language asked for."""
    if language and not rows.where(language_match="yes"):
        yield caveat("unknown", "unheard", clause=clause, language=spoken(language))


def _left_out(count: int) -> Iterator[UnwordedCaveat]:
    """Say how many ways are not listed."""
    if count:
        yield caveat("partial", "more-ways", count=count)


CONTACT = Question.of(
    contact,
    title="Whom do I contact there, about this topic or in this role?",
    names={"party": ("Party", "Post", "Agreement")},
    example={"party": "OSCE", "topic": "child trafficking"},
    use=CONTACTED,
    columns=("name", "who", "channels", "steps", "reason", "instead", "evidence"),
)
