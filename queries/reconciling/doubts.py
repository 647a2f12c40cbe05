"""Why a thing that is called exactly like a name of a list may still not be meant: then a person has to choose."""

import re
from collections.abc import Iterable, Iterator

from iga.graph.domain.catalog import NODE
from iga.graph.names.forms import LEGAL, forms, latin, spelled, typed_forms
from iga.graph.names.naming import called
from iga.queries.core.answer import Hit
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import Entity
from iga.queries.core.reads import BODIES_OF_POSTS
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session

EXACT = frozenset({"id", "code", "acronym", "name", "alias"})
"""Ways of matching in which a thing is called exactly so."""

# Fields by which things are found without being called so: a review by its mechanism, a post by what it is to us.
_TOLD_BY = frozenset({"mechanism", "series", "role", "family_name"})
_CODES = frozenset({"id", "code"})
_REMARK = re.compile(r"\(([^()]*)\)")
_DATED = re.compile(r"(until|since|from|before|after|\d)", re.IGNORECASE)
_SHORT = 2
# A shorter acronym, such as MOJ, stands for a body in many countries.
_TELLING = 4


def doubt(text: str, hit: Hit, thing: Entity, *, is_kind_given: bool) -> str:
    """Return the first doubt that a thing is meant by a name that it bears, as half a sentence; blank when none is."""
    return "" if hit.how == "id" else next(_doubts(text, hit, thing, is_kind_given), "")


def lacks_owner(session: Session, thing: Entity, text: str, *, how: str) -> str:
    """Return why a name alone does not tell a thing from those of others, as half a sentence; blank when it does.

    A public body is told by its country, a post by its body: every government has a ministry of justice. An acronym
    of four letters or more is taken to be its own.
    """
    if how in ("code", "acronym") and len(latin(text)) >= _TELLING:
        return ""
    if thing.cls == "PublicBody" and (government := thing.values.get("government")):
        is_told = _names_one(session, [str(government)], text)
        return "" if is_told else "bodies of other countries may be called so; a country would tell"
    if thing.cls == "Post":
        bodies = [edge.id for edges in Edges(session, "").ever(BODIES_OF_POSTS, [thing.id]).values() for edge in edges]
        return "" if _names_one(session, bodies, text) else "posts of other bodies may be called so"
    return ""


def _names_one(session: Session, owners: Iterable[str], text: str) -> bool:
    """True if one of the owners stands in a name by one of its own names."""
    called_so = (match for owner in entities(session, owners).values() for match in called(owner.cls, owner.values))
    names = {latin(form) for match in called_so for form in forms(match.matched)}
    return any(f" {name} " in f" {latin(text)} " for name in names if name)


def is_called(hit: Hit, thing: Entity) -> bool:
    """True if a thing is called so itself, in full; a review that is found by its mechanism is not."""
    if hit.how not in EXACT:
        return False
    beside = (thing.values.get(name) for name in _TOLD_BY & NODE[thing.cls].rules().keys())
    texts = {text for value in beside for text in (value if isinstance(value, list) else [value])}
    return hit.matched not in texts or hit.matched == thing.name


def is_literal(text: str, hit: Hit, thing: Entity) -> bool:
    """True if a name stands in the list as the thing bears it, nothing left out on either side."""
    names = {hit.matched, *(match.matched for match in called(thing.cls, thing.values))}
    return hit.how == "id" or spelled(text) in map(spelled, names)


def is_spelled_so(text: str, hit: Hit, thing: Entity) -> bool:
    """True if a thing bears a name as it stands in the list, or in another spelling: organisation, Labor."""
    return is_literal(text, hit, thing) or bool(_spellings(text) & _spellings(hit.matched))


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
    remarks = (remark.strip() for remark in _REMARK.findall(text))
    return [remark for remark in remarks if remark and not _DATED.match(remark) and spelled(remark) not in names]


def _spellings(text: str) -> set[str]:
    """Return the ways of writing a name in its own script; centre and center, organisation and organization are one."""
    written = {spelled(form) for form in (*forms(text), *typed_forms(text))}
    return written | {latin(form) for form in written if form.isascii()}


def _legal(text: str) -> frozenset[str]:
    """Return the legal forms at the end of a name."""
    _, *rest = latin(text).split() or [""]
    return frozenset(word for word in rest[-2:] if word in LEGAL)
