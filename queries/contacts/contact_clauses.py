"""What is said of the ways to reach one party, or many: whom to write to, how sure that is, what to try next."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from iga.graph.domain import topics
from iga.graph.domain.values import last_day
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.contacts.languages import language_of, spoken, spoken_in
from iga.queries.contacts.ways import Place
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from iga.queries.core.question import Request, SourcedRow

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

Rows = Sequence[SourcedRow[ContactRow]]


def on_one(
    request: Request[Any], party: Subject, rows: Rows, lack: dict[str, Any] | None, *, whose: str, language: str | None
) -> Iterator[SourcedClause]:
    """Say who held the post, of a past day; then whom to write to and what is known of it, and what to try next.

    Where the first channel is only that of a branch, it is said whose, after that there is none for the whole.
    """
    first = rows[0]
    request.session.evidence(ref for row in rows for ref in row.refs)  # once for all: the answer needs them too
    post = next((row for row in rows if row.row.place == "post"), None)
    is_past = post is not None and request.session.looks_back(post.refs, day=request.day)
    if is_past and post:
        yield _of_row(post, "held-then", day=request.day, **_holder(post.row))
    if lack:
        yield resting_on([first.refs, first.dated_by], "no-way", **lack, **_route(first.row))
        if lack["others"]:
            yield _of_row(first, "other-roles", others=lack["others"])
    else:
        about = topics.in_words(request.topic) if request.topic else ""
        route = _route(first.row) if whose else {}
        yield _of_row(first, "headline", party=party.name, topic=about, way=_way(first.row), of_part=whose, **route)
        if whose:
            yield _of_row(first, "of-part", way=_way(first.row), whose=whose)
        yield from _of_first(first, about, with_holder=not is_past)
    if first.row.post and not is_past:
        yield from _mandate(request, first.row.post)
    after = [row for row in rows if row.row.rank and row.row.usable and row is not first]
    next_best = list(_fallbacks(first.row, after))
    national = [row for row in rows if row is not first and _is_national(row.row, party)]
    national.sort(key=lambda row: row.row.holder_name is None)
    yield from _of_posts(rows, [first, *next_best, *national])
    if first.row.website and not first.row.channel:
        body = first.row.body_name or party.name
        yield resting_on([first.refs, first.dated_by], "page", body=body, website=first.row.website)
    yield from _through(first, is_said=bool(lack or whose))
    for number, row in enumerate(next_best):
        lead = "or" if number else "instead" if lack else "if that fails"
        yield _of_row(row, _NEXT[row.row.place], way=_way(row.row), lead=lead)
    if national:
        ways = [_national(row.row) for row in national]
        yield resting_on([row.refs for row in national], "national", ways=ways)
    speaking = next((row for row in rows if row.row.language_match == "yes" and row.row.usable), first)
    if language and speaking is not first:
        yield _of_row(speaking, "in-language", language=spoken(language_of(language)), way=_way(speaking.row))
    if unfit := [row for row in rows if row.row.not_for_officials and row.row.channel_value]:
        channels = [{"value": row.row.channel_value, "serves": row.row.not_for_officials} for row in unfit]
        yield resting_on([row.refs for row in unfit], "unfit", channels=channels)
    if owner := next((row for row in after if row.row.place == "our owner"), None):
        yield _of_row(owner, "owner", way=_way(owner.row))


def _mandate(request: Request[Any], post: str) -> Iterator[SourcedClause]:
    """Say that the mandate of a post ends within a year, or ended of late and no renewal is on record."""
    for ending in request.ask("mandates", party=post).rows:
        if ending.row.mandated == post:
            last = ending.row.last_day
            yield resting_on([ending.refs], "mandate", last_day=last, is_over=last_day(last) < request.day)


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
        yield _of_row(first, "through", **_nowhere(row.go_through))
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


def _of_posts(rows: Rows, named: Rows) -> Iterator[SourcedClause]:
    """Say who holds which post, where the first choice is none; else only of those that nobody holds for good."""
    posts = [
        row for row in rows if row.row.place == "post" and row.row.holding != "holder not held" and row not in named
    ]
    told = [row for row in posts if _is_not_for_good(row.row)] if named[0].row.post else posts
    # Who heads it goes before whoever else is there, also where nobody does.
    for row in sorted(told, key=lambda row: row.row.role != _HEAD)[:_POSTS]:
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


def on_many(rows: Rows, role: str) -> Iterator[SourcedClause]:
    """Say for how many parties there is a way, for which something of it is lacking, and for which there is none."""
    reached = [row.row for row in rows if row.row.rank]
    surely = [row for row in reached if row.channel and row.holding in _CERTAIN] if role else reached
    yield clause("headline", parties=len(rows), reached=len(surely), role=role)
    if alone := [row.name for row in reached if row not in surely]:
        yield clause("post-alone", names=alone)
    if lacking := [row.row.name for row in rows if not row.row.rank]:
        yield clause("nothing", names=lacking)


def doubts(rows: Rows, clauses: Sequence[str]) -> Iterator[UnwordedCaveat]:
    """Say what is old or not certain about the ways that come first, each with the clause that says it."""
    ways = [row.row for row in rows]
    is_old = [bool(way.rank) and not way.verified_lately for way in ways]
    is_unsure = [bool(way.rank and way.post) and way.holding not in _CERTAIN for way in ways]
    checked = next((name for name in ("checked", "headline") if name in clauses), None)
    yield caveat("stale", "not-verified", clause=checked, rows=is_old, ways=list(compress(ways, is_old)))
    concerned = next((name for name in ("holder", "held-then") if name in clauses), None)
    yield caveat("unknown", "not-certain", clause=concerned, rows=is_unsure, ways=list(compress(ways, is_unsure)))


def no_mailbox(party: str, rows: Rows) -> Iterator[UnwordedCaveat]:
    """Say that none of the ways to a party is a mailbox for officials, where there are other ways."""
    usable = [row.row for row in rows if row.row.usable and row.row.channel]
    if usable and not any(way.channel_kind == "email" for way in usable):
        yield caveat("unknown", "no-mailbox", party=party)


def unheard(language: str, rows: Rows, clause: str) -> Iterator[UnwordedCaveat]:
    """Say that nobody listed is known to answer in the language asked for."""
    if language and not any(row.row.language_match == "yes" for row in rows):
        yield caveat("unknown", "unheard", clause=clause, language=spoken(language))


def left_out(count: int) -> Iterator[UnwordedCaveat]:
    """Say how many ways are not listed."""
    if count:
        yield caveat("partial", "more-ways", count=count)
