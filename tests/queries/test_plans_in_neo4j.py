"""On Neo4j a read that is given ids starts from an index: one that scans a label for each id is quadratic."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

from iga import exports, graph, ingest, queries
from iga.graph.fold.shapes import FoldedEdge
from iga.graph.projection.project import StoreProjected
from iga.graph.query import Query
from iga.graph.stores.door import Store
from iga.ingest.previewing import _Names, _there
from iga.queries.contacts.dealings import CLOSE_ENGAGEMENTS
from iga.queries.core.sections import _hop_by
from iga.queries.core.session import Session
from iga.queries.core.ties import _arranged, _carried

PACKAGES = (graph, ingest, queries, exports)
MODULES = [
    import_module(found.name)
    for package in PACKAGES
    for found in walk_packages(package.__path__, f"{package.__name__}.")
    if found.name != "iga.graph.stores.released_engine"  # its package is not among the pinned ones
]
READS: dict[str, Query[Any, Any]] = {
    f"{read.package}/{read.name}": read
    for module in MODULES
    for read in vars(module).values()
    if isinstance(read, Query)
} | {read.name: read for read in (_hop_by(("MEMBER_OF", "UNDER"), leads_out) for leads_out in (True, False))}

PICKING = {
    "classes",
    "kind",
    "kinds",
    "tier",
    "type",
    "limit",
    "most",
    "day",
    "first",
    "last",
    "partial",
    "since",
    "until",
    "year",
    "years",
    "edition_year",
    "fiscal_year",
}  # fmt: skip - one line for what limits a list, one for what dates it
"""Parameters that pick from a class and name nothing in it: a read that has no others is of the whole class."""

SCANNING = {
    f"iga.queries.core/{CLOSE_ENGAGEMENTS.name}": "every engagement is looked at, to find those that are a touch",
    "iga.queries.core/Consent where it.person IN $ids": "no index names the person; consents are few, looked at once",
    "iga.queries.core/Entity where it.recipient IN $ids AND it:Contribution": "contributions are few, looked at once",
    "iga.queries.core/ExchangeRate where it.currency = $code OR it.base = $code": (
        "a code of a currency is in half of the rates, looked at once"
    ),
    "iga.queries.core/Person where it.name IN $names evidence": "no index on names; asked once",
    "iga.queries.linked/edges_between": "joins what two look-ups in the index give",
    "iga.queries.core.names/relationship_by_key": "the type of the one relationship is not known: no index fits",
}
"""Reads that name something and scan all the same, each once and not for each id, and why that is right."""

BATCH = 2_000
"""Ids that a load has looked up at once; the server plans by how many there are."""


@pytest.fixture(scope="module")
def store(demo_in_neo4j: Session) -> Store:
    """Give the store, with statistics: an empty graph has other plans."""
    store = demo_in_neo4j.store
    assert isinstance(store, Store)
    store.look("CALL db.prepareForReplanning(60)")
    return store


def scans(store: Store, text: str, **params: Any) -> list[str]:
    """Return the operators of a plan that look at more than an index gives, in the order of the plan."""
    operators = re.findall(r"'operatorType': '(\w+)", store.plan(text, **params))
    assert operators
    return [name for name in operators if "Scan" in name or name == "CartesianProduct"]


def scans_of(store: Store, read: Query[Any, Any], *, size: int) -> list[str]:
    """Return the scans of a read with so many of each thing that it is given a list of."""
    fields = read.params.model_fields.items()
    params = read.params.model_validate({name: _value(str(field.annotation), size) for name, field in fields})
    return scans(store, read.text_for(params), **params.model_dump(mode="json"))


def _value(annotation: str, size: int) -> Any:
    one: Any = 7 if "int" in annotation else "UNDER"  # a type of relationship, and as good an id as any
    return [one] * size if "tuple" in annotation else one


def test_every_text_that_ships_is_a_read_of_these() -> None:
    folders = [Path(package.__path__[0]) for package in PACKAGES]
    files = [file for folder in folders for file in folder.rglob("*.cypher")]
    assert sorted(name for name, read in READS.items() if not read.compiled) == sorted(
        f"{'.'.join(('iga', *file.parent.parent.relative_to(folders[0].parent).parts))}/{file.stem}" for file in files
    )


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_an_id_is_looked_up_where_it_is_unique(read: Query[Any, Any]) -> None:
    assert set(re.findall(r"\(\w*:([^(){]+) \{id: ", read.text)) <= {"Entity", "Alias"}, "filter the class afterwards"


@pytest.mark.neo4j
def test_a_read_that_names_something_starts_from_an_index(store: Store) -> None:
    naming = {name: read for name, read in READS.items() if not set(read.params.model_fields) <= PICKING}
    assert len(naming) > 100
    found = {name: operators for name, read in naming.items() if (operators := scans_of(store, read, size=1))}
    assert {name: operators for name, operators in found.items() if name not in SCANNING} == {}
    assert sorted(found) == sorted(SCANNING)


@pytest.mark.neo4j
def test_a_read_that_goes_from_id_to_id_scans_for_none_of_many(store: Store) -> None:
    # one that takes them all at once, by IN, scans once where there are thousands, and the server is right to
    one_by_one = {name: read for name, read in READS.items() if "UNWIND $ids AS given" in read.text}
    assert len(one_by_one) > 80
    found = {name: scans_of(store, read, size=BATCH) for name, read in one_by_one.items()}
    assert {name: operators for name, operators in found.items() if operators} == {}


@pytest.mark.neo4j
def test_a_look_up_by_a_second_label_is_seen(store: Store) -> None:
    good = READS["iga.ingest/parties"].text
    bad = good.replace("(party:Entity {id: given})\nWHERE party:Party", "(party:Party {id: given})")
    assert (scans(store, good, ids=["x"]), scans(store, bad, ids=["x"])) == ([], ["NodeByLabelScan"])
    assert bad != good


class Planned:
    """A store that plans what it is asked, and finds nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.scans: list[list[str]] = []

    def look(self, cypher: str, /, **params: Any) -> list[Any]:
        self.scans.append(scans(self._store, cypher, **params))
        return []


@pytest.mark.neo4j
def test_what_is_looked_up_by_id_or_key_is_in_an_index(store: Store) -> None:
    planned: Any = Planned(store)
    StoreProjected(planned).classes({"x"})
    _there(planned, [FoldedEdge("x", "UNDER", "a", "b", {}, (), (), 0)])
    _Names(planned, {}).nodes(["x"])
    _carried(_arranged("", {}, []), planned, "", [str(number) for number in range(BATCH)])
    assert planned.scans == [[]] * 6
