"""What a row states, in a line for each thing and relationship, as a person reads it before a mapping is kept."""

from collections.abc import Iterator, Mapping

from iga.graph.names.kinds import plain
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Value


def statements_told(content: Content) -> Iterator[str]:
    """Give a line for each thing and each relationship that a row states."""
    names = {
        one.id: str(one.values.get("name") or one.id) for one in content.statements if isinstance(one, NodeStatement)
    }
    for one in content.statements:
        if isinstance(one, NodeStatement):
            values = {name: value for name, value in one.values.items() if name != "name"}
            yield f"{plain(one.cls)} {names[one.id]} ({one.id}){_told(values, ': ')}"
        elif isinstance(one, EdgeStatement):
            source, target = (names.get(end, end) for end in (one.source, one.target))
            yield f"{source} {one.type} {target}{_told(one.values, ': ')}"


def _told(values: Mapping[str, Value], before: str) -> str:
    told = ", ".join(f"{name.replace('_', ' ')} {_in_words(value)}" for name, value in values.items())
    return f"{before}{told}" if told else ""


def _in_words(value: Value) -> str:
    if isinstance(value, dict):
        return " ".join(f"{part} {text}" for part, text in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
