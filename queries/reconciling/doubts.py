"""Why a thing that is called exactly like a name of a list may still not be meant: then a person has to choose."""

import re
from collections.abc import Iterator

from graph.domain.catalog import NODE
from graph.names.forms import LEGAL, forms, latin, spelled
from graph.names.naming import called
from queries.core.answer import Hit
from queries.core.reading import Entity

EXACT = frozenset({"id", "code", "acronym", "name", "alias"})
"""Ways of matching in which a thing is called exactly so."""

# Fields by which things are found without being called so: a review by its mechanism, a post by what it is to us.
_TOLD_BY = frozenset({"mechanism", "series", "role", "family_name"})
_CODES = frozenset({"id", "code"})
_REMARK = re.compile(r"\(([^()]*)\)")
_DATED = re.compile(r"(until|since|from|before|after|\d)", re.IGNORECASE)
_SHORT = 2


def doubt(text: str, hit: Hit, thing: Entity, *, is_kind_given: bool) -> str:
    """Return the first doubt that a thing is meant by a name that it bears, as half a sentence; blank when none is.

    Args:
        text: The name as it stands in the list.
        hit: How it was found.
        thing: The thing.
        is_kind_given: Whether the list says of what kind its names are.
    """
    return "" if hit.how == "id" else next(_doubts(text, hit, thing, is_kind_given), "")


def is_called(hit: Hit, thing: Entity) -> bool:
    """Say whether a thing is called so itself, in full; a review that is found by its mechanism is not."""
    if hit.how not in EXACT:
        return False
    rules = NODE[thing.cls].rules()
    told = {text for name in _TOLD_BY & rules.keys() for text in _texts(thing.values.get(name))}
    return hit.matched not in told or hit.matched == thing.name


def is_literal(text: str, hit: Hit, thing: Entity) -> bool:
    """Say whether a name stands in the list as the thing bears it, nothing left out on either side."""
    names = {hit.matched, *(match.matched for match in called(thing.cls, thing.values))}
    return hit.how == "id" or spelled(text) in map(spelled, names)


def _texts(value: object) -> list[str]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _doubts(text: str, hit: Hit, thing: Entity, is_kind_given: bool) -> Iterator[str]:
    if thing.cls == "Person" and hit.how not in _CODES:
        yield "a person is never matched by a name alone; an identifier would tell"
    if thing.values.get("undisclosed"):
        yield "its name is withheld in the source: each such row is an unknown of its own"
    if not is_kind_given and len(latin(text)) <= _SHORT:
        yield "two letters may be the code of something else where the kind is not given"
    if not is_literal(text, hit, thing):
        yield from _of_other_writing(text, hit.matched, thing)


def _of_other_writing(text: str, matched: str, thing: Entity) -> Iterator[str]:
    """Give the doubts about two names of which one had to be shortened or spelt anew to become the other."""
    if not _spellings(text) & _spellings(matched):
        yield "it is called so only in other letters"
    first, second = _legal(text), _legal(matched)
    if first and second and first != second:
        yield f"the legal form is another: {' '.join(sorted(first))}, not {' '.join(sorted(second))}"
    for remark in (*_remarks(text, thing), *_remarks(matched, thing)):
        yield f"one of the names has '{remark}' in brackets, the other has not"
    is_identifier = matched in (thing.values.get("identifiers") or ())
    if ":" in text and not is_identifier:
        yield "it is called like a part of the text only"
    if ":" not in text and is_identifier and text.strip().isdigit():
        yield "a number may be the identifier of something else in another scheme"


def _remarks(text: str, thing: Entity) -> list[str]:
    """Return what stands in brackets in a name and is neither dates nor another name of the thing."""
    names = {spelled(form) for match in called(thing.cls, thing.values) for form in forms(match.matched)}
    found = (remark.strip() for remark in _REMARK.findall(text))
    return [each for each in found if each and not _DATED.match(each) and spelled(each) not in names]


def _spellings(text: str) -> set[str]:
    return {spelled(form) for form in forms(text)}


def _legal(text: str) -> frozenset[str]:
    """Return the legal forms at the end of a name."""
    _, *rest = latin(text).split() or [""]
    return frozenset(word for word in rest[-2:] if word in LEGAL)
