"""Finds anything by an id, a code, a name in any language, or a few words of it."""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from graph.domain.catalog import fits
from graph.errors import NotFound, UsageError
from graph.text import folded
from queries.answer import FindResult, Hit, How, Total
from queries.asking import Asking
from queries.naming import called, exact
from queries.reading import Entity, OfIds, refs
from queries.reads import ENTITIES_BY_ID, ENTITIES_BY_NAME, ENTITIES_BY_WORDS, Named, Words
from queries.resolve import all_words, classes_under, entity_of, is_id
from queries.trust import unverified

# More hits than anybody reads. The engines may cut differently, so at the limit the total is a lower bound.
_READ = 1_000
_LIKE = 70
_SUGGESTED = 5
# Scores from 0 to 100 by how the words matched; what only contains them is scored by likeness below these.
_SCORES: dict[How, float] = {
    "id": 100.0,
    "name": 99.0,
    "code": 98.0,
    "alias": 95.0,
    "text": 60.0,
    "prefix": 40.0,
    "fuzzy": 0.0,
}


def find(asking: Asking, text: str, *, classes: Sequence[str] = (), limit: int = 20) -> FindResult:
    """Return what is called so or has all the words among its names and codes, best first.

    Where nothing has all the words, words that begin so are tried, then words that are spelt almost so; the
    names of what that brings up are also suggestions.

    Args:
        asking: The graph.
        text: As typed.
        classes: Classes or groups, such as ``Party``, that hits must be of; empty takes all.
        limit: Most hits returned; facets and total count all.

    Raises:
        UsageError: The text holds no letter or digit, or the limit is below 1.
    """
    wanted = folded(text)
    if not wanted or limit < 1:
        what = f"{text!r} holds no letter or digit" if not wanted else f"a limit of {limit} shows nothing"
        raise UsageError(f"nothing can be searched: {what}; give a few letters of a name, and a limit of at least 1")
    hits, is_cut, is_guess = _hits(asking, text, wanted, tuple(classes))
    hits.sort(key=lambda hit: (-hit.score, folded(hit.name), hit.id))
    return FindResult(
        query=text,
        hits=_marked(asking, hits[:limit]),
        facets=dict(sorted(Counter(hit.cls for hit in hits).items())),
        suggestions=tuple(dict.fromkeys(hit.name for hit in hits))[:_SUGGESTED] if is_guess else (),
        total=Total(value=len(hits), relation="gte" if is_cut else "eq"),
        data_version=asking.standing.data_version,
    )


def _hits(asking: Asking, text: str, wanted: str, classes: tuple[str, ...]) -> tuple[list[Hit], bool, bool]:
    """Return hits, whether there may be more, and whether they are guesses at what was meant."""
    if is_id(text.strip()):
        try:
            return [_hit(entity_of(asking, text.strip()), "id", text.strip(), 100.0)], False, False
        except NotFound:
            pass  # words may look like an id: "note: urgent"
    words = wanted.split()
    tries: tuple[tuple[str, How], ...] = (
        (all_words(wanted), "text"),
        (" ".join(f"+{word}*" for word in words), "prefix"),
        (" ".join(f"+{word}~" for word in words), "fuzzy"),
    )
    for query, how in tries:
        of = Words(words=query, classes=classes_under(("Entity",)), limit=_READ)
        read = asking.read(ENTITIES_BY_WORDS, of)
        named = asking.read(ENTITIES_BY_NAME, Named(name=wanted)) if how == "text" else []
        found = {entity.id: entity for entity in (*named, *read) if not classes or fits(entity.cls, classes)}
        hits = [_rated(entity, wanted, how) for entity in found.values()]
        hits = [hit for hit in hits if how != "fuzzy" or hit.score >= _LIKE]
        if hits:
            return hits, len(read) >= _READ, how == "fuzzy"
    return [], False, False


def _marked(asking: Asking, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits, those that nobody checked marked so."""
    if not hits:
        return ()
    found = asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(hit.id for hit in hits))))
    weak = unverified(asking, {entity.id: refs(entity.values) for entity in found})
    return tuple(hit.model_copy(update={"unverified": hit.id in weak}) for hit in hits)


def _rated(entity: Entity, wanted: str, how: How) -> Hit:
    if match := exact(entity.cls, entity.values, wanted=wanted):
        return _hit(entity, match.how, match.matched, _SCORES[match.how])
    best = max(called(entity.cls, entity.values), key=lambda m: (fuzz.ratio(wanted, folded(m.matched)), m.matched))
    likeness = fuzz.ratio(wanted, folded(best.matched))
    score = likeness if how == "fuzzy" else _SCORES[how] + likeness * 0.3
    return _hit(entity, how, best.matched, round(score, 1))


def _hit(entity: Entity, how: How, matched: str, score: float) -> Hit:
    return Hit(id=entity.id, cls=entity.cls, name=entity.name, matched=matched, how=how, score=score)
