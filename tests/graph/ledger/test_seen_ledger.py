"""A ledger under a ceiling is that of somebody who never had what is hidden."""

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied
from iga.graph.fold.shapes import View
from iga.graph.ledger.evidence import evidence, sources
from iga.graph.ledger.judgement_log import judgement_log
from iga.graph.ledger.judgements import judge
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import Seen
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.graph.statements import Card, Content, NodeStatement, Statement, Verdict


def load(ledger: Ledger, source: str = "ref:a", *, marking: int = 0, **rows: Content | None) -> None:
    with ledger.open_load(Card(source, source, marking=marking)) as opened:
        opened.put([(key, f"{source}:{key}", content) for key, content in rows.items() if content])
        opened.withdraw([key for key, content in rows.items() if content is None])
        opened.commit({})


def ngo(name: str, id_: str = "ngo:x", *, marking: int = 0) -> NodeStatement:
    return NodeStatement("Ngo", id_, {"name": name}, marking=marking)


def said(*statements: Statement, marking: int = 0) -> Content:
    return Content(statements, marking=marking)


def seen(ledger: Ledger, ceiling: Marking = Marking.PUBLIC) -> SeenLedger:
    return SeenLedger(ledger, View(ceiling=ceiling), horizon=ledger.through())


def test_loads_of_which_nothing_is_seen_have_no_number(ledger: Ledger) -> None:
    load(ledger, "ref:quiet", marking=1, q=said(ngo("Quiet", "ngo:q")))
    load(ledger, k=said(ngo("X")))
    load(ledger, h=said(ngo("Hidden", "ngo:h"), marking=2))
    load(ledger, k=said(ngo("Y")))
    public = seen(ledger)
    assert [(header.no, header.source) for header in public.headers()] == [(1, "ref:a"), (2, "ref:a")]
    assert [[version.load for version in row] for row in public.rows_naming({"ngo:x", "ngo:q", "ngo:h"})] == [[1, 2]]
    assert (public.through(), public.load_of(2), public.number_of(3)) == (2, 4, 1)
    assert public.instant_of(2) == ledger.instant_of(4)
    assert evidence(public, [("ref:a", "k"), ("ref:a", "h")], upto=1)["ref:a", "k"].load == 1
    assert [(state.last.source, state.last.no, state.live_rows, state.loads) for state in sources(public)] == [
        ("ref:a", 2, 1, 2)
    ]


def test_a_version_that_changes_only_what_is_hidden_is_none(ledger: Ledger) -> None:
    load(ledger, k=said(ngo("X"), ngo("A", "ngo:h", marking=1)))
    load(ledger, k=said(ngo("X"), ngo("B", "ngo:h", marking=1)))
    load(ledger, k=None)
    (row,) = seen(ledger).rows_of("ref:a")
    assert [(version.load, version.content) for version in row] == [(1, said(ngo("X"))), (2, Content())]
    assert len(next(seen(ledger, Marking.INTERNAL).rows_of("ref:a"))) == 3


def test_values_above_the_ceiling_are_not_there(ledger: Ledger) -> None:
    person = NodeStatement("Person", "person:p", {"name": "Ada", "pronunciation": "AH-da"})
    load(ledger, p=said(person))
    (row,) = seen(ledger).rows_naming({"person:p"})
    assert row[0].content.statements == (NodeStatement("Person", "person:p", {"name": "Ada"}),)


def test_what_is_loaded_since_is_news_only_if_it_is_seen(ledger: Ledger) -> None:
    load(ledger, k=said(ngo("X")))
    public = seen(ledger)
    load(ledger, h=said(ngo("Hidden", "ngo:h"), marking=1))
    assert public.through() == 1
    load(ledger, k=said(ngo("Y")))
    assert public.through() == 2
    assert [len(row) for row in public.rows_of("ref:a")] == [1]


def test_judgements_are_told_where_both_parties_are_known_and_never_to_the_public(ledger: Ledger) -> None:
    load(ledger, a=said(ngo("A", "ngo:a")), b=said(ngo("B", "ngo:b")), s=said(ngo("S", "ngo:s"), marking=2))
    for other in ("ngo:b", "ngo:s"):
        judge(ledger, [Verdict("ngo:a", other, "different", by="J", because="asked")])
    assert [entry.changes[0].second for entry in judgement_log(ledger)] == ["ngo:s", "ngo:b"]
    assert [(entry.load, entry.changes[0].second) for entry in judgement_log(seen(ledger, Marking.INTERNAL))] == [
        (2, "ngo:b")
    ]
    assert judgement_log(seen(ledger)) == []
    assert len(seen(ledger).headers()) == 1
    assert len(list(seen(ledger).rows_judging(None))) == 2  # what follows from them, the fold goes on to see


def test_nothing_is_written_to_what_is_seen(ledger: Ledger) -> None:
    load(ledger, k=said(ngo("X")))
    with pytest.raises(Denied):
        seen(ledger).open_load(Card("ref:a", "A"))


def test_what_is_grouped_is_what_is_seen(ledger: Ledger) -> None:
    load(ledger, a=said(ngo("A", "ngo:a")), s=said(ngo("S", "ngo:s"), marking=2))
    assert [id_ for id_, _ in ledger.by_node()] == ["ngo:a", "ngo:s"]
    assert [id_ for id_, _ in seen(ledger).by_node()] == ["ngo:a"]


@pytest.mark.parametrize(
    "place", ["x.csv:2", "x.xlsx!Sheet 1!1048576", "x.csv:007", "x.csv:", "", "x.csv:99999999999", "7" * 40]
)
def test_a_place_comes_back_as_it_was(place: str) -> None:
    seen = Seen()
    seen.add(1_000_000, place)
    assert 1_000_000 in seen
    assert seen.place(1_000_000) == place


def test_rows_near_and_far_that_were_not_held_are_not_seen() -> None:
    seen = Seen()
    seen.add(511, "a:1")
    seen.add(512, "b:2")
    assert [number in seen for number in (510, 511, 512, 513, 1 << 40)] == [False, True, True, False, False]
    assert (seen.place(511), seen.place(512)) == ("a:1", "b:2")
