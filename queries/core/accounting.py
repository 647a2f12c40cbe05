"""What the audit log notes of a session: whom it was about, and which protected people it read of."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from iga.graph.audit_log import Act, AuditLog
from iga.graph.domain.parties import PEOPLE
from iga.graph.errors import Denied
from iga.graph.projection.properties import OWN
from iga.graph.query import Row
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session

T = TypeVar("T")


def note(workspace: Workspace, sessions: Sequence[Session], *, act: str, **more: Any) -> Act:
    """Note in the audit log what the reader of a workspace did, and return it.

    Raises:
        LedgerError: The log cannot be written, or the ledger did not answer.
    """
    reader = workspace.reader
    done = Act(
        no=0,
        at=workspace.now(),
        who=reader.who,
        door=reader.door,
        act=act,
        purpose=reader.purpose,
        about=tuple(sorted({it for session in sessions for it in about(session)})),
        shown={person: fields for session in sessions for person, fields in shown(session).items()},
        load=workspace.load_to_name(),
        **more,
    )
    workspace.audit_log.append(done)
    return done


def readable_log(workspace: Workspace, reader: Reader | None = None) -> AuditLog:
    """Return the audit log, for whoever may read it.

    Args:
        workspace: Whose log it is.
        reader: Who wants to read; None is that of the workspace, which may show less than they may see.

    Raises:
        Denied: They may not see what is sensitive, or their role is another.
    """
    reader = reader or workspace.reader
    reader.refuse_unless("audit")
    if not reader.sees_all:
        raise Denied("the audit log says who was shown: it is for those who may see what is sensitive")
    return workspace.audit_log


def answered_once(session: Session, make: Callable[[Session], T]) -> T:
    """Return what is asked of a whole graph and of nobody by name: made once for as long as the graph stays the same.

    Whom it shows counts as read by the session each time, and is noted so.

    Raises:
        NotNoted: Protected people would be shown, and the audit log cannot be written.
    """
    if session.unlogged:
        return make(session)
    made: tuple[T, Sequence[Row]] = session.once(_with_protected(make))
    session.rows_read.append(made[1])
    return made[0]


@cache
def _with_protected(make: Callable[[Session], Any]) -> Callable[[Session], tuple[Any, Sequence[Row]]]:
    def made(session: Session) -> tuple[Any, Sequence[Row]]:
        own = session.for_request()
        answer, rows = make(own), [row for read in own.rows_read for row in read]
        protected = set(own.protected({it for row in rows for it in vars(row).values() if _is_person(it)}))
        return answer, [row for row in rows if any(_is_person(it) and it in protected for it in vars(row).values())]

    return made


def _is_person(value: object) -> bool:
    return type(value) is str and value.startswith(PEOPLE)


def about(session: Session) -> tuple[str, ...]:
    """Return the ids that names of the session were found to stand for, sorted."""
    return tuple(sorted({subject.id for subject in session.resolved.values()}))


def shown(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the names of the fields that the session read of protected people, by the person's id; never a value.

    Raises:
        LedgerError: The ledger did not answer.
    """
    fields: dict[str, set[str]] = {}
    for rows in session.rows_read:
        for row in rows:
            values = row.__dict__
            for person in values.values():
                if _is_person(person):
                    fields.setdefault(person, set()).update(_fields_of(person, values))
    protected = session.protected(fields)
    return {person: tuple(sorted(fields[person])) for person in sorted(protected)}


def _fields_of(person: str, row: Mapping[str, Any]) -> set[str]:
    """Return the fields that a row has of a person whom it names, or that tie them to something."""
    own = {*(row.keys() & {"name"}), *(row.get("values") or ())} if row.get("id") == person else set()
    return {name for name in own.union(row.get("properties") or ()) if name not in OWN}
