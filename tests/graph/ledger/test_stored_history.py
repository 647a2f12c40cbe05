"""What the fold is given, against a plain reading of everything that was ever loaded."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iga.graph.domain.marking import Marking
from iga.graph.fold.full import full
from iga.graph.fold.history import RowHistory
from iga.graph.fold.shapes import Change, View
from iga.graph.ledger import mentions
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.stored_history import LARGE_BYTES, large_rows
from iga.graph.statements import (
    PERSON_JUDGE,
    RULE_JUDGE,
    Card,
    Content,
    EdgeStatement,
    NodeStatement,
    RowVersion,
    Statement,
    Verdict,
)
from tests.graph.ledger.conftest import Sayings

Said: TypeAlias = tuple[str, dict[str, Content], bool]
"""One load: its source, what it says by row key, and whether it is complete."""

IDS = ["gov:a", "gov:b", "ngo:c", "ngo:d"]
ids = st.sampled_from(IDS)
nodes = st.builds(NodeStatement, st.just("Project"), ids) | st.builds(
    NodeStatement, st.just("Programme"), ids, ids.map(lambda id_: {"funder": id_})
)
edges = st.builds(EdgeStatement, st.sampled_from(["PART_OF", "UNDER"]), ids, ids) | st.builds(
    EdgeStatement, st.just("PARTICIPATED"), ids, ids, ids.map(lambda id_: {"on_behalf_of": id_})
)
contents = st.builds(
    Content, st.lists(nodes | edges, max_size=3).map(tuple), public_from=st.sampled_from(["", "2026-06-30T14:00:00Z"])
)
verdicts = (
    st.tuples(ids, ids).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Content((Verdict(*pair, "same"),)))
)


def loads_of(sources: list[str], said: SearchStrategy[Content]) -> SearchStrategy[Said]:
    return st.tuples(st.sampled_from(sources), st.dictionaries(st.sampled_from("xyz"), said, max_size=3), st.booleans())


histories = st.lists(
    loads_of(["ref:a", "ref:b"], contents) | loads_of([PERSON_JUDGE, RULE_JUDGE], verdicts), max_size=8
)


def expected(history: list[Said]) -> tuple[list[RowHistory], int]:
    """Return all rows as the rules say, and the loads that left a trace."""
    rows: dict[tuple[str, str], RowHistory] = {}
    cards: dict[str, bool] = {}
    no = 0
    for source, said, complete in history:
        fresh = {
            key: content
            for key, content in said.items()
            if (source, key) not in rows or rows[source, key][-1].content != content
        }
        if complete:
            gone = [
                key
                for (of, key), versions in rows.items()
                if of == source and key not in said and versions[-1].content != Content()
            ]
            fresh |= dict.fromkeys(gone, Content())
        if not fresh and cards.get(source) == complete:
            continue
        no += 1
        cards[source] = complete
        for key, content in fresh.items():
            locator = f"{source}:{no}:{key}" if key in said else ""
            rows[source, key] = (*rows.get((source, key), ()), RowVersion(source, key, no, locator, content))
    return list(rows.values()), no


def statements(history: RowHistory) -> list[Statement]:
    return [statement for version in history for statement in version.content.statements]


def named(history: RowHistory) -> set[str]:
    return {s.id for s in statements(history) if isinstance(s, NodeStatement)}


def joined(history: RowHistory) -> set[tuple[str, str, str]]:
    return {(s.type, s.source, s.target) for s in statements(history) if isinstance(s, EdgeStatement)}


def touched(history: RowHistory) -> set[str]:
    ends = {end for _, *pair in joined(history) for end in pair}
    said = [s for s in statements(history) if not isinstance(s, Verdict)]
    return ends | {str(s.values[field]) for s in said for field in ("funder", "on_behalf_of") if field in s.values}


def judged(history: RowHistory) -> set[str]:
    return {end for s in statements(history) if isinstance(s, Verdict) for end in (s.first, s.second)}


def load_all(ledger: Ledger, history: list[Said]) -> None:
    for source, said, complete in history:
        with ledger.open_load(Card(source, source, complete=complete)) as load:
            no = load.header.no
            load.put([(key, f"{source}:{no}:{key}", content) for key, content in said.items()])
            load.withdraw_unseen()
            load.commit({})


def plain(rows: Iterable[RowHistory]) -> list[bytes]:
    """Return rows as text that can be a member of a set."""
    return [msgspec.json.encode(row, order="sorted") for row in rows]


def once(rows: Iterable[RowHistory]) -> set[bytes]:
    found = plain(rows)
    assert len(found) == len(set(found)), "a row came twice"
    return set(found)


def by_subject(
    rows: list[RowHistory], subjects: Callable[[RowHistory], Iterable[Hashable]]
) -> dict[Hashable, set[bytes]]:
    found: defaultdict[Hashable, set[bytes]] = defaultdict(set)
    for row in rows:
        for subject in subjects(row):
            found[subject] |= once([row])
    return found


def check(ledger: Ledger, rows: list[RowHistory], through: int) -> None:
    assert ledger.through() == through
    assert [header.no for header in ledger.headers()] == list(range(1, through + 1))
    for load in range(through + 1):
        assert once(ledger.rows_after(load)) == once(row for row in rows if row[-1].load > load)
    for source in ("ref:a", "ref:b", PERSON_JUDGE):
        assert once(ledger.rows_of(source)) == once(row for row in rows if row[0].source == source)
    assert once(ledger.rows_embargoed()) == once(
        row for row in rows if any(version.content.public_from for version in row)
    )
    assert once(ledger.rows_judging(None)) == once(row for row in rows if row[0].source in (PERSON_JUDGE, RULE_JUDGE))
    for wanted in ([], IDS[:1], IDS[1:3], IDS):
        assert once(ledger.rows_naming(wanted)) == once(row for row in rows if named(row) & set(wanted))
        assert once(ledger.rows_touching(wanted)) == once(row for row in rows if touched(row) & set(wanted))
        assert once(ledger.rows_judging(wanted)) == once(row for row in rows if judged(row) & set(wanted))
    pairs = sorted({pair for row in rows for pair in joined(row)})[:2]
    assert once(ledger.rows_joining(pairs)) == once(row for row in rows if joined(row) & set(pairs))
    by_node, by_pair = list(ledger.by_node()), list(ledger.by_pair())
    assert {id_: once(found) for id_, found in by_node} == by_subject(rows, named)
    assert {pair: once(found) for pair, found in by_pair} == by_subject(rows, joined)
    assert len(by_node) + len(by_pair) == len(by_subject(rows, named)) + len(by_subject(rows, joined))
    assert ledger.subject_count() == len(by_node) + len(by_pair)


def opened(folder: str) -> Ledger:
    return Ledger.open(Path(folder) / "l.db", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.slow
@given(histories)
def test_every_look_up_answers_as_a_plain_reading_would(history: list[Said]) -> None:
    with TemporaryDirectory() as folder, opened(folder) as ledger:
        load_all(ledger, history)
        check(ledger, *expected(history))


@pytest.mark.slow
@given(histories)
def test_an_open_load_is_seen_by_its_own_thread(history: list[Said]) -> None:
    with TemporaryDirectory() as folder, opened(folder) as ledger:
        load_all(ledger, history[:-1])
        if not history:
            return
        source, said, complete = history[-1]
        with ledger.open_load(Card(source, source, complete=complete)) as load:
            no = load.header.no
            load.put([(key, f"{source}:{no}:{key}", content) for key, content in said.items()])
            load.withdraw_unseen()
            rows, through = expected(history)
            if through == no:
                check(ledger, rows, through)
        check(ledger, *expected(history[:-1]))


def test_ids_that_share_a_key_are_told_apart(say: Sayings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mentions, "_hashed", lambda _: 7)
    said = {"k": say.node("ngo:x"), "l": say.node("ngo:y"), "m": say.edge("ngo:x", "engagement:e"),
            "n": say.edge("ngo:y", "engagement:e")}  # fmt: skip
    say.load(said)
    assert {id_: [h[0].row_key for h in rows] for id_, rows in ledger.by_node()} == {"ngo:x": ["k"], "ngo:y": ["l"]}
    assert [(pair[1], [h[0].row_key for h in rows]) for pair, rows in ledger.by_pair()] == [
        ("ngo:x", ["m"]),
        ("ngo:y", ["n"]),
    ]
    assert {h[0].row_key for h in ledger.rows_naming(["ngo:x"])} >= {"k"}


@pytest.mark.parametrize("kind", range(8))
def test_keys_lie_in_the_range_of_their_kind(kind: int) -> None:
    low, high = mentions.key_range(kind)
    assert -(2**63) <= low < high < 2**63
    assert all(low <= mentions.key(kind, f"ngo:n{number}") <= high for number in range(200))


def test_a_thousand_ids_are_looked_up_at_once(say: Sayings, ledger: Ledger) -> None:
    said = {f"k{number}": say.node(f"ngo:n{number}") for number in range(5000)}
    say.load(said)
    assert len(list(ledger.rows_naming([f"ngo:n{number}" for number in range(4500)]))) == 4500


def test_many_subjects_are_counted_about_right(ledger: Ledger) -> None:
    rows = [
        (str(n), "a", Content((NodeStatement("Ngo", f"ngo:n{n}"), EdgeStatement("PART_OF", f"ngo:n{n}", "ngo:n0"))))
        for n in range(40_000)
    ]
    with ledger.open_load(Card("ref:a", "A")) as load:
        for start in range(0, len(rows), 2_000):
            load.put(rows[start : start + 2_000])
        load.commit({})
    assert 72_000 < ledger.subject_count() < 88_000


marks = st.sampled_from([0, 0, 1, 2])
marked = st.builds(
    Content,
    st.lists(
        st.builds(NodeStatement, st.just("Project"), ids, ids.map(lambda id_: {"name": id_}), marking=marks)
        | st.builds(EdgeStatement, st.just("UNDER"), ids, ids, marking=marks),
        max_size=4,
    ).map(tuple),
    marking=marks,
)
marked_histories = st.lists(
    loads_of(["ref:a", "ref:b"], contents | marked) | loads_of([PERSON_JUDGE], verdicts), max_size=8
)


@pytest.mark.slow
@given(marked_histories)
def test_large_rows_make_the_same_graph_as_when_they_are_read_whole(history: list[Said]) -> None:
    with TemporaryDirectory() as folder, opened(folder) as ledger:
        load_all(ledger, history)
        whole = [once_said(full(ledger, view=View(ceiling=ceiling))) for ceiling in Marking]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(LARGE_BYTES, "value", 0)
            with ledger.reading() as connection:
                large = large_rows(connection)
            parted = [once_said(full(ledger, view=View(ceiling=ceiling))) for ceiling in Marking]
        assert bool(large) == any(said for _, said, _ in history)
        assert parted == whole


def once_said(changes: Iterable[Change]) -> set[str]:
    """Return the changes of a rebuild as text, each of which comes once."""
    said = [repr(change) for change in changes]
    assert len(said) == len(set(said))
    return set(said)
