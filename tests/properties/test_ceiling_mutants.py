"""Each rule on what a ceiling hides, written wrong: a check of that rule must then fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from iga.graph import reader, views, workspace
from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied
from iga.graph.fold import live
from iga.graph.fold.live import Lens, edge_said, known_ids, live_statements, node_said
from iga.graph.fold.shapes import View
from iga.graph.ledger import seen_ledger
from iga.graph.ledger.judgements import judge
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.graph.reader import Reader
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement, Verdict
from iga.graph.workspace import Workspace
from tests.acceptance.homes import load_and_project, ngo, settled
from tests.properties.source_mutants import MutantTable, rules_tried

LATER = "2026-06-30T14:00:00Z"
NOW = "2026-06-01T12:00:00Z"


class _Clock:
    """Each load is a second later than the one before."""

    def __init__(self) -> None:
        self.second = 0

    def __call__(self) -> datetime:
        self.second += 1
        return datetime(2026, 6, 1, 12, self.second // 60, self.second % 60, tzinfo=UTC)


@contextmanager
def _ledger(folder: Path) -> Iterator[Ledger]:
    with Ledger.open(folder / "ledger.sqlite", clock=_Clock()) as ledger:
        yield ledger


def _load(ledger: Ledger, card: Card | None = None, **rows: Content | None) -> None:
    with ledger.open_load(card or Card("ref:a", "A"), files=[("a.csv", "digest")]) as opened:
        opened.put([(key, f"a.csv:{key}", content) for key, content in rows.items() if content])
        opened.withdraw([key for key, content in rows.items() if content is None])
        opened.commit({})


def _ngo(name: str, id_: str = "ngo:x", *, marking: int = 0) -> NodeStatement:
    return NodeStatement("Ngo", id_, {"name": name}, marking=marking)


def _said(*statements: Statement, marking: int = 0, public_from: str = "") -> Content:
    return Content(statements, marking=marking, public_from=public_from)


def _seen(ledger: Ledger, ceiling: Marking = Marking.PUBLIC, *, horizon: int | None = None) -> SeenLedger:
    return SeenLedger(ledger, View(ceiling, None, NOW), horizon=ledger.through() if horizon is None else horizon)


def _names(ledger: Ledger, ceiling: Marking = Marking.PUBLIC) -> list[str]:
    lens = Lens(ledger.headers(), View(ceiling, None, NOW))
    seen = (said for row in ledger.rows_after(0) for _, said, _ in live_statements(row, lens))
    return sorted(str(said.values["name"]) for said in seen if isinstance(said, NodeStatement))


def _is_refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except Denied:
        return True
    return False


def what_lies_above_is_hidden(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A"), _ngo("B", "ngo:b", marking=1)), c=_said(_ngo("C", "ngo:c"), marking=1))
        _load(ledger, Card("ref:quiet", "Quiet", marking=1), d=_said(_ngo("D", "ngo:d")))
        assert _names(ledger) == ["A"]
        assert _names(ledger, Marking.INTERNAL) == ["A", "B", "C", "D"]


def a_class_has_a_marking_of_its_own(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(NodeStatement("Consent", "consent:x", {"name": "Consent"})))
        assert _names(ledger, Marking.INTERNAL) == []


def what_is_raised_later_is_raised_for_the_past(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A")), b=_said(_ngo("B", "ngo:b")))
        _load(ledger, a=_said(_ngo("A"), marking=1), b=_said(_ngo("B", "ngo:b", marking=1)))
        _load(ledger, a=None, b=None)
        lens = Lens(ledger.headers(), View(Marking.PUBLIC, 1, NOW))
        assert [said for row in ledger.rows_after(0) for said in live_statements(row, lens)] == []
        assert known_ids(ledger.rows_after(0), lens, {"ngo:x", "ngo:b"}) == set()


def a_raise_after_the_horizon_is_not_there_yet(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A")))
        _load(ledger, a=_said(_ngo("A"), marking=1))
        assert len(list(_seen(ledger, horizon=1).rows_of("ref:a"))) == 1


def a_source_that_is_raised_is_raised_for_the_past(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A")))
        _load(ledger, Card("ref:a", "A", marking=1))
        lens = Lens(ledger.headers(), View(Marking.PUBLIC, 1, NOW))
        assert [said for row in ledger.rows_after(0) for said in live_statements(row, lens)] == []


def an_embargo_is_internal_until_its_instant(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, Card("ref:e", "E", public_from=LATER), a=_said(_ngo("Load")))
        _load(ledger, b=_said(_ngo("Row", "ngo:b"), public_from=LATER))
        _load(ledger, Card("ref:p", "P", public_from="2026-05-01T14:00:00Z"), c=_said(_ngo("Past", "ngo:c")))
        assert _names(ledger) == ["Past"]
        assert _names(ledger, Marking.INTERNAL) == ["Load", "Past", "Row"]


def a_card_under_embargo_lends_nothing(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, Card("ref:a", "A", rank=20), a=_said(_ngo("A")))
        _load(ledger, Card("ref:a", "A", rank=70, public_from=LATER), b=_said(_ngo("B", "ngo:b")))
        assert Lens(ledger.headers(), View(Marking.PUBLIC, None, NOW)).standings["ref:a"].rank == 20


def values_above_are_not_there(folder: Path) -> None:
    person = NodeStatement("Person", "person:p", {"name": "Ada", "pronunciation": "AH-da"})
    with _ledger(folder) as ledger:
        _load(ledger, p=_said(person, EdgeStatement("PART_OF", "ngo:x", "ngo:y")))
        lens = Lens(ledger.headers(), View(Marking.PUBLIC, None, NOW))
        (row,) = ledger.rows_of("ref:a")
        assert [dict(said.values) for _, said in node_said(row, lens, {"person:p"})] == [{"name": "Ada"}]
        assert list(edge_said(row, lens, {("PART_OF", "ngo:x", "ngo:z")})) == []
        (seen,) = _seen(ledger).rows_naming({"person:p"})
        assert dict(seen[0].content.statements[0].values) == {"name": "Ada"}  # type: ignore[union-attr]


def loads_are_numbered_as_if_there_were_no_others(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, Card("ref:quiet", "Quiet", marking=1), q=_said(_ngo("Q", "ngo:q")))
        _load(ledger, a=_said(_ngo("A")))
        _load(ledger, h=_said(_ngo("H", "ngo:h"), marking=2))
        _load(ledger, a=_said(_ngo("B")))
        public = _seen(ledger)
        assert [(header.no, header.source, header.files) for header in public.headers()] == [
            (1, "ref:a", ()),
            (2, "ref:a", ()),
        ]
        assert [[version.load for version in row] for row in public.rows_of("ref:a")] == [[1, 2]]
        assert (public.through(), public.load_of(2), public.load_of(9), public.number_of(3)) == (2, 4, 4, 1)
        assert (public.instant_of(1), public.instant_of(3)) == (ledger.instant_of(2), "")
        assert [len(list(public.rows_after(number))) for number in (0, 1, 2)] == [1, 1, 0]
        assert [len(list(public.rows_between(*span))) for span in ((0, 1), (0, 2), (1, 2))] == [1, 1, 1]
        assert [public.row_count_between(*span) for span in ((0, 1), (0, 2), (2, 2))] == [1, 2, 0]
        assert list(public.rows_naming({"ngo:q", "ngo:h"})) == []


def a_version_that_changes_nothing_that_is_seen_is_none(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A"), _ngo("B", "ngo:b", marking=1)))
        _load(ledger, a=_said(_ngo("A"), _ngo("C", "ngo:b", marking=1)))
        public = _seen(ledger)
        assert [len(row) for row in public.rows_of("ref:a")] == [1]
        assert public.through() == 1


def news_is_what_is_seen(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A")))
        public = _seen(ledger)
        _load(ledger, h=_said(_ngo("H", "ngo:h"), marking=1))
        judge(ledger, [Verdict("ngo:x", "ngo:h", "different", by="J")])
        assert public.through() == 1
        _load(ledger, a=_said(_ngo("B")))
        assert public.through() == 2
        assert [len(row) for row in public.rows_of("ref:a")] == [1]


def judgements_are_told_where_both_are_known_and_never_to_the_public(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A")), b=_said(_ngo("B", "ngo:b")), s=_said(_ngo("S", "ngo:s"), marking=2))
        for other in ("ngo:b", "ngo:s"):
            judge(ledger, [Verdict("ngo:x", other, "different", by="J")])
        public, internal = _seen(ledger), _seen(ledger, Marking.INTERNAL)
        assert (list(public.judged_rows(None)), len(public.headers())) == ([], 1)
        assert list(public.rows_of("judgements:person")) == []
        assert [row[0].load for row in internal.rows_of("judgements:person")] == [2]
        assert len(internal.headers()) == 2


def nothing_is_written_to_what_is_seen(folder: Path) -> None:
    with _ledger(folder) as ledger:
        _load(ledger, a=_said(_ngo("A")))
        assert _is_refused(lambda: _seen(ledger).open_load(Card("ref:a", "A")))


def the_lower_of_two_ceilings_counts(folder: Path) -> None:
    assert Reader("J", ceiling=Marking.INTERNAL).below(Marking.SENSITIVE).ceiling == Marking.INTERNAL
    assert Reader("J", ceiling=Marking.INTERNAL).below(Marking.PUBLIC).ceiling == Marking.PUBLIC
    assert [Reader("J", ceiling=ceiling).sees_all for ceiling in Marking] == [False, False, True]
    with settled(folder, ceiling="internal") as opened:
        ceilings = [opened.under(Reader("K", ceiling=ceiling)).reader.ceiling for ceiling in Marking]
        assert ceilings == [Marking.PUBLIC, Marking.INTERNAL, Marking.INTERNAL]
        assert (opened.reader.who, opened.under(Reader("K")).reader.who) == (opened.settings.who, "K")


def who_does_not_see_all_neither_copies_nor_writes(folder: Path) -> None:
    def write(opened: Workspace, *, is_own: bool = False) -> None:
        with opened.changing("iga load", is_own=is_own):
            pass

    with settled(folder) as opened:
        assert not _is_refused(lambda: write(opened))
        assert not _is_refused(opened.everything)
        internal = opened.under(Reader("K", ceiling=Marking.INTERNAL))
        assert _is_refused(lambda: write(internal))
        assert _is_refused(internal.everything)
        assert not _is_refused(lambda: write(internal, is_own=True))


def each_ceiling_has_a_graph_and_a_ledger_of_its_own(folder: Path) -> None:
    with settled(folder) as opened:
        load_and_project(opened, [ngo(1), ngo(2, marking=1), ngo(3, marking=2)])
        for ceiling, count in zip(Marking, (1, 2, 3), strict=True):
            with opened.under(Reader("K", ceiling=ceiling)).reading() as snapshot:
                assert len(snapshot.store.look("MATCH (n:Ngo) RETURN n.id AS id")) == count
                assert len(list(snapshot.ledger.rows_of("ref:partners"))) == count
                assert snapshot.is_whole
        with opened.under(Reader("K", ceiling=Marking.PUBLIC)).reading(ceiling=Marking.SENSITIVE) as snapshot:
            assert snapshot.reader.ceiling is Marking.PUBLIC


def the_state_tells_of_no_load_that_is_hidden(folder: Path) -> None:
    with settled(folder) as opened:
        load_and_project(opened, [ngo(1)])
        load_and_project(opened, [ngo(2, marking=1)], card=Card("ref:quiet", "Quiet"))
        public = opened.under(Reader("K", ceiling=Marking.PUBLIC))
        with public.reading():
            pass
        state = public.state()
        assert (state.ledger_through, state.through, state.source_count, state.is_current) == (1, 1, 1, True)


LIVE: MutantTable = {
    what_lies_above_is_hidden: [
        ("if marking <= lens.ceiling:", "if True:"),
        ("self.ceiling = int(view.ceiling)", "self.ceiling = int(view.ceiling) + 1"),
        ("max(standing.marking, self._row_marking(version))", "self._row_marking(version)"),
        ("max(standing.marking, self._row_marking(version))", "standing.marking"),
        ("        return content.marking\n", "        return 0\n"),
    ],
    a_class_has_a_marking_of_its_own: [("LEAST.get(word_of(statement), 0)", "0")],
    what_is_raised_later_is_raised_for_the_past: [
        ("lens.raised_to(row, version, statement)\n", "0\n"),
        ("max(self._row_marking(o), _matching", "min(9, _matching"),
        (", _matching_marking(o, statement))", ", 0)"),
    ],
    a_raise_after_the_horizon_is_not_there_yet: [("< other.load <= self.horizon)", "< other.load)")],
    a_source_that_is_raised_is_raised_for_the_past: [("card.rank, newest.marking,", "card.rank, card.marking,")],
    an_embargo_is_internal_until_its_instant: [
        ("max(content.marking, Marking.INTERNAL)", "content.marking"),
        ("self._now < sortable(public_from)", "self._now > sortable(public_from)"),
        ("version.load in self._embargoed_loads or", ""),
        ("or self.embargoes(content.public_from):", ":"),
    ],
    a_card_under_embargo_lends_nothing: [("if self.ceiling < Marking.INTERNAL:", "if False:")],
    values_above_are_not_there: [
        ("visible(statement.values, lens.ceiling)", "visible(statement.values, 9)"),
        ("if triple in triples:", "if True:"),
    ],
}
SEEN: MutantTable = {
    values_above_are_not_there: [("_clipped(statement, lens.ceiling)", "statement")],
    loads_are_numbered_as_if_there_were_no_others: [
        ("no=numbers[header.no], files=()", "files=()"),
        ("no=numbers[header.no], files=()", "no=numbers[header.no]"),
        ("load=self.number_of(known.load)", "load=known.load"),
        ("min(number, len(self._numbered)) - 1", "0"),
        ("return bisect(self._numbered, load)", "return load"),
        ("self._headers[load_no - 1].at", "self._headers[load_no - 2].at"),
        ("super().rows_after(self.load_of(load))", "super().rows_after(load)"),
        ("self.load_of(load), self.load_of(last))", "load, last)"),
        ("sum(load < known.load <= last for", "sum(True for"),
        ("self._seen(super()._rows(query))", "super()._rows(query)"),
        ("self._seen(super()._rows_with(keys))", "super()._rows_with(keys)"),
        ("return len(self._numbered) +", "return self._whole.through() +"),
    ],
    a_version_that_changes_nothing_that_is_seen_is_none: [
        ("if content != (", "if content is not ("),
        ("known.load == header.no\n", "True\n"),
    ],
    news_is_what_is_seen: [
        ("+ int(is_behind)", "+ int(self._whole.through() > self._horizon)"),
        ("+ int(is_behind)", ""),
        ("if known.load > lens.horizon:", "if False:"),
    ],
    judgements_are_told_where_both_are_known_and_never_to_the_public: [
        ("if self.ceiling < Marking.INTERNAL:", "if False:"),
        ("if judged <= known)", "if judged)"),
        ("if source not in JUDGES:", "if source:"),
        ("header.no in judged if", "True if"),
    ],
    nothing_is_written_to_what_is_seen: [('raise Denied("what is seen', 'str("what is seen')],
}
READER: MutantTable = {
    the_lower_of_two_ceilings_counts: [
        ("min(self.ceiling, ceiling)", "max(self.ceiling, ceiling)"),
        ("ceiling=min(self.ceiling, ceiling)", "ceiling=ceiling"),
        ("self.ceiling is Marking.SENSITIVE", "self.ceiling > Marking.PUBLIC"),
    ],
    who_does_not_see_all_neither_copies_nor_writes: [
        ("if not self.sees_all:", "if False:"),
        ("if not self.sees_all:", "if True:"),
    ],
}
WORKSPACE: MutantTable = {
    the_lower_of_two_ceilings_counts: [
        ("reader.below(self.reader.ceiling)", "reader"),
        ("theirs = copy(self)", "theirs = self"),
    ],
    who_does_not_see_all_neither_copies_nor_writes: [
        ('self.reader.refuse_unless_all_is_seen("what copies the ledger")', "pass"),
        ("if not is_own:", "if is_own:"),
    ],
    each_ceiling_has_a_graph_and_a_ledger_of_its_own: [
        ("else self.reader.below(ceiling)", "else Reader('', '', ceiling)"),
        (
            "        if view.ceiling is Marking.SENSITIVE:\n            return ledger",
            "        if view.ceiling > Marking.PUBLIC:\n            return ledger",
        ),
        ("place = view, horizon", "place = View(now=view.now), 0"),
        ("view = View(ceiling=reader.ceiling)", "view = View()"),
    ],
    the_state_tells_of_no_load_that_is_hidden: [
        ("ledger_through=seen.through()", "ledger_through=ledger.through()"),
        ("for header in seen.headers()", "for header in ledger.headers()"),
        ("as_seen(held, seen).through if held", "held.through if held"),
    ],
}
VIEWS: MutantTable = {
    each_ceiling_has_a_graph_and_a_ledger_of_its_own: [
        ("view.upto is None and view.ceiling is Marking.SENSITIVE", "view.upto is None"),
        ('f"{view.ceiling.word}-{', 'f"{'),
    ]
}
MUTANTS = {live: LIVE, seen_ledger: SEEN, reader: READER, workspace: WORKSPACE, views: VIEWS}

test_the_rule_holds, test_a_rule_written_wrong_is_caught = rules_tried(MUTANTS)
