"""Finds anything by an id, a code, a name in any language, a few words of it, or nearly its spelling."""

from collections import Counter
from collections.abc import Iterator, Sequence

from graph.errors import UsageError
from graph.names.index import NameIndex, Only
from graph.names.ranking import Ranked, Ranking, ranking
from graph.text import folded
from queries.core.answer import Caveat, Facets, FindResult, Hit, Total
from queries.core.names.facets import facets_of
from queries.core.names.narrowing import Narrowing, only, understood
from queries.core.names.odd_names import marked, typed_oddly
from queries.core.names.resolve import by_id, choices, is_id
from queries.core.reading import OfIds, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.core.trust import unverified

_SUGGESTED = 5
_LONGEST = 500


def find(session: Session, text: str, *, narrowing: Narrowing | None = None, limit: int = 20) -> FindResult:
    """Return what is called so, best first; what is only spelt almost so comes where nothing is called so.

    The order of kinds of match is that of `graph.names.ranking.KINDS`. A text like nothing that is there has no hits,
    but suggestions.

    Args:
        session: The graph.
        text: As typed, in any script; only its first 300 letters count.
        narrowing: What hits must be, belong to or deal with; None takes all.
        limit: Most hits returned; facets and total count all.

    Raises:
        UsageError: The text holds no letter or digit or is far too long, or the limit is below 1.
        NotFound, Ambiguous: What it is narrowed to names nothing, or several things.
    """
    _check(text, limit)
    meaning = understood(session, narrowing or Narrowing())
    within = only(meaning)
    found, facets, is_whole = session.looked_up(lambda index: _looked_up(session, index, text.strip(), within))
    hits = [one for one in found if not one.is_far]
    near = [one.name for one in found if one.how == "fuzzy"]
    return FindResult(
        query=text,
        hits=_marked(session, tuple(map(_hit, hits[:limit]))),
        facets=dict(sorted(Counter(one.cls for one in hits).items())),
        facets_by=facets,
        narrowed_to=meaning,
        suggestions=tuple(dict.fromkeys(near))[:_SUGGESTED] if len(near) == len(found) else (),
        caveats=tuple(_caveats(session, text.strip(), hits)),
        total=Total(value=len(hits), relation="eq" if is_whole else "gte"),
        data_version=session.status.data_version,
    )


def _check(text: str, limit: int) -> None:
    if limit < 1:
        raise UsageError(f"nothing can be searched: a limit of {limit} shows nothing; give one of at least 1")
    if len(text) > _LONGEST:
        raise UsageError(
            f"nothing can be searched: the text has {len(text):,} letters; give a name or a few words of it, at most"
            f" {_LONGEST} letters"
        )
    if not folded(text):
        raise UsageError(f"nothing can be searched: {text!r} holds no letter or digit; give a few letters of a name")


def _looked_up(session: Session, index: NameIndex, text: str, within: Only) -> tuple[list[Ranked], Facets, bool]:
    with index.looking(within):
        given = _by_id(session, index, text)
        found, is_whole = Ranking(given, is_whole=True) if given else ranking(index, text, within)
    with index.looking():
        return found, facets_of(index, [one for one in found if not one.is_far]), is_whole


def _by_id(session: Session, index: NameIndex, text: str) -> list[Ranked]:
    """Return what an id, also a former or merged one, stands for; words may look like an id: "note: urgent"."""
    if not is_id(text):
        return []
    return [
        Ranked(entity.id, entity.cls, entity.name, "id", text, 100.0)
        for entity in by_id(session, text)
        if index.shows(entity.id)
    ]


def _caveats(session: Session, text: str, hits: Sequence[Ranked]) -> Iterator[Caveat]:
    """Say what is odd about the text, and which things an exact name may stand for where it does not settle one."""
    if odd := typed_oddly(text):
        yield odd
    exact = [one for one in hits if one.how in ("name", "acronym", "alias", "code")]
    if not exact:
        return
    meant = choices(session, text, labels=("Entity",))
    if len(meant) > 1:
        names = [f"{each.name} ({each.id})" for each in meant]
        yield Caveat(kind="ambiguous", text=f"{text!r} may mean {', '.join(names[:-1])} or {names[-1]}.")


def _marked(session: Session, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits; those that nobody checked, or with a name that is not what it looks like, are marked so."""
    if not hits:
        return ()
    found = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(hit.id for hit in hits))))
    weak = unverified(session, {entity.id: refs(entity.values) for entity in found})
    checked = [hit.model_copy(update={"unverified": hit.id in weak}) for hit in hits]
    return session.looked_up(lambda index: tuple(marked(index, hit) for hit in checked))


def _hit(one: Ranked) -> Hit:
    return Hit(id=one.id, cls=one.cls, name=one.name, matched=one.matched, how=one.how, score=one.score)
