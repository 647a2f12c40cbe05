"""Whoever reads beside a load gets the state before it, the state after it, or an answer that says it may be half."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from graph.ledger.ledger import Ledger
from graph.projection.project import project, rebuild
from graph.query import P, Query, R
from graph.statements import Card
from graph.stores.door import Store
from queries.ask import ask
from queries.core.answer import Answer
from queries.core.session import Session
from tests.acceptance.homes import forums, ngo, noon

NOW = "2026-06-01T12:00:00Z"
LATEST_READ = 5


class CutOff(Exception):
    """The projection gets no further."""


@contextmanager
def beside(store: Store, read_at: int, projects: Callable[[], None]) -> Iterator[None]:
    """Let somebody project a load after the `read_at`-th read of a store."""
    reads = list[object]()
    read = store.read

    def reading(query: Query[P, R], params: P) -> list[R]:
        answer = read(query, params)
        reads.append(query)
        if len(reads) == read_at:
            projects()
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "read", reading)
        yield


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as opened:
        load(opened, [*forums(), ngo(1), ngo(21)])
        yield opened


def load(ledger: Ledger, said: list[Any]) -> None:
    with ledger.open_load(Card("ref:partners", "Partners")) as opened:
        opened.put(said)
        opened.commit({"read": len(said)})


def members(session: Session) -> Answer:
    return ask(session, "members", {"party": "Forum 1"})


def is_told(answer: Answer) -> bool:
    return "projecting" in {caveat.kind for caveat in answer.caveats}


def rows(answer: Answer) -> list[str]:
    return sorted(row.model_dump_json() for row in answer.rows)


def cut_off(_: int) -> None:
    raise CutOff


@pytest.mark.parametrize("is_cut", [False, True], ids=["whole", "cut off"])
@pytest.mark.parametrize("by", [project, rebuild], ids=["step", "rebuild"])
def test_an_answer_is_of_one_state_or_says_so(
    store: Store, ledger: Ledger, by: Callable[..., object], is_cut: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.projection.project.AT_ONCE", 4)
    monkeypatch.setattr("graph.projection.project.BATCH", 2)
    monkeypatch.setattr("graph.fold.step.REBUILD_SHARE", 1e-6)
    project(ledger, store, now=NOW)
    before = rows(members(Session.of(store, ledger, today=NOW[:10])))
    through = ledger.through()

    def projects() -> None:
        news = ledger.through()  # the same rows again would be no load
        load(ledger, [ngo(1, f"Name {news}"), *(ngo(at + news * 100) for at in range(41, 121, 20))])
        with suppress(CutOff):
            by(ledger, store, now=NOW, progress=cut_off if is_cut else lambda _: None)

    moved = 0
    for read_at in range(1, LATEST_READ):
        with beside(store, read_at, projects):
            answer = members(Session.of(store, ledger, today=NOW[:10]))
        moved += ledger.through() > through
        through = ledger.through()
        assert is_told(answer) or rows(answer) == before
        if is_cut:
            assert is_told(members(Session.of(store, ledger, today=NOW[:10]))) or store.fills_beside
        project(ledger, store, now=NOW)
        after = members(Session.of(store, ledger, today=NOW[:10]))
        assert not is_told(after)
        before = rows(after)
    assert moved > 1
