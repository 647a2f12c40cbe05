"""Each bundled source: all of it is taken, fits what else is bundled, and says where it is from and what it lacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.graph.domain.catalog import EDGE, NODE, fits
from iga.graph.statements import Content
from iga.graph.text import folded
from iga.ingest.bundled import UNVERIFIED
from iga.ingest.conditions import holds
from iga.ingest.mapping import columns_read
from iga.ingest.reference_files import REFERENCE
from tests.ingest.reference.reading_bundled import Bundled, bundled, classes_of_ids

SOURCES = sorted(REFERENCE.rglob("*.yaml"))
IN_AN_ORDER_OF_THEIR_OWN = {
    "answers_fictional", "chairs", "clearance_rules", "compact_results_fictional", "contacts_fictional",
    "project_periods",
}  # fmt: skip  # words of one kind
OF_NO_PAGE = {"clearance_rules", "events", "office_contacts", "topics"}
OF_NO_DAY = {"ceacr_comments", "office_contacts", "relationship_owners", "topics"}
OF_A_PAGE_A_ROW = {
    "awards", "budget_lines", "compacts", "dol_ilab_projects", "mandates", "opportunities", "organization_codes",
    "partners", "programmes", "project_lists", "resolution_sponsors", "resolution_votes", "resolutions",
    "review_rounds", "reviews", "sessions", "stated_totals", "us_partner_bodies",
}  # fmt: skip  # words of one kind
"""Sources whose rows each rest on a page of their own."""
OF_NO_PAGE_OF_THEIR_OWN = ("engagement:series-", "engagement:unga-")
"""Series, and sessions that follow from a number."""
CHECKED = {"congress_subcommittee_seats", "ror_universities"}
"""Lists that load when asked for because they are long or of little use, not because nobody checked them."""


def faults(path: Path) -> Iterator[str]:
    """Give what is wrong with a source."""
    source = bundled(path)
    if source.cells and columns_read(source.mapping) | set(source.mapping.ignore) != set(source.cells[0]):
        yield "a column is not read, or one that is read is missing"
    skipped = holds(source.mapping.skip) if source.mapping.skip else lambda _: False
    if len(source.said) != sum(not skipped(row) for row in source.cells):
        yield "a row is skipped that no rule skips, or two have one key"
    if source.mapping.format == "csv":
        yield from _of_the_file(path, source)
    yield from _of_the_card(path, source)
    for key, content in source.said.items():
        yield from (f"{key}: {fault}" for fault in _of_a_row(path.stem, key, content))
    yield from _of_what_it_names(source)


def _of_the_file(path: Path, source: Bundled) -> Iterator[str]:
    content = path.with_name(str(source.mapping.file)).read_bytes()
    if content.startswith(b"\xef\xbb\xbf") or b"\r" in content or not content.endswith(b"\n"):
        yield "its lines do not end as they do on Unix, or a mark stands before the first"
    if any(cell != cell.strip() for row in source.cells for cell in row.values()):
        yield "a cell has a blank edge"
    keys = [tuple(row[column] for column in source.mapping.row_key.columns) for row in source.cells]
    if keys != sorted(keys) and path.stem not in IN_AN_ORDER_OF_THEIR_OWN:
        yield "its rows are not sorted"


def _of_the_card(path: Path, source: Bundled) -> Iterator[str]:
    card, kind = source.mapping.card, "sample" if path.parent.name == "sample" else "ref"
    if card.source != f"{kind}:{path.stem.removesuffix('_fictional').replace('_', '-')}":
        yield f"it is called {card.source}"
    if not all((card.title, card.publisher, card.licence, card.gaps or card.complete)):
        yield "its card lacks a title, who publishes it, the terms, or what it does not hold"
    if not all(gap.endswith(".") for gap in card.gaps):
        yield "what it does not hold is not said in sentences"
    if card.fictional != (kind == "sample"):
        yield "it is made up and does not say so, or says so and is not"
    if not (card.url or card.fictional or path.stem in OF_NO_PAGE):
        yield "its card names no page"
    if not (card.as_of or path.stem in OF_NO_DAY):
        yield "its card names no day"
    is_unchecked = path.parent.name == "on_request" and path.stem not in CHECKED
    is_said = card.rank == UNVERIFIED and "unverified" in card.title.casefold()
    if is_unchecked and not (is_said and {content.confidence for content in source.said.values()} == {"low"}):
        yield "nobody checked it, and its card or a row does not say so"
    if path.stem in CHECKED and card.rank >= UNVERIFIED:
        yield "it was checked, and its card does not say so"
    if card.fictional and (card.rank != UNVERIFIED or "ictional" not in card.title or card.marking == "public"):
        yield "its card does not say that it is made up, or anybody may see it"
    if path.stem.startswith("consents") != (card.marking == "sensitive"):
        yield "it is marked as consents are, or they are not"


def _of_a_row(name: str, key: str, content: Content) -> Iterator[str]:
    if content.url and not content.url.startswith(("http://", "https://")):
        yield "its address is none"
    is_of_none = content.confidence == "low" or key.startswith(OF_NO_PAGE_OF_THEIR_OWN)
    if name in OF_A_PAGE_A_ROW and not (content.url or is_of_none):
        yield "it names no page"
    if name.endswith("_fictional") and "ictional" not in f"{content.note}{content.statements}":
        yield "it does not say that it is made up"


def _of_what_it_names(source: Bundled) -> Iterator[str]:
    known = classes_of_ids()
    own = {node.id: node.cls for node in source.nodes()}
    for edge in source.edges():
        declared = EDGE[edge.type]
        for end, labels in ((edge.source, declared.source), (edge.target, declared.target)):
            if not any(fits(cls, labels) for cls in {*known.get(end, ()), *filter(None, [own.get(end)])}):
                yield f"{edge.type}: {end} is not bundled, or of no fitting class"
    for node in source.nodes():
        if {*known.get(node.id, ()), node.cls} != {node.cls}:
            yield f"{node.id} is of two classes"
        for field, rule in NODE[node.cls].rules().items():
            if rule.shape == "ref" and field in node.values and str(node.values[field]) not in known:
                yield f"{node.id}: {field} is not bundled"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_source_has_no_fault(path: Path) -> None:
    assert list(faults(path))[:9] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.stem))
def test_no_row_recommends_promises_or_decides_nothing(path: Path) -> None:
    says_nothing = {"", "na", "n/a", "none", "nil", "not applicable", "not available", "tbd", "-"}
    worded = (node for node in bundled(path).nodes() if "wording" in node.values)
    assert not [node.id for node in worded if folded(str(node.values["wording"])).strip(" .") in says_nothing]
