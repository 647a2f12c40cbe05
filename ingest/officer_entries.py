"""What officers type themselves: contacts and checks of them, engagements, commitments, introductions, corrections."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from iga.graph.domain.catalog import EDGE, NODE
from iga.graph.domain.marking import Marking
from iga.graph.domain.parties import is_person
from iga.graph.errors import ClassifiedText, NotFound, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import RegisteredPeople
from iga.graph.statements import OFFICERS, Card, Content, EdgeStatement, LoadHeader, NodeStatement, Values
from iga.ingest.classified import looks_classified
from iga.ingest.doubts import doubts_in
from iga.ingest.namesakes import Namesakes
from iga.ingest.people_markings import as_restricted, carried_by_nobody
from iga.ingest.record_builder import Statement, Statements, edge, node
from iga.ingest.rejections import Refusal
from iga.ingest.subjects import class_of_id, digest_of, is_id, slug
from iga.ingest.typed_values import typed_values

CARD = Card(OFFICERS, "Entries by officers", rank=10, marking=int(Marking.INTERNAL))

ROW_KEY = ("entry",)

# As long as a line of a list; the words themselves are kept whole.
_NAME_LENGTH = 100


@dataclass(frozen=True)
class OfficerEntry:
    """One row of the officers' own source: its key and what it says."""

    row_key: str
    content: Content


@dataclass(frozen=True)
class Signed:
    """Who enters something, on which day, and why.

    Attributes:
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
        fields: Fields of ContactPoint, as typed; ``channel`` is needed.
        person: Name of a person to add, who is reached there, or the id of one who is known.
        role: What the person is to us: a post of `of` is added for it, such as ``focal point``.
    """

    of: str
    fields: Mapping[str, str]
    person: str = ""
    role: str = ""
    topics: str = ""

    @property
    def is_mobile(self) -> bool:
        """Whether it is a number that the person carries along, in the post or out of it."""
        return self.fields.get("channel", "").split(" ")[0] == "mobile"

    @property
    def post(self) -> str:
        """Id of the post that is reached, or of what is where there is no role."""
        return f"post:{slug(self.of.partition(':')[2])}-{slug(self.role)}" if self.role else self.of


@dataclass(frozen=True)
class EdgeAt:
    """A relationship that is corrected: type, ends, and the values that make it this one and no other."""

    type: str
    source: str
    target: str
    values: Values = field(default_factory=dict)


def contact(new: NewContact, *, signed: Signed, fresh: Callable[[], str]) -> OfficerEntry:
    """Return the entry of a contact.

    Raises:
        UsageError: A field is unknown or does not fit, or `of` cannot be reached by a contact.
    """
    _needed(new.fields, "channel", "a contact")
    values = {"seen_on": [signed.on]} | typed_values(NODE["ContactPoint"], new.fields)
    owner, about_owner = _owner(new, signed, fresh)
    if new.is_mobile:
        owner = next((it.source for it in about_owner if isinstance(it, EdgeStatement) and it.type == "HOLDS"), owner)
    point = f"contact:{digest_of(owner, str(values['channel']))}"
    reached = typed_edge("REACHED_AT", owner, point, signed=signed)
    statements = (node(point, values, stated_on=signed.on), *about_owner, reached)
    return entry_of(point, statements, signed, chain(new.fields.values(), (new.person, new.role)))


def engagement(
    fields: Mapping[str, str], *, organizers: Sequence[str] = (), participants: Sequence[str] = (), signed: Signed
) -> OfficerEntry:
    """Return the entry of an engagement with fields as typed; its id comes from its name and first day.

    Raises:
        UsageError: A field is unknown or does not fit, or an id cannot take part.
    """
    _needed(fields, "name", "an engagement")
    values = typed_values(NODE["Engagement"], fields)
    period = values.get("period")
    start = period["start"] if isinstance(period, dict) else ""
    engagement_id = f"engagement:{slug(' '.join((str(values['name']), start)))}"
    ends = [("ORGANIZED", party, engagement_id) for party in organizers]
    ends += [("PARTICIPATED", party, engagement_id) for party in participants]
    return _entry_about(engagement_id, values, ends, fields, signed)


def commitment(
    fields: Mapping[str, str], *, by: Sequence[str], to: Sequence[str] = (), said_at: str = "", signed: Signed
) -> OfficerEntry:
    """Return the entry of a commitment with fields as typed; its id comes from who made it, to whom, and its words.

    Raises:
        UsageError: A field is unknown or does not fit, nobody made it, or an id cannot make or be owed one.
    """
    _needed(fields, "words", "a commitment")
    if not by:
        raise UsageError("a commitment needs who made it: name a government, body, organization, post or person")
    name = " ".join(fields["words"].split())  # what it is found by, and called in lists
    if len(name) > _NAME_LENGTH:
        name = f"{name[:_NAME_LENGTH].rsplit(' ', 1)[0]} …"
    values = typed_values(NODE["Commitment"], {"name": name, **fields})
    commitment_id = f"commitment:{digest_of(*sorted(by), *sorted(to), str(values['words']))}"
    ends = [*(("MADE", party, commitment_id) for party in by), *(("OWED_TO", commitment_id, party) for party in to)]
    ends += [("UNDER", commitment_id, said_at)] if said_at else []
    return _entry_about(commitment_id, values, ends, fields, signed)


def _entry_about(
    of: str, values: Values, ends: Iterable[tuple[str, str, str]], fields: Mapping[str, str], signed: Signed
) -> OfficerEntry:
    """Return the entry of a new thing with the relationships that it stands in."""
    tied = (typed_edge(kind, source, target, signed=signed) for kind, source, target in ends)
    return entry_of(of, (node(of, values, stated_on=signed.on), *tied), signed, fields.values())


def introduction(one: str, other: str, fields: Mapping[str, str], *, signed: Signed) -> OfficerEntry:
    """Return the entry of an introduction, whichever of the two is named first; a later one of the two replaces it.

    Raises:
        UsageError: A field is unknown or does not fit, or the two are one or cannot be introduced.
    """
    source, target = sorted((one, other))
    introduced = typed_edge("INTRODUCED_TO", source, target, {"status_on": signed.on, **fields}, signed=signed)
    return entry_of(f"introduction:{digest_of(source, target)}", (introduced,), signed, fields.values())


def correction(of: str | EdgeAt, name: str, value: str, *, signed: Signed) -> OfficerEntry:
    """Return the entry that corrects one field of a node or a relationship; lists gain what is typed.

    Raises:
        UsageError: There is no such field, the value does not fit it, or no reason is given.
    """
    if not signed.because.strip():
        raise UsageError("a correction needs its reason: type it after --because")
    if isinstance(of, EdgeAt):
        corrected = typed_edge(of.type, of.source, of.target, {name: value}, known=of.values, signed=signed)
        ends = (of.type, of.source, of.target, *(str(part) for part in of.values.values()))
        return entry_of(f"correct:rel:{digest_of(*ends)}:{name}", (corrected,), signed, (value,))
    return entry_of(f"correct:{of}:{name}", (typed_node(of, {name: value}, signed=signed),), signed, (value,))


def enter_all(
    ledger: Ledger,
    placed: Sequence[tuple[str, OfficerEntry]],
    *,
    withdrawn: Sequence[str] = (),
    files: Sequence[tuple[str, str]] = (),
    signed: Signed,
) -> LoadHeader:
    """Write several entries, each with the place it comes from, and take others back, as one load; return it.

    Raises:
        UsageError: One names somebody who was erased.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    restricted, erased = (RegisteredPeople.of(ledger, kind) for kind in ("restricted", "erased"))
    if any(erased.named_in(entry.content) for _, entry in placed):
        raise UsageError(
            "it names somebody who was erased: nothing was entered;"
            " another person of that name comes in by a list that is loaded, see iga erase --admit"
        )
    namesakes = Namesakes.of(ledger)
    with ledger.open_load(CARD, by=signed.by, because=signed.because, row_key=ROW_KEY, files=files) as load:
        plain = [(place, plainly(entry, namesakes)) for place, entry in placed]
        load.put([(entry.row_key, place, as_restricted(entry.content, restricted)) for place, entry in plain])
        gone = load.withdraw(withdrawn) if withdrawn else []
        return load.commit({"read": len(placed), "withdrawn": len(gone)})


def plainly(entry: OfficerEntry, namesakes: Namesakes) -> OfficerEntry:
    """Return an entry by ids, and a key, that tell nobody's name who is protected, unless these are on record."""
    content = namesakes.with_plain_ids(entry.content)
    is_told = content is not entry.content and namesakes.tells(entry.row_key)
    return OfficerEntry(namesakes.plain_id(entry.row_key) if is_told else entry.row_key, content)


def withdraw(ledger: Ledger, row_key: str, *, signed: Signed) -> LoadHeader:
    """Take an entry back and return the load that does so; its earlier versions stay in the ledger.

    Raises:
        NotFound: There is no such entry, or it was taken back before.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with ledger.open_load(CARD, by=signed.by, because=signed.because, row_key=ROW_KEY) as load:
        if not load.withdraw([row_key]):
            raise NotFound(f"there is no entry {row_key!r} to take back; `iga why` shows the entries of a subject")
        return load.commit({"withdrawn": 1})


def _owner(new: NewContact, signed: Signed, fresh: Callable[[], str]) -> tuple[str, Statements]:
    """Return whose channel it is, and what is to be said of that post and of the person who holds it."""
    post, about_post = new.post, list[Statement]()
    is_post = class_known(new.of) == "Post"
    if new.role and is_post:
        raise UsageError(f"{new.of} is a post already, so it has no role {new.role!r} in it; leave the role out")
    if new.person and not (new.role or is_post):
        raise UsageError(f"say in which role {new.of} is reached through a person, such as focal point")
    if new.topics and not new.role:
        raise UsageError("topics here are those of the role; give the role, or the topics of the contact itself")
    if new.role:
        portfolio = {"topics": new.topics} if new.topics else {}
        about_post = [
            typed_node(post, {"name": new.role, "role": new.role, **portfolio}, signed=signed),
            typed_edge("POST_IN", post, new.of, signed=signed),
        ]
    if not new.person:
        return post, about_post
    return post, [*about_post, *holder(f"person:{fresh()}", new.person, post, on=signed.on, signed=signed)]


def holder(person: str, name: str, post: str, *, on: str, signed: Signed) -> Statements:
    """Return what an officer says of a person who was seen in a post on a day; an id in place of a name is known."""
    of = name if is_person(name) else person
    about = [] if is_person(name) else [typed_node(person, {"name": name}, signed=signed)]
    return [*about, typed_edge("HOLDS", of, post, {"attested_on": on}, signed=signed)]


def typed_node(subject: str, typed: Mapping[str, str], *, signed: Signed) -> NodeStatement:
    """Return what an officer says of a thing; raises UsageError where it is no id, or a field is unknown or unfit."""
    return node(subject, typed_values(NODE[class_known(subject)], typed), stated_on=signed.on)


def typed_edge(
    kind: str,
    source: str,
    target: str,
    typed: Mapping[str, str] | None = None,
    *,
    known: Values | None = None,
    signed: Signed,
) -> EdgeStatement:
    """Return what an officer says of a relationship; `known` are the values that make it this one.

    Raises:
        UsageError: An id cannot stand at its end, both ends are one, or a field is unknown or does not fit.
    """
    class_known(source), class_known(target)
    values = (known or {}) | typed_values(EDGE[kind], typed or {})
    try:
        return edge(kind, source, target, values, stated_on=signed.on)
    except Refusal as refusal:
        raise UsageError(f"{refusal.reason}; {refusal.fix}") from None


def class_known(subject: str) -> str:
    """Return the class that an id belongs to; raises UsageError where it is none."""
    if not is_id(subject):
        raise UsageError(f"{subject!r} is not an id; ids are kind:slug, such as gov:ken, and `iga find` shows them")
    return class_of_id(subject)


def _needed(fields: Mapping[str, str], name: str, what: str) -> None:
    if not fields.get(name, "").strip():
        raise UsageError(f"{what} needs its {name}")


def entry_of(row_key: str, statements: Iterable[Statement], signed: Signed, texts: Iterable[str]) -> OfficerEntry:
    """Return an entry.

    Raises:
        ClassifiedText: What was typed looks classified.
        UsageError: A mobile number is given to what is no person.
    """
    if any(looks_classified(text) for text in (*texts, signed.because)):
        raise ClassifiedText("what was typed looks classified; it was not stored, and must not be typed here")
    statements = tuple(statements)
    if mobile := carried_by_nobody(statements):
        raise UsageError(f"{mobile} is a mobile number, which is a person's: name the person who has it")
    return OfficerEntry(row_key, Content(statements, note=signed.because, doubts=doubts_in(signed.because)))


def verification(point: str, *, works: bool, how: str = "", on: str = "", signed: Signed) -> OfficerEntry:
    """Return the entry that a contact was found working, or that it bounced; neither takes the other's place.

    Raises:
        UsageError: The id is not that of a contact, or `on` is no date.
    """
    if class_known(point) != "ContactPoint":
        raise UsageError(f"{point} is not a contact; `iga show` lists the contacts of a party, as contact:…")
    if not works:
        return entry_of(
            f"bounced:{point}", (typed_node(point, {"bounced_on": on or signed.on}, signed=signed),), signed, (how,)
        )
    typed = {"verified_on": on or signed.on, **({"verified_how": how} if how else {}), "verified_by": signed.by}
    return entry_of(f"verify:{point}", (typed_node(point, typed, signed=signed),), signed, (how,))


def departure(term: EdgeAt, *, left_on: str, signed: Signed) -> OfficerEntry:
    """Return the entry that somebody left a post: its end is stated, whoever follows is not.

    Raises:
        UsageError: It is no term in a post, or the day is no date or lies before its start.
    """
    if term.type != "HOLDS":
        raise UsageError(f"{term.type} is no term in a post; only who holds a post can leave it")
    period = term.values.get("period")
    start = period.get("start", "") if isinstance(period, Mapping) else ""
    ended = typed_edge("HOLDS", term.source, term.target, {"period": f"{start}/{left_on}"}, signed=signed)
    return entry_of(f"left:{digest_of(term.source, term.target, start)}", (ended,), signed, (left_on,))


def successor(post: str, name: str, *, on: str = "", signed: Signed, fresh: Callable[[], str]) -> OfficerEntry:
    """Return the entry that somebody was found in a post, whose term is not known.

    Raises:
        UsageError: The id is not that of a post.
    """
    if class_known(post) != "Post":
        raise UsageError(f"{post} is not a post; only a post has a successor")
    person = f"person:{fresh()}"
    statements = holder(person, name, post, on=on or signed.on, signed=signed)
    return entry_of(f"successor:{post}:{person}", statements, signed, (name,))
