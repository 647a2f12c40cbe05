"""What an officer decides on a proposal of a public list: accepted, it becomes an entry of theirs; else a record."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pydantic import Field

from iga.entering.kind import EntryKind, EntryParams, Prepared, needed, text
from iga.entering.naming import kept_of
from iga.graph.domain.values import first_day
from iga.graph.errors import NotFound
from iga.ingest.officer_entries import Signed, entry_of, holder, typed_edge, typed_node
from iga.ingest.record_builder import Statement
from iga.ingest.subjects import digest_of, slug
from iga.queries.contacts.listed_changes import ListedChange, compare_lists
from iga.queries.core.names.resolve import relationship_of
from iga.queries.core.periods import days_after
from iga.queries.core.session import Session


class ProposalAnswerParams(EntryParams):
    """What becomes of a proposal of a public list."""

    proposal: str = needed("Id of the proposal, as world-watch shows it.")
    answer: Literal["accepted", "turned down"] = Field(description="It is entered, or it is not proposed again.")
    because: str = text("Why; left out, the list and its day.")


def answered(session: Session, asked: ProposalAnswerParams, signed: Signed) -> Prepared:
    """Return the entry of an answer to a proposal that stands.

    Raises:
        NotFound: No such proposal stands: it was answered, or what is on record changed since.
    """
    changes = compare_lists(session, day=session.today).changes
    change = next((it for it in changes if it.key == asked.proposal and it.can_be_accepted), None)
    if change is None:
        raise NotFound(f"no proposal {asked.proposal!r} stands: iga ask world-watch lists those that do")
    line = change.place.listing.values
    signed = replace(signed, because=signed.because or f"by the list {line.get('list_name')} of {change.place.on}")
    is_accepted = asked.answer == "accepted"
    record = {"name": _in_words(change), "decision": asked.answer, "decided_on": signed.on}
    statements = (
        typed_node(change.key, record, signed=signed),
        *(_accepted(session, change, signed) if is_accepted else ()),
    )
    entry = entry_of(change.key, statements, signed, (signed.because,))
    about = change.post or change.place.where
    return Prepared((entry,), about.id if about else change.key, tuple(_notes(change)) if is_accepted else ())


def _in_words(change: ListedChange) -> str:
    title, where = change.place.listing.values.get("title"), change.place.where
    place = change.post.name if change.post else ", ".join(filter(None, (title, where.name if where else "")))
    if change.state == "gone" and change.ours:
        return f"{change.ours.name} is gone from {place}"
    if change.state == "perhaps the same person" and change.ours:
        return f"{change.listed} is {change.ours.name}: {place}"
    return f"{place}: {change.listed or 'vacant'}"


def _notes(change: ListedChange) -> Iterator[str]:
    if change.perhaps and change.state != "perhaps the same person":
        yield f"{change.listed} was entered as somebody new; others are called so: iga resolve compares them."


def _accepted(session: Session, change: ListedChange, signed: Signed) -> Iterator[Statement]:
    """Give what is entered where a proposal is accepted, as seen on the day that the list is of."""
    place, ours = change.place, change.ours
    where = place.where.id if place.where else ""
    seen, since = {"attested_on": place.on}, place.listing.values.get("since")
    term = seen | ({"period": f"{since}/"} if since else {})
    if change.state == "gone" and ours:
        yield _ended(session, ours.key, days_after(first_day(place.on), -1), signed)
    elif change.state == "perhaps the same person" and ours:
        of = kept_of(relationship_of(session, ours.key))
        yield typed_node(of.source, {"aliases": change.listed}, signed=signed)
        yield typed_edge(of.type, of.source, of.target, seen, known=of.values, signed=signed)
    elif change.state == "vacant" and change.post:
        yield typed_node(change.post.id, {"vacant_on": place.on}, signed=signed)
    else:
        person = f"person:{secrets.token_hex(8)}"
        if place.is_seat:
            yield typed_node(person, {"name": change.listed}, signed=signed)
            yield typed_edge("MEMBER_OF", person, where, term, signed=signed)
            return
        post = change.post.id if change.post else f"post:{slug(where.partition(':')[2])}-{digest_of(place.listing.id)}"
        if not change.post:
            title = place.listing.values["title"]
            yield typed_node(post, {"name": f"{title}, {place.where.name}" if place.where else title}, signed=signed)
            yield typed_edge("POST_IN", post, where, signed=signed)
        if change.listed:
            name, held = holder(person, change.listed, post, on=place.on, signed=signed)
            yield name
            yield typed_edge("HOLDS", person, post, term, signed=signed) if since else held
        if ours and since and change.state == "changed":
            yield _ended(session, ours.key, since, signed)


def _ended(session: Session, key: str, on: str, signed: Signed) -> Statement:
    """Return that a term on record ended on a day; what was said of it stays."""
    of = kept_of(relationship_of(session, key))
    period = of.values.get("period")
    start = period.get("start", "") if isinstance(period, dict) else ""
    known = {name: value for name, value in of.values.items() if name != "period"}
    return typed_edge(of.type, of.source, of.target, {"period": f"{start}/{on}"}, known=known, signed=signed)


PROPOSAL_ANSWER = EntryKind(
    "proposal-answer",
    "What becomes of a proposal of a public list",
    ProposalAnswerParams,
    answered,
    example={"proposal": "proposal:0123456789ab", "answer": "accepted"},
)
