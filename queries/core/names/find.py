"""Finds anything by an id, a code, a name in any language, a few words of it, or nearly its spelling."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from iga.graph.domain.catalog import NODE
from iga.graph.domain.parties import Government
from iga.graph.domain.topics import THESAURUS
from iga.graph.errors import UsageError
from iga.graph.names.forms import latin
from iga.graph.names.index import ALL, WITHIN, NameIndex, Only
from iga.graph.names.kinds import plain
from iga.graph.names.look_alikes import seen_as, suspicion, visible
from iga.graph.names.ranking import Ranked, Ranking, exactly, ranking
from iga.graph.text import counted, folded
from iga.queries.core.answer import Caveat, FacetCount, Facets, FindResult, Hit, Total
from iga.queries.core.compiled import Everything
from iga.queries.core.names.everyday_names import everyday_names
from iga.queries.core.names.name_edges import COUNTRY, TOPIC
from iga.queries.core.names.name_index import ALL_GOVERNMENTS
from iga.queries.core.names.narrowing import Narrowing, only, understood
from iga.queries.core.names.resolve import by_id, choices, is_id, left_out_by_name
from iga.queries.core.reading import OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.core.steady import HALF, steadily
from iga.queries.core.trust import unverified

_EXACT = ("name", "acronym", "alias", "code")
_FIPS = re.compile("[A-Z]{2}")
# between what is called so and what only begins so
_FIPS_SCORE = 82.9
_EVERYDAY_SCORE = 82.5
_SUGGESTED = 5
_LONGEST = 500
_MOST_VALUES = 20
_LABELS = {entry.code: entry.label for entry in THESAURUS}


@steadily
def find(session: Session, text: str, *, narrowing: Narrowing | None = None, limit: int = 20) -> FindResult:
    """Return what is called so, best first; what is only spelt almost so comes where nothing is called so.

    The order of kinds of match is that of `iga.graph.names.ranking.KINDS`. A text like nothing that is there has no
    hits, but suggestions.

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
    ranked_hits, is_whole = session.looked_up(lambda index: _looked_up(session, index, text.strip(), within))
    hits = [one for one in ranked_hits if not one.is_far]
    near = [one.name for one in ranked_hits if one.how == "fuzzy"]
    return FindResult(
        query=text,
        hits=_marked(session, tuple(map(_hit, hits[:limit]))),
        facets=dict(sorted(Counter(one.cls for one in hits).items())),
        facets_by=session.looked_up(lambda index: _facets_of(index, hits)),
        narrowed_to=meaning,
        suggestions=tuple(dict.fromkeys(near))[:_SUGGESTED] if len(near) == len(ranked_hits) else (),
        caveats=tuple(_caveats(session, text.strip(), hits)),
        total=Total(value=len(hits), relation="eq" if is_whole else "gte"),
        data_version=session.status.data_version,
    )


def hits_of(session: Session, text: str, *, limit: int) -> tuple[Hit, ...]:
    """Return the hits that `find` has for a text, alone; errors are those of `find`."""
    _check(text, limit)
    ranked_hits, _ = session.looked_up(lambda index: _looked_up(session, index, text.strip(), ALL))
    return _marked(session, [_hit(one) for one in ranked_hits if not one.is_far][:limit])


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


def _looked_up(session: Session, index: NameIndex, text: str, within: Only) -> Ranking:
    with index.looking(within):
        named = _by_id(session, index, text)
        ranked, is_whole = Ranking(named, is_whole=True) if named else ranking(index, text, within)
        ranked = _with_fips(session, index, text, ranked) if _FIPS.fullmatch(text) else ranked
        return Ranking(_with_everyday(index, text, ranked), is_whole)


def _by_id(session: Session, index: NameIndex, text: str) -> list[Ranked]:
    """Return what an id, also a former or merged one, stands for; words may look like an id: "note: urgent"."""
    if not is_id(text):
        return []
    return [
        Ranked(entity.id, entity.cls, entity.name, "id", text, 100.0)
        for entity in by_id(session, text)
        if index.shows(entity.id)
    ]


def _with_fips(session: Session, index: NameIndex, text: str, ranked: list[Ranked]) -> list[Ranked]:
    """Return hits with the government that has two capitals as its FIPS (GEC) code, after what is called exactly so."""
    known = {one.id for one in ranked if one.how in _EXACT}
    coded = [
        Ranked(row.id, Government.label(), row.name, "code", f"{text} (FIPS)", _FIPS_SCORE)
        for row in session.read(ALL_GOVERNMENTS, Everything())
        if row.fips == text and row.id not in known and index.shows(row.id)
    ]
    if not coded:
        return ranked
    exact = [one for one in ranked if one.how in _EXACT]
    ids = {one.id for one in coded}
    return [*exact, *coded, *(one for one in ranked if one.how not in _EXACT and one.id not in ids)]


def _with_everyday(index: NameIndex, text: str, ranked: list[Ranked]) -> list[Ranked]:
    """Return hits with what people call so in everyday words, first where nothing is called exactly so."""
    meant = everyday_names().get(latin(text).removeprefix("the "))
    if not meant or not index.shows(meant) or any(one.how in _EXACT for one in ranked):
        return ranked
    cls, name = index.printed({meant})[meant]
    return [Ranked(meant, cls, name, "alias", text, _EVERYDAY_SCORE), *(one for one in ranked if one.id != meant)]


def _caveats(session: Session, text: str, hits: Sequence[Ranked]) -> Iterator[Caveat]:
    """Say what is odd about the text, and which things an exact name may stand for where it does not settle one."""
    if session.status.projecting:
        yield Caveat(kind="projecting", text=HALF)
    if odd := _typed_oddly(text):
        yield odd
    if session.ledger.is_whole and (left_out := left_out_by_name(session, text)):
        reasons = sorted({known.reason for known in session.permissions(it.id for it in left_out).values()})
        yield Caveat(
            kind="undisclosed", text=f"Left out: {counted(len(left_out), 'person', 'people')} ({'; '.join(reasons)})."
        )
    exact = [one for one in hits if one.how in _EXACT]
    if not exact:
        return
    meant = choices(session, text, labels=("Entity",))
    if len(meant) > 1:
        names = [f"{thing.name} ({thing.id})" for thing in meant]
        yield Caveat(kind="ambiguous", text=f"{text!r} may mean {', '.join(names[:-1])} or {names[-1]}.")


def _marked(session: Session, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits; those that nobody checked, or with a name that is not what it looks like, are marked so."""
    if not hits:
        return ()
    read = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(hit.id for hit in hits))))
    weak = unverified(session, {entity.id: refs(entity.values) for entity in read})
    checked = [hit.model_copy(update={"unverified": hit.id in weak}) for hit in hits]
    return session.looked_up(lambda index: tuple(_noted(index, hit) for hit in checked))


def _hit(one: Ranked) -> Hit:
    return Hit(id=one.id, cls=one.cls, name=one.name, matched=one.matched, how=one.how, score=one.score)


def _facets_of(index: NameIndex, hits: Sequence[Ranked]) -> Facets:
    """Return the facets of hits; of what hits are part of, its country counts too."""
    having: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for hit in hits:
        having["kind", hit.cls].add(hit.id)
        having[COUNTRY if hit.cls == "Government" else WITHIN, hit.id].add(hit.id)
    with index.looking():
        for written, facet, value in index.links_of([hit.id for hit in hits]):
            having[facet, value].add(written)
        known = index.printed({value for facet, value in having if facet in (COUNTRY, WITHIN)})
    bodies = {it for it, (cls, _) in known.items() if "Party" in NODE[cls].all_labels() and cls != "Person"}
    return Facets(
        kind=_counts(((cls, plain(cls)), ids) for (facet, cls), ids in having.items() if facet == "kind"),
        country=_counts(
            ((it, known[it][1]), ids) for (facet, it), ids in having.items() if facet == COUNTRY and it in known
        ),
        body=_counts(
            ((it, known[it][1]), ids) for (facet, it), ids in having.items() if facet == WITHIN and it in bodies
        ),
        topic=_counts(((code, _LABELS[code]), ids) for (facet, code), ids in having.items() if facet == TOPIC),
    )


def _counts(having: Iterable[tuple[tuple[str, str], set[str]]]) -> tuple[FacetCount, ...]:
    counts = [FacetCount(value=value, name=name, count=len(ids)) for (value, name), ids in having]
    return tuple(sorted(counts, key=lambda facet: (-facet.count, folded(facet.name), facet.value))[:_MOST_VALUES])


def _typed_oddly(text: str) -> Caveat | None:
    """Return the doubt that a typed text may not be what it looks like; None when nothing is odd about it."""
    odd = suspicion(text)
    if odd is None:
        return None
    like = f"; it looks like {visible(odd.looks_like)!r}, and equals no name" if odd.looks_like != text else ""
    return Caveat(kind="uncertain", text=f"What was typed, {visible(text)!r}, {odd.reason}{like}.")


def _noted(index: NameIndex, hit: Hit) -> Hit:
    """Return a hit with a note where one of its names may not be what it looks like."""
    for name in dict.fromkeys((hit.name, hit.matched)):
        if note := _note(index, hit.id, name):
            return hit.model_copy(update={"note": note})
    return hit


def _note(index: NameIndex, written: str, name: str) -> str:
    if name.isascii():
        return ""
    seen = seen_as(name)
    like = f"; it looks like {visible(seen)!r}" if seen != name else ""
    if odd := suspicion(name):
        return f"{visible(name)!r} {odd.reason}{like}"
    if not seen.isascii():
        return ""
    others = [one for one in exactly(index, seen) if one.id != written and one.is_own]
    if not others:
        return ""
    return f"{name!r} is written in other letters than {seen!r}, the name of {others[0].name} ({others[0].id})"
