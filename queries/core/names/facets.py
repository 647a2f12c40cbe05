"""Counts what hits can be narrowed by: their kinds, the countries they concern, the bodies they are part of, topics."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.domain.catalog import NODE
from graph.domain.topics import THESAURUS
from graph.names.index import WITHIN, NameIndex
from graph.names.kinds import plain
from graph.names.ranking import Ranked
from graph.text import folded
from queries.core.answer import FacetCount, Facets
from queries.core.names.name_index import COUNTRY, TOPIC

_MOST_VALUES = 20
_LABELS = {entry.code: entry.label for entry in THESAURUS}


def facets_of(index: NameIndex, hits: Sequence[Ranked]) -> Facets:
    """Return the facets of hits; of what hits are part of, its country counts too."""
    having: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for hit in hits:
        having["kind", hit.cls].add(hit.id)
        having[COUNTRY if hit.cls == "Government" else WITHIN, hit.id].add(hit.id)
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
    return tuple(sorted(counts, key=lambda each: (-each.count, folded(each.name), each.value))[:_MOST_VALUES])
