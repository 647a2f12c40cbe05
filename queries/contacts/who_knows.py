"""Who of us knows whom at a party: from meetings, promises and answered checks; and who is not on file as met."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal, get_args

from iga.graph.domain.parties import PEOPLE
from iga.graph.domain.values import last_day
from iga.graph.text import folded
from iga.queries.contacts.dealings import Holders, Present, is_written, touches_of, whose_engagements
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, needed, sourced
from iga.queries.core.days import passed
from iga.queries.core.holders import NO_POST, Holder
from iga.queries.core.home import is_our_side, ours_among
from iga.queries.core.names.resolve import choices
from iga.queries.core.periods import years_after
from iga.queries.core.promises import promises
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow
from iga.queries.core.reads import POSTS_HELD_BY
from iga.queries.core.rows import Rows, backwards
from iga.queries.core.scope import Edges, Scope, bodies_with_posts, channels_inside, scope_of
from iga.queries.core.session import Session

How = Literal["met", "answered", "promised us", "was promised", "listed"]
"""Met, or answered a check of a channel, or promised us something; we promised; both only listed for a meeting."""

TWO_WAY: tuple[How, ...] = ("met", "answered", "promised us")

_NAMED = ("Person", "Post")
# Meetings that are looked at, newest first: who met us before these has met us since, or is long gone.
_MEETINGS = 100
# What a check of a channel is called in which the other side answered; a page that shows an address is no answer.
_ANSWERS = ("reply", "replied", "answer", "met", "spoke", "call")


@dataclass(frozen=True)
class Contact:
    """One time that somebody of ours had to do with somebody of a party.

    Attributes:
        ours: Our post, person or office; None where a check names somebody whom no post of ours is known of.
        on: Its day, possibly partial; blank is not known.
        what: Name of the meeting or the promise, or the address that was checked.
    """

    ours: Subject | None
    by: str
    theirs: Subject
    on: str
    how: How
    what: str
    sources: tuple[Mapping[str, Any], ...]


def contacts_with(session: Session, scope: Scope, *, day: str) -> tuple[list[Contact], Holders]:
    """Return the contacts of our side with a party by a day, latest first, and who held the posts of both sides.

    Our government as a whole is left out: that it was there does not tell who of us was.
    """
    theirs = frozenset(whose_engagements(session, scope).ids)
    found = [*_meetings(session, scope, theirs, day), *_promises(session, theirs, day)]
    found += _checks(session, scope, day)
    both = [who for contact in found for who in (contact.ours, contact.theirs) if who]
    holders = Holders(session, [*(who.id for who in both if who.cls == "Post"), *scope.holders])
    found.sort(key=lambda contact: (contact.theirs.id, contact.by, contact.what))
    return sorted(found, key=lambda contact: contact.on, reverse=True), holders


def _meetings(session: Session, scope: Scope, theirs: frozenset[str], day: str) -> Iterator[Contact]:
    touches = touches_of(session, scope, day=day, least=_MEETINGS, counts=lambda touch: touch.is_real).newest
    # Whoever got a letter met nobody by it.
    met = [touch for touch in touches if touch.kind == "engagement" and not is_written(touch.values)]
    close = [touch for touch in met if touch.is_close][:_MEETINGS]
    present, us = Present(session, (touch.what.id for touch in close), theirs), session.home.government
    for touch in close:
        of_ours, of_theirs = present.sides(touch.what.id)
        for one, other in product(_personal(edge for edge in of_ours if edge.id != us), _personal(of_theirs)):
            sources = (touch.values, one.properties, other.properties)
            how: How = "met" if touch.is_real else "listed"
            yield Contact(one.other, one.name, other.other, touch.on, how, touch.what.name, sources)


def _personal(edges: Iterable[EdgeRow]) -> Sequence[EdgeRow]:
    """Return the people and posts, each once; the bodies where there is none of them."""
    every = list({edge.id: edge for edge in edges}.values())
    return [edge for edge in every if edge.cls in _NAMED] or every


def _promises(session: Session, theirs: frozenset[str], day: str) -> Iterator[Contact]:
    made = promises(session, day=day, of=theirs)
    us, ends = session.home.government, [edge.id for it in made for edge in (*it.makers, *it.owed_to)]
    ours = ours_among(session, ends) - theirs - {us}
    for promise in made:
        said, name = promise.entity.values, promise.entity.name
        for maker, to in product(promise.makers, promise.owed_to):
            sources, on = (said, maker.properties, to.properties), str(said.get("said_on") or "")
            if maker.id in theirs and to.id in ours:
                yield Contact(to.other, to.name, maker.other, on, "promised us", name, sources)
            elif to.id in theirs and maker.id in ours:
                yield Contact(maker.other, maker.name, to.other, on, "was promised", name, sources)


def _checks(session: Session, scope: Scope, day: str) -> Iterator[Contact]:
    inside = bodies_with_posts(scope.party, scope.offices)
    people = {who.id: who for holder in scope.holders.values() if (who := holder.incumbent)}
    whose = {edge.id: edge.other for edge in scope.posts} | people
    for edge in channels_inside(session, scope.holders, scope.people, inside):
        by, on = str(edge.values.get("verified_by") or ""), edge.values.get("verified_on")
        how = str(edge.values.get("verified_how") or "").casefold()
        if by and on and passed(on, on=day) != "no" and any(word in how for word in _ANSWERS):
            ours = _called(session, by, last_day(on))
            address = str(edge.values.get("channel_value") or edge.name)
            sources = (edge.values, edge.properties)
            yield Contact(ours, ours.name if ours else by, whose[edge.subject], on, "answered", address, sources)


def _called(session: Session, name: str, day: str) -> Subject | None:
    """Return our post that whoever is called so held on a day; None where that is not known."""
    people = [person.id for person in choices(session, name, labels=("Person",))]
    posts = [edge.other for edge in Edges(session, day).every(POSTS_HELD_BY, people)] if len(people) == 1 else []
    ours = ours_among(session, [post.id for post in posts])
    return next((post for post in posts if post.id in ours), None)


Acquaintance = Literal["known", "inherited", "cold", "one-way", "not on file as met"]

_ORDER: tuple[Acquaintance, ...] = get_args(Acquaintance)
# As in the cadence of calls and the checks of channels: posts rotate, and nobody remembers a visitor of last year.
_WARM_YEARS = 1
_REASONS = 3
_PERSONAL = ("post:", *PEOPLE)


class WhoKnowsParams(Params):
    """What `who-knows` is asked with."""

    party: str = needed("The party, a post of it or somebody there.", "OSCE")


class WhoKnowsRow(AnswerRow):
    """One of ours with one of theirs; or one of theirs whom nobody of ours is known to have met."""

    state: Acquaintance = needed(
        "Known within a year; through a post whose holder changed since; longer ago; one-way alone; not on file as met."
    )
    ours: str | None = column("Id of our post, person or office; null is nobody, or somebody of whom no post is known.")
    ours_name: str | None = column("Name of it, or of who checked.")
    ours_then: str | None = column("Who was in our post at the last contact; null is not known, or no post.")
    ours_now: str | None = column("Who holds it now: the name if in office, else how surely, in words.")
    theirs: str = needed("Id of their post, person or office.")
    theirs_name: str = needed("Name of it.")
    theirs_then: str | None = column("Who was in their post at the last contact; null is not known, or no post.")
    theirs_now: str | None = column("Who holds it now: the name if in office, else how surely, in words.")
    is_two_way: bool = column("Whether both sides did something: met, answered, promised us.", False)
    times: int = column("How many contacts are on record.", 0)
    last_on: str | None = column("Day of the last one, possibly partial.")
    because: tuple[str, ...] = column("The last of these in words, newest first.", ())


@dataclass(frozen=True)
class _Pair:
    """The contacts of one of ours with one of theirs, latest first; those of both sides before one-way ones."""

    contacts: tuple[Contact, ...]

    @property
    def last(self) -> Contact:
        """What says how well the two know each other."""
        return next((it for it in self.contacts if it.how in TWO_WAY), self.contacts[0])


def who_knows(request: Request[WhoKnowsParams]) -> Result[WhoKnowsRow]:
    """List who of ours knows whom of a party, the surest first; then posts of theirs not on file as met.

    A contact at a post is inherited by its next holder on either side, and said to be. ``held`` is *unknown* where
    nothing is recorded, which is not a statement that two never met.
    """
    party, session, day = request.one("party"), request.session, request.day
    scope = scope_of(session, party, day=day)
    if is_our_side(session, scope):
        return Result(clauses=(clause("ours", party=party.name),))
    contacts, holders = contacts_with(session, scope, day=day)
    pairs: dict[tuple[str, str], list[Contact]] = {}
    for contact in contacts:
        pairs.setdefault((contact.ours.id if contact.ours else contact.by, contact.theirs.id), []).append(contact)
    rows = Rows.of((_row(_Pair(tuple(of)), holders, day) for of in pairs.values()), _order)
    known = {row.theirs for row in rows if row.is_two_way}
    bare = Rows.of((_never(post, scope.holders[post.id]) for post in scope.posts if post.id not in known), _order)
    return Result.of(_clauses(scope, rows, bare), rows + bare, _caveats(rows, bare))


def _order(row: WhoKnowsRow) -> tuple[Any, ...]:
    """Return what rows are compared by: people before offices in each state, then the last contact, then the names."""
    names = folded(row.ours_name or ""), folded(row.theirs_name), row.ours or "", row.theirs
    return _ORDER.index(row.state), not _is_personal(row), backwards(row.last_on), *names


def _is_personal(row: WhoKnowsRow) -> bool:
    """Return True if a row is on people or posts of both sides, not on an office or a government as a whole."""
    return row.theirs.startswith(_PERSONAL) and (row.ours is None or row.ours.startswith(_PERSONAL))


def _row(pair: _Pair, holders: Holders, day: str) -> SourcedRow[WhoKnowsRow]:
    last = pair.last
    then, now = ([_held(holders, who, on) for who in (last.ours, last.theirs)] for on in (last.on, day))
    both = ((one.incumbent, other.incumbent) for one, other in zip(then, now, strict=True))
    has_changed = any(one and (not other or one.id != other.id) for one, other in both)
    return sourced(
        WhoKnowsRow,
        *(source for contact in pair.contacts for source in contact.sources),
        held="yes" if last.how in TWO_WAY else "unknown",
        state=_state(last, day, has_changed=has_changed),
        ours=last.ours.id if last.ours else None,
        ours_name=last.by,
        theirs=last.theirs.id,
        theirs_name=last.theirs.name,
        **_names("ours", then[0], now[0]),
        **_names("theirs", then[1], now[1]),
        is_two_way=last.how in TWO_WAY,
        times=len(pair.contacts),
        last_on=last.on or None,
        because=tuple(
            worded(__package__, "who_knows", "row-because", {"how": it.how, "what": it.what, "on": it.on})
            for it in pair.contacts[:_REASONS]
        ),
    )


def _held(holders: Holders, who: Subject | None, day: str) -> Holder:
    return holders.of(who.id, day) if who else NO_POST


def _names(side: str, then: Holder, now: Holder) -> dict[str, Any]:
    told = replace(now, person=None, until=None) if now.until else now  # nobody knows somebody there by who left
    known = now.person.name if now.person and now.holding == "in office" else told.in_words or None
    return {f"{side}_then": then.in_office.name if then.in_office else None, f"{side}_now": known}


def _state(last: Contact, day: str, *, has_changed: bool) -> Acquaintance:
    if last.how not in TWO_WAY:
        return "one-way"
    if has_changed:
        return "inherited"
    return "known" if last.on and last_day(last.on) >= years_after(day, -_WARM_YEARS) else "cold"


def _never(post: FullEdgeRow, holder: Holder) -> SourcedRow[WhoKnowsRow]:
    return sourced(
        WhoKnowsRow,
        *(post.values, post.properties, *holder.sources),
        held="unknown",
        state="not on file as met",
        **named("theirs", post),
        **_names("theirs", NO_POST, holder),
    )


def _clauses(scope: Scope, rows: Rows[WhoKnowsRow], bare: Rows[WhoKnowsRow]) -> Iterator[SourcedClause]:
    """Say who knows them best, then what is inherited, cold or one-way, and whom nobody met; who could introduce."""
    known, best = rows.where(state="known"), next(iter(rows), None)
    sure = {post for post, holder in scope.holders.items() if holder.holding == "in office"}
    said = next(iter(_said(rows.first())), None)
    counts = {name: len({getattr(row, column) for row in known}) for name, column in _COUNTED.items()}
    yield rows.first().clause("headline", party=scope.party.name, best=said, **counts)
    if best:
        yield rows.first().clause("because", because=best.because[0], times=best.times)
    for state in ("inherited", "cold", "one-way"):
        if others := rows.where(state=state).keeping(lambda row: row is not best):
            yield others.clause(state, number=len(others), first=_said(others)[0])
    if best and bare:
        names = [row.theirs_now if row.theirs in sure else row.theirs_name for row in bare]
        introducer = said if best.is_two_way and _is_personal(best) else None
        yield bare.clause("never-met", names=names, introducer=introducer)
    elif in_office := bare.keeping(lambda row: row.theirs in sure):
        yield in_office.clause("in-office", names=[row.theirs_now for row in in_office])
    if not best and (others := bare.keeping(lambda row: row.theirs not in sure)):
        yield others.clause("not-known", posts=others.told("theirs_name", "theirs_now"))


_COUNTED = {"ours": "ours_name", "theirs": "theirs"}


def _said(rows: Rows[WhoKnowsRow]) -> list[dict[str, Any]]:
    return rows.told(
        *("state", "last_on", "ours_name", "ours_then", "ours_now", "theirs_name", "theirs_then", "theirs_now")
    )


def _caveats(rows: Rows[WhoKnowsRow], bare: Rows[WhoKnowsRow]) -> Iterator[UnwordedCaveat]:
    yield caveat("derived", "what-counts")
    yield (rows + bare).doubt("unknown", "not-entered", lambda row: row.state == "not on file as met")
    if not rows:
        yield caveat("unknown", "nothing-entered", clause="headline")


WHO_KNOWS = Question.of(
    who_knows,
    title="Who of us knows whom there, and whom do we not have on file as met?",
    names={"party": ("Party", "Post")},
    example={"party": "OSCE"},
    columns=("state", "ours_name", "ours_now", "theirs_name", "theirs_now", "last_on", "because", "held", "evidence"),
    maturity="trial",
)
