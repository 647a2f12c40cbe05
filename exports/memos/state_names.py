"""Our missions by the names that State writes: Embassy Manila, UNVIE, USOSCE."""

from collections.abc import Callable, Mapping
from typing import Any

from iga.graph.domain.parties import PublicBody
from iga.queries.core.answer import Answer
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.session import Session

_MISSIONS = all_of(PublicBody, "it.acronym IS NOT NULL AND it.host IS NOT NULL", fields=("acronym",))
_EMBASSY = "U.S. Embassy "


def named_as_state_writes(session: Session, answer: Answer) -> Answer:
    """Return an answer in whose values our missions have the names that State writes: a mission its acronym."""
    missions = session.read(_MISSIONS, Everything())
    acronyms = {mission.name: str(mission.values["acronym"]) for mission in missions}
    # As officers note them; inside a longer name the words are that name's own.
    noted = {name.replace("U.S.", "US"): acronym for name, acronym in acronyms.items()}

    def named(text: str) -> str:
        if text in noted:
            return noted[text]
        if _EMBASSY in text and f"{_EMBASSY}to " not in text:
            text = text.replace(_EMBASSY, "Embassy ")
        for name, acronym in acronyms.items():
            text = text.replace(name, acronym)
        return text

    rows = tuple(row.model_copy(update=_changed(dict(row), named)) for row in answer.rows)
    clauses = tuple(one.model_copy(update={"values": _renamed(one.values, named)}) for one in answer.clauses)
    return answer.model_copy(update={"rows": rows, "clauses": clauses})


def _changed(values: Mapping[str, Any], named: Callable[[str], str]) -> dict[str, Any]:
    renamed = {name: _renamed(value, named) for name, value in values.items()}
    return {name: value for name, value in renamed.items() if value != values[name]}


def _renamed(value: Any, named: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return named(value)
    if isinstance(value, Mapping):
        return {name: _renamed(part, named) for name, part in value.items()}
    return type(value)(_renamed(part, named) for part in value) if type(value) in (tuple, list) else value
