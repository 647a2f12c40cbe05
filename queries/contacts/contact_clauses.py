"""What is said of the ways to reach one party, or many: whom to write to, how sure that is, what to try next."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from iga.graph.domain import topics
from iga.graph.domain.values import last_day
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.contacts.languages import language_of, spoken, spoken_in
from iga.queries.contacts.ways import Place
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from iga.queries.core.question import Request, SourcedRow
from iga.queries.core.rows import Rows

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


def on_one(
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
        yield post.clause("held-then", day=request.day, **_holder(*post))
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
        yield ending.clause("mandate", last_day=last, is_over=last_day(last) < request.day)


def _is_national(row: ContactRow, party: Subject) -> bool:
    """Say whether a row is a national body against trafficking, a coordinator or a rapporteur, without a channel."""
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


def _fallbacks(first: ContactRow, after: Rows[ContactRow]) -> Iterator[Rows[ContactRow]]:
    """Give the best of each step of the chain: another post, the mailbox of the same office, the parent body.

    What no channel leads to is no help to somebody whose mail has come back.
    """
    for place in _NEXT:
        leading = after.where(place=place).keeping(attrgetter("channel"))
        nearest = leading.keeping(lambda row: row.body == first.body) if place == "office mailbox" else leading
        yield from (nearest or leading).first().each()


def on_many(rows: Rows[ContactRow], role: str) -> Iterator[SourcedClause]:
    """Say for how many parties there is a way, for which something of it is lacking, and for which there is none."""
    reached = rows.keeping(attrgetter("rank"))
    surely = reached.keeping(lambda row: row.channel and row.holding in _CERTAIN) if role else reached
    yield clause("headline", parties=len(rows), reached=len(surely), role=role)
    if alone := [row.name for row in reached if row not in surely]:
        yield clause("post-alone", names=alone)
    if lacking := [row.name for row in rows if not row.rank]:
        yield clause("nothing", names=lacking)


def doubts(rows: Rows[ContactRow], clauses: Sequence[str]) -> Iterator[UnwordedCaveat]:
    """Say what is old or not certain about the ways that come first, each with the clause that says it."""
    checked = next((name for name in ("checked", "headline") if name in clauses), None)
    yield rows.doubt("stale", "not-verified", _is_old, clause=checked, ways=list(rows.keeping(_is_old)))
    concerned = next((name for name in ("holder", "held-then") if name in clauses), None)
    yield rows.doubt("unknown", "not-certain", _is_unsure, clause=concerned, ways=list(rows.keeping(_is_unsure)))


def _is_old(row: ContactRow) -> bool:
    return bool(row.rank) and not row.verified_lately


def _is_unsure(row: ContactRow) -> bool:
    return bool(row.rank and row.post) and row.holding not in _CERTAIN


def no_mailbox(party: str, rows: Rows[ContactRow]) -> Iterator[UnwordedCaveat]:
    """Say that none of the ways to a party is a mailbox for officials, where there are other ways."""
    usable = rows.keeping(lambda row: row.usable and row.channel)
    if usable and not usable.where(channel_kind="email"):
        yield caveat("unknown", "no-mailbox", party=party)


def unheard(language: str, rows: Rows[ContactRow], clause: str) -> Iterator[UnwordedCaveat]:
    """Say that nobody listed is known to answer in the language asked for."""
    if language and not rows.where(language_match="yes"):
        yield caveat("unknown", "unheard", clause=clause, language=spoken(language))


def left_out(count: int) -> Iterator[UnwordedCaveat]:
    """Say how many ways are not listed."""
    if count:
        yield caveat("partial", "more-ways", count=count)
