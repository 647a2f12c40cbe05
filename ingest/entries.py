"""What officers type themselves: contacts, engagements, commitments, corrections."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from typing import TypeAlias

from graph.domain.catalog import EDGE, NODE, fits
from graph.domain.marking import Marking
from graph.errors import ClassifiedText, NotFound, UsageError
from graph.ledger.ledger import Ledger
from graph.statements import OFFICERS, Card, Content, EdgeStatement, LoadHeader, NodeStatement, Values
from ingest.classified import looks_classified
from ingest.subjects import class_of_id, is_id, slug
from ingest.typed_values import typed_values

CARD = Card(OFFICERS, "Entries by officers", rank=10, marking=int(Marking.INTERNAL))

_ROW_KEY = ("entry",)

# As long as a line of a list; the words themselves are kept whole.
_NAME_LENGTH = 100


Statements: TypeAlias = tuple[NodeStatement | EdgeStatement, ...]


@dataclass(frozen=True)
class Entry:
    """One row of the officers' own source: its key and what it says."""

    row_key: str
    content: Content


@dataclass(frozen=True)
class Signed:
    """Who enters something, on which day, and why.

    Attributes:
        by: Name of the officer.
        on: The day of the entry, ISO 8601.
        because: The reason; it stays with the entry.
    """

    by: str
    on: str
    because: str = ""


@dataclass(frozen=True)
class NewContact:
    """A channel of a post, person or body, with whoever answers there, as far as known.

    Attributes:
        of: Id of the post, person or body that is reached.
        fields: Fields of ContactPoint, as typed; ``channel`` is needed.
        person: Name of a person to add, who is reached there.
        role: What the person is to us: a post of `of` is added for it, such as ``focal point``.
        topics: Portfolio of that post, as typed.
    """

    of: str
    fields: Mapping[str, str]
    person: str = ""
    role: str = ""
    topics: str = ""


@dataclass(frozen=True)
class NewEngagement:
    """An engagement with those who organize it and take part; `fields` as typed, ``name`` is needed."""

    fields: Mapping[str, str]
    organizers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewCommitment:
    """A promise: ids of who made it and to whom; `fields` as typed, ``words`` is needed."""

    by: tuple[str, ...]
    fields: Mapping[str, str]
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class EdgeAt:
    """A relationship that is corrected: type, ends, and the values that make it this one and no other."""

    type: str
    source: str
    target: str
    values: Values = field(default_factory=dict)


def contact(new: NewContact, *, signed: Signed, fresh: Callable[[], str]) -> Entry:
    """Return the entry of a contact.

    Args:
        new: What is entered.
        signed: Who enters it.
        fresh: Gives a random slug: the id of a person never holds a name.

    Raises:
        UsageError: A field is unknown or does not fit, or `of` cannot be reached by a contact.
    """
    _needed(new.fields, "channel", "a contact")
    values = typed_values(NODE["ContactPoint"], new.fields)
    owner, said = _owner(new, signed, fresh)
    point = f"contact:{mark_of(owner, str(values['channel']))}"
    statements: Statements = (
        node_said("ContactPoint", point, values, signed),
        *said,
        edge_said("REACHED_AT", owner, point, {}, signed),
    )
    return entry_of(point, statements, signed, chain(new.fields.values(), (new.person, new.role)))


def engagement(new: NewEngagement, *, signed: Signed) -> Entry:
    """Return the entry of an engagement; its id comes from its name and first day.

    Raises:
        UsageError: A field is unknown or does not fit, or an id cannot take part.
    """
    _needed(new.fields, "name", "an engagement")
    values = typed_values(NODE["Engagement"], new.fields)
    period = values.get("period")
    start = period["start"] if isinstance(period, dict) else ""
    it = f"engagement:{slug(' '.join((str(values['name']), start)))}"
    statements: Statements = (
        node_said("Engagement", it, values, signed),
        *(edge_said("ORGANIZED", one, it, {}, signed) for one in new.organizers),
        *(edge_said("PARTICIPATED", one, it, {}, signed) for one in new.participants),
    )
    return entry_of(it, statements, signed, new.fields.values())


def commitment(new: NewCommitment, *, signed: Signed) -> Entry:
    """Return the entry of a commitment; its id comes from who made it, to whom, and its words.

    Raises:
        UsageError: A field is unknown or does not fit, nobody made it, or an id cannot make or be owed one.
    """
    _needed(new.fields, "words", "a commitment")
    if not new.by:
        raise UsageError("a commitment needs who made it: name a government, body, organization, post or person")
    short = {"name": _shortened(new.fields["words"])}  # what it is found by, and called in lists
    values = typed_values(NODE["Commitment"], {**short, **new.fields})
    it = f"commitment:{mark_of(*sorted(new.by), *sorted(new.to), str(values['words']))}"
    statements: Statements = (
        node_said("Commitment", it, values, signed),
        *(edge_said("MADE", one, it, {}, signed) for one in new.by),
        *(edge_said("OWED_TO", it, one, {}, signed) for one in new.to),
    )
    return entry_of(it, statements, signed, new.fields.values())


def correction(of: str | EdgeAt, name: str, value: str, *, signed: Signed) -> Entry:
    """Return the entry that corrects one field of a node or a relationship; lists gain what is typed.

    Raises:
        UsageError: There is no such field, the value does not fit it, or no reason is given.
    """
    if not signed.because.strip():
        raise UsageError("a correction needs its reason: type it after --because")
    if isinstance(of, EdgeAt):
        values = typed_values(EDGE[of.type], {name: value})
        said: NodeStatement | EdgeStatement = edge_said(of.type, of.source, of.target, of.values | values, signed)
        ends = (of.type, of.source, of.target, *(str(part) for part in of.values.values()))
        return entry_of(f"correct:rel:{mark_of(*ends)}:{name}", (said,), signed, (value,))
    cls = class_known(of)
    said = node_said(cls, of, typed_values(NODE[cls], {name: value}), signed)
    return entry_of(f"correct:{of}:{name}", (said,), signed, (value,))


def enter(ledger: Ledger, entry: Entry, *, signed: Signed) -> LoadHeader:
    """Write an entry into the officers' source and return the load that holds it.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with ledger.open_load(CARD, by=signed.by, because=signed.because, row_key=_ROW_KEY) as load:
        load.put([(entry.row_key, f"entry by {signed.by} on {signed.on}", entry.content)])
        return load.commit({"read": 1})


def enter_all(
    ledger: Ledger,
    placed: Sequence[tuple[str, Entry]],
    *,
    withdrawn: Sequence[str] = (),
    files: Sequence[tuple[str, str]] = (),
    signed: Signed,
) -> LoadHeader:
    """Write several entries, each with the place it comes from, and take others back, as one load; return it.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with ledger.open_load(CARD, by=signed.by, because=signed.because, row_key=_ROW_KEY, files=files) as load:
        load.put([(entry.row_key, place, entry.content) for place, entry in placed])
        gone = load.withdraw(withdrawn) if withdrawn else []
        return load.commit({"read": len(placed), "withdrawn": len(gone)})


def withdraw(ledger: Ledger, row_key: str, *, signed: Signed) -> LoadHeader:
    """Take an entry back and return the load that does so; its earlier versions stay in the ledger.

    Raises:
        NotFound: There is no such entry, or it was taken back before.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with ledger.open_load(CARD, by=signed.by, because=signed.because, row_key=_ROW_KEY) as load:
        if not load.withdraw([row_key]):
            raise NotFound(f"there is no entry {row_key!r} to take back; `iga why` shows the entries of a subject")
        return load.commit({"withdrawn": 1})


def _owner(new: NewContact, signed: Signed, fresh: Callable[[], str]) -> tuple[str, Statements]:
    """Return whose channel it is, and what is to be said of that post and of the person who holds it."""
    post = new.of
    said: Statements = ()
    is_post = class_known(new.of) == "Post"
    if new.role and is_post:
        raise UsageError(f"{new.of} is a post already, so it has no role {new.role!r} in it; leave the role out")
    if new.person and not (new.role or is_post):
        raise UsageError(f"say in which role {new.of} is reached through a person, such as focal point")
    if new.topics and not new.role:
        raise UsageError("topics here are those of the role; give the role, or the topics of the contact itself")
    if new.role:
        post = f"post:{slug(new.of.partition(':')[2])}-{slug(new.role)}"
        portfolio = {"topics": new.topics} if new.topics else {}
        values = typed_values(NODE["Post"], {"name": new.role, "role": new.role, **portfolio})
        said = (node_said("Post", post, values, signed), edge_said("POST_IN", post, new.of, {}, signed))
    if not new.person:
        return post, said
    person = f"person:{fresh()}"
    holds: Values = {"attested_on": [signed.on]}
    named = typed_values(NODE["Person"], {"name": new.person})
    return post, (*said, node_said("Person", person, named, signed), edge_said("HOLDS", person, post, holds, signed))


def node_said(cls: str, it: str, values: Values, signed: Signed) -> NodeStatement:
    """Return what an officer says of a thing."""
    return NodeStatement(cls, it, values, signed.on)


def edge_said(kind: str, source: str, target: str, values: Values, signed: Signed) -> EdgeStatement:
    """Return what an officer says of a relationship.

    Raises:
        UsageError: An id cannot stand at its end, or both ends are one.
    """
    declared = EDGE[kind]
    for end, labels in ((source, declared.source), (target, declared.target)):
        if not fits(class_known(end), labels):
            raise UsageError(f"{end} cannot stand in {kind}; name one of these: {', '.join(labels)}")
    if source == target:
        raise UsageError(f"{kind} would join {source} to itself; name another one")
    return EdgeStatement(kind, source, target, values, signed.on)


def class_known(it: str) -> str:
    """Return the class that an id belongs to.

    Raises:
        UsageError: It is no id.
    """
    if not is_id(it):
        raise UsageError(f"{it!r} is not an id; ids are kind:slug, such as gov:ken, and `iga find` shows them")
    return class_of_id(it)


def _needed(fields: Mapping[str, str], name: str, what: str) -> None:
    if not fields.get(name, "").strip():
        raise UsageError(f"{what} needs its {name}")


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _NAME_LENGTH else f"{line[:_NAME_LENGTH].rsplit(' ', 1)[0]} …"


def mark_of(*texts: str) -> str:
    """Return what tells several texts apart from others in a key."""
    return blake2b("\x1f".join(texts).encode(), digest_size=8).hexdigest()


def entry_of(row_key: str, statements: Statements, signed: Signed, texts: Iterable[str]) -> Entry:
    """Return an entry, unless what was typed looks classified.

    Raises:
        ClassifiedText: It does.
    """
    if any(looks_classified(text) for text in (*texts, signed.because)):
        raise ClassifiedText("what was typed looks classified; it was not stored, and must not be typed here")
    return Entry(row_key, Content(statements, note=signed.because))
