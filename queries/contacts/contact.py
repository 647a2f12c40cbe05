"""Whom to contact at one party or at many, in which order, and what to do if that fails."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Any

from pydantic import Field

from graph.domain import topics
from graph.domain.values import last_day
from graph.statements import OFFICERS
from queries.contacts.contact_rows import ContactRow, empty_row, in_words, way_row
from queries.contacts.languages import language_of, spoken, spoken_in
from queries.contacts.rank import RatedWay, WantedWay, rated, role_match
from queries.contacts.ways import Place, Reach, reach_of
from queries.core.answer import Subject, Total
from queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from queries.core.columns import option
from queries.core.permissions import CONTACTED
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, refs

# Rank of a way that no source row stands behind; weaker than any card's.
_NO_SOURCE = 99
# Lists of contacts of the office are sources of their own.
_OF_THE_OFFICE = "office:"
# Nobody reads further before a call; of each later step of the fallback chain, and of what must not be used, the
# first few are listed all the same.
_LISTED, _LISTED_OF_EACH = 10, 2
# Posts of which it is said how they are held, where the first choice is another.
_POSTS = 2
_CERTAIN = ("in office", "acting")
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

    Raises:
        NotFound: No language is called so.
    """
    parties, params = request.subjects["party"], request.params
    language = language_of(params.language) if params.language else ""
    wanted = WantedWay(request.day, request.topic, (params.role or "").strip(), language)
    if len(parties) > 1:
        sheet = tuple(_of_sheet(request, *_in_order(request, party, wanted)) for party in parties)
        return Result(
            clauses=tuple(_on_many(sheet, wanted.role)),
            rows=sheet,
            caveats=(*_doubts(sheet, ()), *_unheard(language, sheet, "headline")),
        )
    reach, ordered = _in_order(request, parties[0], wanted)
    lack = _lack(request, reach.party, ordered)
    rows = tuple(_rows(request, reach, ordered, lack))
    more = len(ordered) - sum(row.row.rank > 0 for row in rows)
    clauses = tuple(_on_one(request, reach.party, rows, lack))
    return Result(
        clauses=clauses,
        rows=rows,
        caveats=(
            *_doubts(rows[:1], [clause.id for clause in clauses]),
            *_unheard(language, rows, "no-way" if lack else "headline"),
            *_left_out(more),
        ),
        total=Total(value=len(rows) + more),
    )


def _in_order(request: Request[ContactParams], party: Subject, wanted: WantedWay) -> tuple[Reach, list[RatedWay]]:
    """Return what is on record on one party, and all ways to reach it, best first."""
    reach, cards = reach_of(request.session, party, day=request.day), request.session.cards
    ways, shown_on = [], _shown_on(reach)
    for way in reach.ways:
        stated = refs(*way.sources, *(edge.values for edge in way.channels))
        source_rank = min((cards[source].rank for source, _ in stated if source in cards), default=_NO_SOURCE)
        is_entered = any(_is_entered(edge) and _last_seen(edge) >= shown_on for edge in way.channels)
        ways.append(rated(way, wanted=wanted, source_rank=source_rank, is_entered=is_entered))
    return reach, _once(sorted(ways, key=lambda way: way.order))


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
    """Say whether somebody of ours entered a channel: typed it, or has it on a list of contacts."""
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
    """Say whether a way is a post with the role, or a way around: a mailbox, the parent body, our owner."""
    return rated.way.place != "post" or not role or role_match(rated.way, role) < 2


def _lack(request: Request[ContactParams], party: Subject, ordered: Sequence[RatedWay]) -> dict[str, Any] | None:
    """Return what a sentence says of why no way is usable; None if one is."""
    role = request.params.role or ""
    theirs = [rated for rated in ordered if rated.way.place != "our owner" and _is_wanted(rated, role)]
    if role and not any(rated.way.post for rated in theirs):
        others = [str(rated.way.post.get("name")) for rated in ordered if rated.way.place == "post"]
        return {"party": party.name, "role": role, "others": others, "unusable": ""}
    if any(rated.best.is_usable for rated in theirs):
        return None
    unusable = theirs[0].best.unusable_because if theirs else ""
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


Rows = Sequence[SourcedRow[ContactRow]]


def _on_one(
    request: Request[ContactParams], party: Subject, rows: Rows, lack: dict[str, Any] | None
) -> Iterator[SourcedClause]:
    """Say who held the post, of a past day; then whom to write to and what is known of it, and what to try next."""
    first, language = rows[0], request.params.language
    request.session.evidence(ref for row in rows for ref in row.refs)  # once for all: the answer needs them too
    post = next((row for row in rows if row.row.place == "post"), None)
    is_past = post is not None and request.session.looks_back(post.refs, day=request.day)
    if is_past and post:
        yield _of_row(post, "held-then", day=request.day, **_holder(post.row))
    if lack:
        yield _of_row(first, "no-way", **lack)
        if lack["others"]:
            yield _of_row(first, "other-roles", others=lack["others"])
    else:
        about = topics.in_words(request.topic) if request.topic else ""
        yield _of_row(first, "headline", party=party.name, topic=about, way=_way(first.row))
        yield from _of_first(first, about, with_holder=not is_past)
    after = [row for row in rows if row.row.rank and row.row.usable and row is not first]
    next_best = list(_fallbacks(first.row, after))
    yield from _of_posts(rows, [first, *next_best])
    yield from _through(first)
    for number, row in enumerate(next_best):
        lead = "or" if number else "instead" if lack else "if that fails"
        yield _of_row(row, _NEXT[row.row.place], way=_way(row.row), lead=lead)
    if bodies := [row for row in rows if row is not first and _is_national(row.row, party)]:
        listed = max((row.row.listed_on for row in bodies if row.row.listed_on), default=None)
        names = [row.row.post_name or row.row.body_name for row in bodies]
        yield resting_on([row.refs for row in bodies], "national", names=names, listed_on=listed)
    speaking = next((row for row in rows if row.row.language_match == "yes" and row.row.usable), first)
    if language and speaking is not first:
        yield _of_row(speaking, "in-language", language=spoken(language_of(language)), way=_way(speaking.row))
    if unfit := [row for row in rows if row.row.not_for_officials and row.row.channel_value]:
        channels = [{"value": row.row.channel_value, "serves": row.row.not_for_officials} for row in unfit]
        yield resting_on([row.refs for row in unfit], "unfit", channels=channels)
    if owner := next((row for row in after if row.row.place == "our owner"), None):
        yield _of_row(owner, "owner", way=_way(owner.row))


def _is_national(row: ContactRow, party: Subject) -> bool:
    """Say whether a row is a national body against trafficking, a coordinator or a rapporteur, without a channel."""
    is_post = party.cls == "Government" and (row.role or "") in ("coordinator", "rapporteur")
    return bool(row.rank) and not row.channel and (row.place == "national body" or is_post)


def _through(first: SourcedRow[ContactRow]) -> Iterator[SourcedClause]:
    """Say whom to go through, why it is that office, and that it is suspended and what stands in for it."""
    row = first.row
    state = {name: getattr(row, f"route_{name}") for name in _STATE}
    if row.go_through:
        yield _of_row(first, "through", through=row.go_through, **dict.fromkeys(_STATE))
    elif row.route_name:
        yield _of_row(first, "through", through=row.route_acronym or row.route_name, **state)
    if row.go_through and row.route_status:
        yield _of_row(first, "suspended", through=row.route_name, **state)


def _of_posts(rows: Rows, named: Rows) -> Iterator[SourcedClause]:
    """Say who holds which post, where the first choice is none; else only of those that nobody holds for good."""
    posts = [
        row for row in rows if row.row.place == "post" and row.row.holding != "holder not held" and row not in named
    ]
    told = [row for row in posts if _is_not_for_good(row.row)] if named[0].row.post else posts
    for row in told[:_POSTS]:
        yield _of_row(
            row, "at-post", **_holder(row.row), others=[other.model_dump() for other in row.row.other_holders]
        )


def _is_not_for_good(row: ContactRow) -> bool:
    return row.holder_capacity in _NOT_FOR_GOOD or row.holding == "vacant" or bool(row.other_holders)


def _of_first(first: SourcedRow[ContactRow], about: str, *, with_holder: bool) -> Iterator[SourcedClause]:
    """Say how sure the first choice is: its holder, who checked its address, its portfolio, its languages."""
    row = first.row
    if row.post and with_holder:
        yield _of_row(first, "holder", **_holder(row))
        if row.other_holders:
            yield _of_row(first, "other-holders", others=[other.model_dump() for other in row.other_holders])
    if row.channel and row.verified_on and (row.verified_by or not row.verified_lately):
        known = row.model_dump(include=_CHECKED)
        yield _of_row(first, "checked", kind=row.channel_kind, is_fresh=row.verified_lately, **known)
    if row.topic_match not in (None, "exact"):
        portfolio = [topics.in_words(topic) for topic in row.topics]
        yield _of_row(first, "portfolio", match=row.topic_match, topic=about, portfolio=portfolio)
    if row.languages:
        yield _of_row(first, "languages", languages=spoken_in(row.languages))


def _of_row(row: SourcedRow[ContactRow], name: str, **values: Any) -> SourcedClause:
    return resting_on([row.refs], name, **values)


def _way(row: ContactRow) -> dict[str, Any]:
    """Return what a sentence says of a way: what it is called, who is in office there, its first channel."""
    called = row.body_name if row.place == "our owner" else row.called
    named = row.holder_name if row.holding in _NAMED else None
    return {"called": called, "holder_name": named, **row.model_dump(include=_OF_A_WAY | _CHECKED)}


def _holder(row: ContactRow) -> dict[str, Any]:
    term = {name: getattr(row, f"holder_{name}") for name in ("seen_on", "until", "start", "end", "end_kind")}
    known = {
        "called": row.called,
        "holding": row.holding,
        "holder_name": row.holder_name,
        "capacity": row.holder_capacity,
    }
    return {**known, **term}


def _fallbacks(first: ContactRow, after: Rows) -> Iterator[SourcedRow[ContactRow]]:
    """Give the best of each step of the chain: another post, the mailbox of the same office, the parent body.

    What no channel leads to is no help to somebody whose mail has come back.
    """
    for place in _NEXT:
        leading = [row for row in after if row.row.place == place and row.row.channel]
        nearest = [row for row in leading if row.row.body == first.body] if place == "office mailbox" else []
        yield from (nearest or leading)[:1]


def _on_many(rows: Rows, role: str) -> Iterator[SourcedClause]:
    """Say for how many parties there is a way, for which something of it is lacking, and for which there is none."""
    reached = [row.row for row in rows if row.row.rank]
    surely = [row for row in reached if row.channel and row.holding in _CERTAIN] if role else reached
    yield clause("headline", parties=len(rows), reached=len(surely), role=role)
    if alone := [row.name for row in reached if row not in surely]:
        yield clause("post-alone", names=alone)
    if lacking := [row.row.name for row in rows if not row.row.rank]:
        yield clause("nothing", names=lacking)


def _doubts(rows: Rows, clauses: Sequence[str]) -> Iterator[UnwordedCaveat]:
    """Say what is old or not certain about the ways that come first, each with the clause that says it."""
    ways = [row.row for row in rows]
    is_old = [bool(way.rank) and not way.verified_lately for way in ways]
    is_unsure = [bool(way.rank and way.post) and way.holding not in _CERTAIN for way in ways]
    checked = next((name for name in ("checked", "headline") if name in clauses), None)
    yield caveat("stale", "not-verified", clause=checked, rows=is_old, ways=list(compress(ways, is_old)))
    concerned = next((name for name in ("holder", "held-then") if name in clauses), None)
    yield caveat("unknown", "not-certain", clause=concerned, rows=is_unsure, ways=list(compress(ways, is_unsure)))


def _unheard(language: str, rows: Rows, clause: str) -> Iterator[UnwordedCaveat]:
    """Say that nobody listed is known to answer in the language asked for."""
    if language and not any(row.row.language_match == "yes" for row in rows):
        yield caveat("unknown", "unheard", clause=clause, language=spoken(language))


def _left_out(count: int) -> Iterator[UnwordedCaveat]:
    if count:
        yield caveat("partial", "more-ways", count=count)


CONTACT = Question.of(
    contact,
    title="Whom do I contact there, about this topic or in this role?",
    names={"party": ("Party", "Post")},
    example={"party": "OSCE", "topic": "child trafficking"},
    use=CONTACTED,
    columns=("rank", "name", "who", "channels", "steps", "reason", "instead", "evidence"),
)
