"""People are internal unless their source says where they are published: what it states of them is marked here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from iga.graph.domain.marking import Marking
from iga.graph.domain.parties import is_person
from iga.graph.ledger.people_register import RegisteredPeople
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement
from iga.graph.text import counted
from iga.ingest.record_builder import INTERNAL

NOBODYS = "a mobile number is a person's, and the row names nobody who has it"


@dataclass
class PeopleOfLoad:
    """Marks what a load says of people, and counts them.

    Public stay, where the card names a basis, the people, their posts, memberships and channels; otherwise they are
    internal at the least. A channel counts as a person's where its row names a person, or does not tell whose it is.

    Attributes:
        restricted: The people who are shown only to those who may see what is sensitive.
        kept_internal: Ids of the people who were made internal for want of a basis.
        channels: Ids of the channels that were made internal for want of a basis.
    """

    card: Card
    restricted: RegisteredPeople
    public: set[str] = field(default_factory=set)
    kept_internal: set[str] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)

    def marked(self, content: Content) -> Content:
        """Return what a row says, marked as it must be."""
        return as_restricted(self._internal_without_basis(content), self.restricted)

    def _internal_without_basis(self, content: Content) -> Content:
        if self.card.marking or content.marking or not (theirs := set(_theirs(content))):
            return content
        public = {s.id for s in content.statements if isinstance(s, NodeStatement) and s.id in theirs and not s.marking}
        people = {subject for subject in public if is_person(subject)}
        marked = {subject for s in content.statements if s.marking for subject in _subjects(s)}
        if self.card.basis:
            self.public |= people
            return content
        self.kept_internal |= people | set(filter(is_person, theirs - marked))
        self.channels |= public - people
        return _raised(content, theirs, INTERNAL)

    def notes(self) -> Iterator[str]:
        """Give the sentences on who is public by the load, and who is not for want of a basis."""
        if self.public:
            yield f"{_are(len(self.public), 'person')} public by this load, on this basis: {self.card.basis}"
        for count in filter(None, (len(self.kept_internal), len(self.channels) if not self.kept_internal else 0)):
            what = _are(count, "person" if self.kept_internal else "channel")
            yield (
                f"{what} internal, with what the source says of them: it names no basis, that is where they are"
                " published and on which day; a mapping does so with `marking: public` and `basis:`"
            )


def as_restricted(content: Content, restricted: RegisteredPeople) -> Content:
    """Return what a row says, with what it says of people who are restricted, and of their channels, sensitive."""
    if not (theirs := restricted.named_in(content)):
        return content
    edges = [s for s in content.statements if isinstance(s, EdgeStatement)]
    channels = {edge.target for edge in edges if edge.type == "REACHED_AT" and edge.source in theirs}
    return _raised(content, theirs | channels, int(Marking.SENSITIVE))


def _raised(content: Content, subjects: set[str], least: int) -> Content:
    return replace(
        content,
        statements=tuple(
            replace(s, marking=max(s.marking, least)) if subjects.intersection(_subjects(s)) else s
            for s in content.statements
        ),
    )


def _theirs(content: Content) -> Iterator[str]:
    """Give the ids of the people whom a row names, and of the channels that may be theirs."""
    statements = content.statements
    people = {subject for s in statements for subject in _subjects(s) if is_person(subject)}
    yield from people
    owned = {s.target for s in statements if isinstance(s, EdgeStatement) and s.type == "REACHED_AT"}
    for statement in statements:
        if not isinstance(statement, NodeStatement) or statement.cls != "ContactPoint":
            continue
        if people or statement.id not in owned or statement.values.get("kind_of_owner") == "person":
            yield statement.id


def carried_by_nobody(statements: Iterable[Statement]) -> str:
    """Return the mobile number that statements tie to what is no person; blank where there is none: it is carried."""
    statements = tuple(statements)
    ties = (it for it in statements if isinstance(it, EdgeStatement) and it.type == "REACHED_AT")
    of_none = {it.target for it in ties if not is_person(it.source)}
    points = (it for it in statements if isinstance(it, NodeStatement) and it.id in of_none)
    channels = (it.values.get("channel") for it in points)
    mobiles = (str(it["value"]) for it in channels if isinstance(it, Mapping) and it.get("kind") == "mobile")
    return next(mobiles, "")


def _subjects(statement: Statement) -> tuple[str, ...]:
    match statement:
        case NodeStatement():
            return (statement.id,)
        case EdgeStatement():
            return (statement.source, statement.target)
    return (statement.first, statement.second)


def _are(count: int, noun: str) -> str:
    return f"{counted(count, noun, 'people' if noun == 'person' else None)} {'is' if count == 1 else 'are'}"
