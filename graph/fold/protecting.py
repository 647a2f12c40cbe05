"""What a statement says that makes somebody a protected person: a consent, a mark, a survivors' council, advising."""

from typing import TypeGuard

from iga.graph.domain.edges import Advises, MemberOf, PostIn
from iga.graph.domain.model import Edge
from iga.graph.domain.parties import Consent, SurvivorCouncil
from iga.graph.statements import EdgeStatement, NodeStatement, Statement

_INTO_A_COUNCIL = (MemberOf.type(), PostIn.type())


def protected_by(statement: Statement) -> str:
    """Return the id of the person whom a statement protects, or of the post whose holders it does; blank is nobody."""
    if isinstance(statement, NodeStatement):
        is_consent = statement.cls == Consent.label()
        person = str(statement.values.get("person") or "") if is_consent else statement.id
        return person if is_consent or statement.values.get("is_protected") else ""
    if not isinstance(statement, EdgeStatement):
        return ""
    is_in_a_council = statement.type in _INTO_A_COUNCIL and is_council(statement.target)
    return statement.source if is_in_a_council or statement.type == Advises.type() else ""


def is_tie(statement: Statement, kind: type[Edge]) -> TypeGuard[EdgeStatement]:
    """True if a statement is an edge of a class."""
    return isinstance(statement, EdgeStatement) and statement.type == kind.type()


def is_council(written: str) -> bool:
    """True if an id is that of a survivors' council, known by its name alone or not."""
    return written.removeprefix("named:").startswith(f"{SurvivorCouncil.kind}:")
