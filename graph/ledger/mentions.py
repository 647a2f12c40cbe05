"""The look-up keys of a row: 64-bit numbers for the nodes, edges, ends and judged ids that it names.

The highest three bits hold the kind of key, so that all keys of a kind are one range of an index; the rest is
a hash. Two things may share a key: whoever looks up must compare the real ids.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TypeGuard

from iga.graph.domain.catalog import EDGE, NODE
from iga.graph.domain.edges import Advises, MemberOf, PostIn
from iga.graph.domain.model import Edge
from iga.graph.domain.parties import Consent, SurvivorCouncil
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Statement

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


_SIGN = 1 << 63
_HASH_BITS = 61


class Kind:
    """What a key stands for. Plain numbers: members of an enumeration made each key a fifth slower."""

    NODE = 0
    PAIR = 1
    END = 2
    JUDGED = 3
    EMBARGOED = 4
    PROTECTING = 5


def key(kind: int, name: str) -> int:
    """Return the key of a name, as a signed 64-bit number; pairs are written as `pair_name` does."""
    return (kind << _HASH_BITS | _hashed(name)) - _SIGN


@lru_cache(maxsize=50_000)  # an id is both a node and an end, and the other ends of a file repeat
def _hashed(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> (64 - _HASH_BITS)


def pair_name(type_: str, source: str, target: str) -> str:
    """Return the name under which an edge between two ids is looked up."""
    return f"{type_} {source} {target}"


def key_range(kind: int) -> tuple[int, int]:
    """Return the lowest and the highest key of a kind."""
    return (kind << _HASH_BITS) - _SIGN, ((kind + 1) << _HASH_BITS) - 1 - _SIGN


def keys_of(content: Content) -> set[int]:
    """Return every key under which a row with this content is found."""
    keys = {key for statement in content.statements for key in _keys(statement)}
    if content.public_from:
        keys.add(key(Kind.EMBARGOED, ""))
    if any(map(protected_by, content.statements)):
        keys.add(key(Kind.PROTECTING, ""))
    return keys


def _keys(statement: Statement) -> Iterator[int]:
    if isinstance(statement, NodeStatement):
        yield key(Kind.NODE, statement.id)
        name = statement.cls
    elif isinstance(statement, EdgeStatement):
        yield key(Kind.PAIR, pair_name(statement.type, statement.source, statement.target))
        yield key(Kind.END, statement.source)
        yield key(Kind.END, statement.target)
        name = statement.type
    else:
        yield key(Kind.JUDGED, statement.first)
        yield key(Kind.JUDGED, statement.second)
        return
    for field in ref_fields(name):
        if field in statement.values:
            yield key(Kind.END, str(statement.values[field]))


@cache
def ref_fields(name: str) -> tuple[str, ...]:
    """Return the fields of a class or type that name another subject; none for one no longer declared."""
    declared = NODE.get(name) or EDGE.get(name)
    return tuple(rule.name for rule in declared.rules().values() if rule.shape == "ref") if declared else ()
