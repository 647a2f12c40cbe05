"""Prints what a search found: the hits, what the name does not settle, and what the search can be narrowed by."""

from collections.abc import Iterator, Sequence

from iga.cli.columns import in_columns, in_records
from iga.cli.console import Console
from iga.cli.printing import wrapped
from iga.graph.text import folded
from iga.queries.core.answer import FacetCount, FindResult, Hit
from iga.queries.core.wording import kind_in_words

_NARROWED_BY = 3


def print_hits(console: Console, result: FindResult) -> None:
    """Print what a search found, or what may have been meant."""
    within = _narrowed_to(result)
    if not result.hits:
        near = f" Did you mean {' or '.join(result.suggestions)}?" if result.suggestions else ""
        console.say(wrapped(f"Nothing{within} is called {result.query!r} or holds these words.{near}", console.width))
        _print_caveats(console, result)
        return
    if result.suggestions:
        console.say(f"Nothing{within} is called {result.query!r} or holds these words; this is spelt almost so:")
    cells = [[hit.name, kind_in_words(hit.cls), hit.id, _how(hit)] for hit in result.hits]
    headings = ["name", "class", "id", "found by"]
    width = console.width
    console.say("\n".join(in_columns(headings, cells, width=width) or in_records(headings, cells, width=width)))
    for hit in result.hits:
        if hit.note:
            console.say(wrapped(f"{hit.id}: {hit.note}", console.width, indent=4))
    _print_caveats(console, result)
    if result.total.value > len(result.hits):
        more = f"{result.total.value}{' or more' if result.total.relation == 'gte' else ''}"
        classes = ", ".join(f"{name} {count}" for name, count in result.facets.items())
        console.say(wrapped(f"{len(result.hits)} of {more} shown ({classes}); --limit shows more.", console.width))
        for line in _ways_to_narrow(result):
            console.say(wrapped(line, console.width, indent=4))


def _narrowed_to(result: FindResult) -> str:
    """Return what the search was narrowed to, to stand in a sentence: `` (kind Ngo, country gov:gha)``."""
    filters = ", ".join(f"{name} {' or '.join(values)}" for name, values in result.narrowed_to.items())
    return f" ({filters})" if filters else ""


def _print_caveats(console: Console, result: FindResult) -> None:
    for caveat in result.caveats:
        console.say(wrapped(f"{caveat.kind}: {caveat.text}", console.width, indent=4))


def _ways_to_narrow(result: FindResult) -> Iterator[str]:
    """Yield the values of each facet that would leave fewer hits, the commonest first."""
    by = result.facets_by
    for option, values in (("kind", by.kind), ("country", by.country), ("body", by.body), ("topic", by.topic)):
        fewer = [facet for facet in values if facet.count < result.total.value]
        if fewer and option not in result.narrowed_to:
            yield f"--{option} narrows it: {_counted(fewer)}"


def _counted(values: Sequence[FacetCount]) -> str:
    shown = ", ".join(f"{facet.name} {facet.count}" for facet in values[:_NARROWED_BY])
    return f"{shown}, …" if len(values) > _NARROWED_BY else shown


def _how(hit: Hit) -> str:
    how = hit.how if folded(hit.matched) == folded(hit.name) else f"{hit.how}: {hit.matched}"
    return f"{how} (unverified)" if hit.unverified else how
