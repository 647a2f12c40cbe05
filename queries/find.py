"""Finds anything by an id, a code, a name in any language, a few words of it, or nearly its spelling."""

from collections import Counter
from collections.abc import Sequence

from graph.domain.catalog import fits
from graph.errors import NotFound, UsageError
from graph.names.ranking import Ranked, ranked
from graph.text import folded
from queries.answer import FindResult, Hit, Total
from queries.asking import Asking
from queries.reading import OfIds, refs
from queries.reads import ENTITIES_BY_ID
from queries.resolve import entity_of, is_id
from queries.trust import unverified

_SUGGESTED = 5


def find(asking: Asking, text: str, *, classes: Sequence[str] = (), limit: int = 20) -> FindResult:
    """Return what is called so, best first; what is only spelt almost so comes last.

    The order of kinds: an id, a code or identifier, a name, another name, the beginning of a name, all words in any
    order (of a post also those of its body and its topics), nearly the spelling. A text like nothing that is there
    has no hits, but suggestions.

    Args:
        asking: The graph.
        text: As typed, in any script.
        classes: Classes or groups, such as ``Party``, that hits must be of; empty takes all.
        limit: Most hits returned; facets and total count all.

    Raises:
        UsageError: The text holds no letter or digit, or the limit is below 1.
    """
    if not folded(text) or limit < 1:
        what = f"{text!r} holds no letter or digit" if limit >= 1 else f"a limit of {limit} shows nothing"
        raise UsageError(f"nothing can be searched: {what}; give a few letters of a name, and a limit of at least 1")
    found = _by_id(asking, text.strip()) or ranked(asking.names, text)
    fitting = [one for one in found if not classes or fits(one.cls, tuple(classes))]
    hits = [_hit(one) for one in fitting if not one.is_far]
    near = [one.name for one in fitting if one.how == "fuzzy"]
    return FindResult(
        query=text,
        hits=_marked(asking, hits[:limit]),
        facets=dict(sorted(Counter(hit.cls for hit in hits).items())),
        suggestions=tuple(dict.fromkeys(near))[:_SUGGESTED] if len(near) == len(fitting) else (),
        total=Total(value=len(hits)),
        data_version=asking.standing.data_version,
    )


def _by_id(asking: Asking, text: str) -> list[Ranked]:
    if not is_id(text):
        return []
    try:
        entity = entity_of(asking, text)
    except NotFound:
        return []  # words may look like an id: "note: urgent"
    return [Ranked(entity.id, entity.cls, entity.name, "id", text, 100.0)]


def _marked(asking: Asking, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits, those that nobody checked marked so."""
    if not hits:
        return ()
    found = asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(hit.id for hit in hits))))
    weak = unverified(asking, {entity.id: refs(entity.values) for entity in found})
    return tuple(hit.model_copy(update={"unverified": hit.id in weak}) for hit in hits)


def _hit(one: Ranked) -> Hit:
    return Hit(id=one.id, cls=one.cls, name=one.name, matched=one.matched, how=one.how, score=one.score)
