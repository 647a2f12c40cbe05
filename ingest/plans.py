"""Keep planned engagements and their attendees internal until they are held, whichever file states them."""

from typing import TypeAlias

from graph.domain.marking import Marking
from graph.statements import EdgeStatement, NodeStatement

Statements: TypeAlias = list[NodeStatement | EdgeStatement]

_INTERNAL = int(Marking.INTERNAL)
_PLANNED = ("planned", "confirmed", "postponed")


def internal_until_held(statements: Statements, *, attendance_is_marked: bool = False) -> Statements:
    """Return what one record says, internal as far as it must be.

    An engagement that is not held yet is internal. So is a PARTICIPATED of a record that does not say that the
    engagement was held, unless its own marking is stated.
    """
    status = [s.values.get("status") for s in statements if isinstance(s, NodeStatement) and s.cls == "Engagement"]
    not_held = "held" not in status and not attendance_is_marked
    return [_internal(s) if _is_planned(s) or (not_held and _is_attendance(s)) else s for s in statements]


def _is_planned(statement: NodeStatement | EdgeStatement) -> bool:
    return (
        isinstance(statement, NodeStatement)
        and statement.cls == "Engagement"
        and statement.values.get("status") in _PLANNED
    )


def _is_attendance(statement: NodeStatement | EdgeStatement) -> bool:
    return isinstance(statement, EdgeStatement) and statement.type == "PARTICIPATED"


def _internal(statement: NodeStatement | EdgeStatement) -> NodeStatement | EdgeStatement:
    marking = max(statement.marking, _INTERNAL)
    if isinstance(statement, NodeStatement):
        return NodeStatement(statement.cls, statement.id, statement.values, statement.stated_on, marking)
    return EdgeStatement(
        statement.type, statement.source, statement.target, statement.values, statement.stated_on, marking
    )
