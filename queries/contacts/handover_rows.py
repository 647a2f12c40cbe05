"""The rows of a handover: relationships, last touches, promises, engagements, duties, channels to check."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from graph.domain.topics import in_words
from graph.domain.values import last_day
from queries.contacts.portfolio import Direction, Owned, Post, Promise
from queries.contacts.rank import disagreements
from queries.contacts.stale import Due
from queries.contacts.touches import touches_of, with_names
from queries.core.answer import AnswerRow, Subject
from queries.core.question import SourcedRow
from queries.core.reading import FullEdgeRow, conflicts, refs
from queries.core.session import Session
from queries.core.wording import listed
from queries.instruments.duties import Duty

Part = Literal["relationship", "last touch", "promise", "engagement", "duty", "channel to check"]


class HandoverRow(AnswerRow):
    """One thing to hand over."""

    part: Part = Field(description="Relationship, last touch, promise, engagement, duty, or channel to check.")
    when: str | None = Field(default=None, description="Its day: due, planned, last met or last checked.")
    party: str | None = Field(default=None, description="Id of the party it is with; null for a duty.")
    party_name: str | None = Field(default=None, description="Name of the party.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, where the party is a government.")
    what: str | None = Field(default=None, description="Id of the promise, engagement, duty or channel; else null.")
    what_name: str | None = Field(default=None, description="Its name, or the address of the channel.")
    told: str = Field(description="What there is to know, in words.")
    scope: tuple[str, ...] = Field(default=(), description="Topics that a relationship is limited to.")
    backup: str | None = Field(default=None, description="Id of the second owner of a relationship; null is none held.")
    backup_name: str | None = Field(default=None, description="Name of the second owner.")
    direction: Direction | None = Field(default=None, description="Which way a promise goes.")
    is_overdue: bool = Field(default=False, description="Whether a promise is past its day and not known as kept.")


@dataclass(frozen=True)
class Portfolio:
    """Everything that is handed over."""

    whose: Post
    owned: list[Owned]
    promises: list[Promise]
    engagements: list[tuple[FullEdgeRow, frozenset[str]]]
    duties: list[tuple[str, Duty]]
    channels: list[Due]
    touches: list[SourcedRow]


def touched_rows(session: Session, owned: Owned, *, day: str) -> Iterator[SourcedRow]:
    """Give the last engagement with the party of a relationship; where none is recorded, a row that says so."""
    met = [t for t in touches_of(session, owned.scope, day=day) if t.kind == "engagement"]
    party = owned.edge.other
    if not met:
        nothing = "no meeting or call is recorded, which does not say that there was none"
        yield SourcedRow(
            HandoverRow(part="last touch", held="unknown", told=nothing, **_with(party)), refs(owned.edge.properties)
        )
        return
    [last] = with_names(session, owned.scope, met[:1])
    ours = f"for us {listed(last.ours)}" if last.ours else "who of ours was there is not recorded"
    outcome = last.said.get("outcome") or "no outcome is recorded"
    row = HandoverRow(
        part="last touch",
        held="yes" if last.held == "yes" else "unknown",
        when=last.on or None,
        what=last.what.id,
        what_name=last.what.name,
        told=f"{ours}; {outcome}",
        **_with(party),
    )
    yield SourcedRow(row, refs(*last.sources))


def _with(party: Subject) -> dict[str, Any]:
    return {"party": party.id, "party_name": party.name, "iso3": party.iso3}


def relationship_row(each: Owned, day: str) -> SourcedRow:
    """Return a relationship that is owned, with its scope and the other owner."""
    said, backup = each.edge.properties, next(iter(each.backups), None)
    topics = tuple(said.get("topics") or ())
    standing = "second owner" if said.get("standing") == "backup" else "first owner"
    other = "first owner" if said.get("standing") == "backup" else "second owner"
    told = [
        f"{standing}{', by the office' if each.by_office else ''}",
        f"on {listed([in_words(topic) for topic in topics])}" if topics else "scope not stated",
        f"{other}: {backup.name}" if backup else f"no {other} is held",
    ]
    row = HandoverRow(
        part="relationship",
        held="yes" if each.edge.held(day) == "yes" else "unknown",
        told="; ".join(told),
        scope=topics,
        backup=backup.id if backup else None,
        backup_name=backup.name if backup else None,
        conflicts=conflicts(said),
        **_with(each.edge.other),
    )
    return SourcedRow(row, refs(said), dated_by=refs(backup.properties if backup else {}))


def promise_row(each: Promise, found: Portfolio, day: str) -> SourcedRow:
    """Return a promise, which way it goes and whether it is overdue."""
    said = each.edge.values
    due: str | None = said.get("due_on")
    is_overdue = due is not None and last_day(due) < day
    others = each.makers if each.direction == "they owe us" else each.owed_to
    who = others[0].other if others else None
    told = f"{each.direction}: {said.get('words') or each.edge.name}" + (", overdue" if is_overdue else "")
    row = HandoverRow(
        part="promise",
        when=due,
        what=each.edge.id,
        what_name=each.edge.name,
        told=told,
        direction=each.direction,
        is_overdue=is_overdue,
        conflicts=conflicts(said),
        **(_with(_party_of(who, found)) if who else {}),
    )
    return SourcedRow(row, refs(said, *(edge.properties for edge in (*each.makers, *each.owed_to))))


def _party_of(who: Subject, found: Portfolio) -> Subject:
    """Return the party of the relationship that somebody belongs to, else whoever it is."""
    return next((each.edge.other for each in found.owned if who.id in each.scope.ids), who)


def engagement_row(edge: FullEdgeRow, who: frozenset[str], found: Portfolio) -> SourcedRow:
    """Return a meeting ahead, with the party of ours that it concerns."""
    said = edge.values
    party = next((each.edge.other for each in found.owned if who & set(each.scope.ids)), None)
    told = [said.get("status") or "status not stated", said.get("engagement_kind"), said.get("place")]
    row = HandoverRow(
        part="engagement",
        held="unknown",
        when=said.get("period_start"),
        what=edge.id,
        what_name=edge.name,
        told=", ".join(str(each) for each in told if each),
        conflicts=conflicts(said),
        **(_with(party) if party else {}),
    )
    return SourcedRow(row, refs(said, edge.properties))


def duty_row(due: str, duty: Duty) -> SourcedRow:
    """Return a duty ahead."""
    owners = listed([owner.name for owner in duty.owners])
    basis = duty.said.get("legal_basis")
    row = HandoverRow(
        part="duty",
        when=due,
        what=duty.entity.id,
        what_name=duty.entity.name,
        told=f"{owners}{f', {basis}' if basis else ''}",
        conflicts=conflicts(duty.said),
    )
    return SourcedRow(row, refs(duty.said))


def channel_row(each: Due) -> SourcedRow:
    """Return a channel to check."""
    said = each.channel.values
    row = HandoverRow(
        part="channel to check",
        when=each.age.on,
        what=each.channel.id,
        what_name=str(said.get("channel_value") or each.channel.name),
        told=f"{each.reached.name}: {each.why_unusable or each.freshness}",
        conflicts=disagreements(said),
        **_with(each.body),
    )
    return SourcedRow(row, refs(said, each.channel.properties))
