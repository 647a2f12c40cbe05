"""The look-up keys of a row: 64-bit numbers for the nodes, edges, ends and judged ids that it names.

The highest three bits hold the kind of key, so that all keys of a kind are one range of an index; the rest is
a hash. Two things may share a key: whoever looks up must compare the real ids.
"""

from functools import cache
from hashlib import blake2b

from graph.domain.catalog import EDGE, NODE
from graph.statements import Content, EdgeStatement, NodeStatement, Statement

_SIGN = 1 << 63
_HASH_BITS = 61


class Kind:
    """What a key stands for. Plain numbers: members of an enumeration made each key a fifth slower."""

    NODE = 0
    PAIR = 1
    END = 2
    JUDGED = 3
    EMBARGOED = 4


def key(kind: int, name: str) -> int:
    """Return the key of a name, as a signed 64-bit number; pairs are written as `pair_name` does."""
    number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
    return (kind << _HASH_BITS | number >> 3) - _SIGN


def pair_name(type_: str, source: str, target: str) -> str:
    """Return the name under which an edge between two ids is looked up."""
    return f"{type_} {source} {target}"


def key_range(kind: int) -> tuple[int, int]:
    """Return the lowest and the highest key of a kind."""
    return (kind << _HASH_BITS) - _SIGN, ((kind + 1) << _HASH_BITS) - 1 - _SIGN


def keys_of(content: Content) -> set[int]:
    """Return every key under which a row with this content is found."""
    found: set[int] = set()
    for statement in content.statements:
        found |= _keys(statement)
    if content.public_from:
        found.add(key(Kind.EMBARGOED, ""))
    return found


def _keys(statement: Statement) -> set[int]:
    if isinstance(statement, NodeStatement):
        found = {key(Kind.NODE, statement.id)}
        name = statement.cls
    elif isinstance(statement, EdgeStatement):
        found = {
            key(Kind.PAIR, pair_name(statement.type, statement.source, statement.target)),
            key(Kind.END, statement.source),
            key(Kind.END, statement.target),
        }
        name = statement.type
    else:
        return {key(Kind.JUDGED, statement.first), key(Kind.JUDGED, statement.second)}
    for field in ref_fields(name):
        if field in statement.values:
            found.add(key(Kind.END, str(statement.values[field])))
    return found


@cache
def ref_fields(name: str) -> tuple[str, ...]:
    """Return the fields of a class or type that name another subject; none for one no longer declared."""
    declared = NODE.get(name) or EDGE.get(name)
    return tuple(rule.name for rule in declared.rules().values() if rule.shape == "ref") if declared else ()
