"""People by id or name, also those of whom nothing stands any more: the ledger holds what was withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from iga.graph.domain.parties import Person, is_person
from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.fold.live import seen_statements
from iga.graph.statements import NodeStatement
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.names.resolve import entity_of, subject_of
from iga.queries.core.session import Session


@dataclass(frozen=True)
class PersonOnRecord:
    """A person whom the ledger ever named.

    Attributes:
        name: Name as printed; the id where none was ever stated.
        ids: Every id that stands for the person, as written.
    """

    id: str
    name: str
    ids: tuple[str, ...]


def person_on_record(session: Session, text: str) -> PersonOnRecord:
    """Return the one person whom an id or a name stands for, in the graph or else in all that was ever loaded.

    Raises:
        UsageError: The text is blank, or names something of another class.
        Ambiguous: Several people are or were called so.
        NotFound: Nobody is, or ever was.
    """
    try:
        subject = subject_of(session, text, parameter="name", labels=(Person.label(),))
    except Ambiguous:
        raise
    except (NotFound, UsageError) as unknown:
        return _once_named(session, text.strip(), unknown)
    members = entity_of(session, subject.id).values.get("members") or (subject.id,)
    return PersonOnRecord(subject.id, subject.name, tuple(members))


def _once_named(session: Session, text: str, unknown: NotFound | UsageError) -> PersonOnRecord:
    """Return who was called so in a row that was withdrawn since; all rows are read, unless the text is an id."""
    names = {node.id: str(node.values.get("name") or node.id) for node in _people(session, text)}
    if not names and is_person(text) and any(session.ledger.rows_touching({text})):
        names = {text: text}
    if not names:
        raise unknown
    if len(names) > 1:
        listed = "; ".join(f"{name} ({written})" for written, name in sorted(names.items()))
        raise Ambiguous(f"name: {text!r} was the name of {len(names)}: {listed}", suggestions=tuple(sorted(names)))
    [(written, name)] = names.items()
    session.resolved[text, "name", (Person.label(),)] = Subject(id=written, cls=Person.label(), name=name)
    return PersonOnRecord(written, name, (written,))


def _people(session: Session, text: str) -> Iterator[NodeStatement]:
    """Give what was ever stated, under the ceiling, of people with an id or a name."""
    wanted, lens = folded(text), session.lens
    rows = session.ledger.rows_naming({text}) if is_person(text) else session.ledger.rows_after(0)
    for row in rows if wanted else ():
        for version in (version for version in row if version.load <= lens.upto):
            for _, statement, _ in seen_statements(row, version, lens):
                if isinstance(statement, NodeStatement) and statement.cls == Person.label():
                    aliases = statement.values.get("aliases")
                    called = (statement.values.get("name"), *(aliases if isinstance(aliases, list) else ()))
                    if statement.id == text or wanted in (folded(str(name)) for name in called if name):
                        yield statement
