"""What a new holder of a post inherits, and what is stale now: addresses, promises, meetings, who of us knew whom."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Any, Literal, get_args

from graph.domain.values import first_day, last_day
from graph.ledger.people_register import holds_name
from queries.contacts.acquaintance import TWO_WAY, Contact, contacts_with
from queries.contacts.responsibilities import engagements_ahead, promises_with
from queries.core.answer import AnswerRow, Subject
from queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from queries.core.columns import column, named, needed, sourced
from queries.core.days import latest
from queries.core.holders import Holder
from queries.core.home import ours_among
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow
from queries.core.reads import CHANNELS_OF, HOLDERS_OF, POSTS_HELD_BY
from queries.core.scope import Edges, Scope, scope_of
from queries.core.session import Session

TurnoverPart = Literal["address", "promise", "meeting", "acquaintance"]
TurnoverState = Literal["stale", "to check", "inherited", "checked since", "to introduce"]

_ORDER: tuple[TurnoverPart, ...] = get_args(TurnoverPart)
_STATES: tuple[TurnoverState, ...] = get_args(TurnoverState)
_FINDING = {True: "--bounced", False: "--replied"}


class TurnoverParams(Params):
    """What `turnover` is asked with."""

    party: str = needed("The post that changed hands, or whoever holds it now.", "Kari Johnstone")


class TurnoverRow(AnswerRow):
    """One thing that the change of holder leaves behind, in the order in which it is best seen to."""

    part: TurnoverPart = needed("Address, promise, meeting or acquaintance.")
    state: TurnoverState = needed(
        "Stale: it is the former holder's; to check: nobody looked since; inherited: it is the post's; "
        "checked since the change; to introduce: who of us knew the former holder alone."
    )
    what: str | None = column("Id of the channel, promise, meeting, party, or of our post or office.")
    what_name: str = needed("Name of it, or the address.")
    when: str | None = column("Its day: last checked, due, planned or last met.")
    told: str = needed("What there is to know, in words.")
    do: str | None = column("The command that notes what was found; null where none would.")


Rows = Sequence[SourcedRow[TurnoverRow]]


@dataclass(frozen=True)
class _Turn:
    """A post that changed hands.

    Attributes:
        post: The post.
        scope: What belongs to it, with its holder on the day.
        former: The term of whoever held it before.
        since: Day of the change, possibly partial: the start of the new term, else the first sight of it, else the end
            of the former one; blank is not known.
    """

    post: Subject
    scope: Scope
    former: EdgeRow
    since: str

    @property
    def holder(self) -> Holder:
        """Who holds the post on the day."""
        return self.scope.holders[self.post.id]

    @property
    def now(self) -> Subject | None:
        """Whoever holds it on the day; None if nobody is known to."""
        has_left = self.holder.until or self.holder.holding == "vacant"
        return None if has_left else self.holder.person

    @property
    def new_name(self) -> str:
        """Name of the new holder; blank if nobody is known to hold it."""
        return self.now.name if self.now else ""

    def is_after(self, on: str | None) -> bool:
        """Say whether a day, possibly partial, is surely after the change."""
        return bool(on and self.since and first_day(on) >= last_day(self.since))


def turnover(request: Request[TurnoverParams]) -> Result[TurnoverRow]:
    """List what the last change of a post's holder leaves behind: what is stale first in each part.

    An address is stale that has the former holder's name in it or is the former holder's own. ``held`` is *unknown*
    for what is only supposed to go on, such as a promise that the former holder made in person.
    """
    session, day = request.session, request.day
    post = _post(session, request.one("party"), day)
    if post is None:
        return Result(clauses=(clause("no-post", person=request.one("party").name),))
    if ours_among(session, [post.id]):
        return Result(clauses=(clause("ours", post=post.name),))
    change = _change(session, post, day)
    if change is None:
        return Result(clauses=(clause("no-change", post=post.name),))
    rows = [
        *_addresses(session, change),
        *_promises(session, change, day),
        *_meetings(session, change, day),
        *_acquaintances(session, change, day),
    ]
    rows.sort(key=lambda row: (_ORDER.index(row.row.part), _STATES.index(row.row.state)))
    return Result(
        clauses=tuple(_clauses(change, rows)),
        rows=tuple(rows),
        caveats=tuple(_caveats(change)),
    )


def _post(session: Session, party: Subject, day: str) -> Subject | None:
    """Return the post that is asked about; of a person the one held on the day, else one held before."""
    if party.cls != "Person":
        return party
    held = Edges(session, "").every(POSTS_HELD_BY, [party.id])
    held.sort(key=lambda edge: (edge.held(day) == "no", edge.name, edge.key))
    return held[0].other if held else None


def _change(session: Session, post: Subject, day: str) -> _Turn | None:
    """Return how a post changed hands last by a day; None if no former holder is on record."""
    scope = scope_of(session, post, day=day)
    holder = scope.holders[post.id]
    has_left = holder.until or holder.holding == "vacant"
    now = holder.person.id if holder.person and not has_left else None
    terms = [edge for edge in Edges(session, "").ever(HOLDERS_OF, [post.id]).get(post.id, ()) if _seen(edge, day)]
    former = max(
        (edge for edge in terms if edge.id != now), key=lambda edge: (_seen(edge, day), edge.key), default=None
    )
    if former is None:
        return None
    own = [start for edge in terms if edge.id == now and (start := _began(edge))]
    return _Turn(post, scope, former, min(own, default="") or former.properties.get("period_end") or "")


def _seen(term: EdgeRow, day: str) -> str:
    """Return the latest day by then that dates a term; blank if it had not begun, or nothing dates it."""
    dated = (term.properties.get(f"period_{part}") for part in ("start", "end"))
    return latest([*filter(None, dated), *(term.properties.get("attested_on") or ())], on=day) or ""


def _began(term: EdgeRow) -> str:
    return str(term.properties.get("period_start") or min(term.properties.get("attested_on") or (), default=""))


def _row(
    part: TurnoverPart, state: TurnoverState, *sources: Mapping[str, Any], **values: Any
) -> SourcedRow[TurnoverRow]:
    told = worded(__package__, "turnover", "row-told", {"part": part, "state": state, **values.pop("said", {})})
    return sourced(TurnoverRow, *sources, part=part, state=state, told=told, **values)


def _addresses(session: Session, change: _Turn) -> Iterator[SourcedRow[TurnoverRow]]:
    former = change.former.name
    edges = Edges(session, "").every(CHANNELS_OF, [change.post.id, change.former.id])
    for edge in {edge.id: edge for edge in edges}.values():
        address = str(edge.values.get("channel_value") or edge.name)
        checked = latest(
            [*(edge.values.get("seen_on") or ()), *filter(None, [edge.values.get("verified_on")])], on="9999"
        )
        is_former = edge.subject == change.former.id or holds_name(address, former)
        state: TurnoverState = "stale" if is_former else "checked since" if change.is_after(checked) else "to check"
        yield _row(
            "address",
            state,
            edge.values,
            edge.properties,
            said={"former": former, "when": checked},
            what=edge.id,
            what_name=address,
            when=checked,
            do=None if state == "checked since" else f"iga add contact-check {quote(address)} {_FINDING[is_former]}",
        )


def _promises(session: Session, change: _Turn, day: str) -> Iterator[SourcedRow[TurnoverRow]]:
    for promise in promises_with(session, [change.post.id, change.former.id], day=day):
        edge, ends = promise.edge, (*promise.makers, *promise.owed_to)
        is_former = any(end.id == change.former.id for end in ends)
        due, direction = edge.values.get("due_on"), promise.direction
        yield _row(
            "promise",
            "stale" if is_former else "inherited",
            edge.values,
            *(end.properties for end in ends),
            held="unknown" if is_former else "yes",
            said={"former": change.former.name, "direction": direction, "words": edge.values.get("words") or edge.name},
            **named("what", edge),
            when=due,
            do=f"iga correct {edge.id} status fulfilled --because TEXT",
        )


def _meetings(session: Session, change: _Turn, day: str) -> Iterator[SourcedRow[TurnoverRow]]:
    for edge, who in engagements_ahead(session, [change.post.id, change.former.id], day=day):
        is_former = change.former.id in who
        yield _row(
            "meeting",
            "stale" if is_former else "inherited",
            edge.values,
            edge.properties,
            held="unknown",
            said={"former": change.former.name},
            **named("what", edge),
            when=edge.values.get("period_start"),
        )


def _acquaintances(session: Session, change: _Turn, day: str) -> Iterator[SourcedRow[TurnoverRow]]:
    """Give who of ours had to do with the post, each once by the latest contact."""
    contacts, _ = contacts_with(session, change.scope, day=day)
    latest_of: dict[str, Contact] = {}
    for contact in contacts:
        if contact.how in TWO_WAY:
            latest_of.setdefault(contact.by, contact)
    for contact in latest_of.values():
        has_met = change.is_after(contact.on)
        yield _row(
            "acquaintance",
            "checked since" if has_met else "to introduce",
            *contact.sources,
            said={"former": change.former.name, "new": change.new_name, "what": contact.what},
            what=contact.ours.id if contact.ours else None,
            what_name=contact.by,
            when=contact.on or None,
        )


def _clauses(change: _Turn, rows: Rows) -> Iterator[SourcedClause]:
    """Say who followed whom and what is left behind; then what is stale, promised and ahead, and who met whom."""
    stale = [row for row in rows if row.row.state == "stale"]
    inherited = Counter(row.row.part for row in rows if row.row.state == "inherited")
    names = {"post": change.post.name, "former": change.former.name, "new": change.new_name, "since": change.since}
    yield clause(
        "headline",
        *(change.former.properties, *change.holder.sources),
        **names,
        stale=len(stale),
        to_check=sum(row.row.state == "to check" for row in rows),
        inherited={part: inherited[part] for part in _ORDER if inherited[part]},
    )
    yield _of(stale, "stale", names=[row.row.what_name for row in stale])
    yield _of([row for row in rows if row.row.state == "to check"], "check", names=_names(rows, "address", "to check"))
    yield _of(_of_part(rows, "promise"), "promises", told=[row.row.told for row in _of_part(rows, "promise")])
    yield _of(
        _of_part(rows, "meeting"),
        "meetings",
        meetings=[{"name": row.row.what_name, "on": row.row.when} for row in _of_part(rows, "meeting")],
    )
    met, knew = _names(rows, "acquaintance", "checked since"), _names(rows, "acquaintance", "to introduce")
    if _of_part(rows, "acquaintance"):
        yield _of(_of_part(rows, "acquaintance"), "known", met=met, knew=knew, new=change.new_name)


def _of_part(rows: Rows, part: TurnoverPart) -> Rows:
    return [row for row in rows if row.row.part == part]


def _names(rows: Rows, part: TurnoverPart, state: TurnoverState) -> list[str]:
    return [row.row.what_name for row in _of_part(rows, part) if row.row.state == state]


def _of(rows: Rows, name: str, /, **values: Any) -> SourcedClause:
    return resting_on((row.refs for row in rows), name, **values)


def _caveats(change: _Turn) -> Iterator[UnwordedCaveat]:
    if change.now is None:
        yield caveat("unknown", "no-successor", clause="headline", post=change.post.name)
    elif not change.since:
        yield caveat("unknown", "no-day", clause="headline", new=change.new_name)
    yield caveat("derived", "what-is-stale", former=change.former.name)


TURNOVER = Question.of(
    turnover,
    title="What does the new holder of a post inherit, and what is stale now?",
    names={"party": ("Post", "Person")},
    example={"party": "Kari Johnstone"},
    columns=("part", "state", "what_name", "when", "told", "do", "held", "evidence"),
    maturity="trial",
)
