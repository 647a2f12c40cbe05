"""Whoever reads beside a load gets the state before it, the state after it, or an answer that says it may be half."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest

from iga.graph.errors import NotFound
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.project import project, rebuild
from iga.graph.query import P, Query, R
from iga.graph.statements import Card
from iga.graph.stores.door import Filling, Store
from iga.queries.ask import ask
from iga.queries.core.answer import Answer, Shape
from iga.queries.core.names.find import find
from iga.queries.core.session import Session
from iga.queries.whole.entity import entity
from iga.queries.whole.why import why
from tests.acceptance.homes import forums, ngo, noon

NOW = "2026-06-01T12:00:00Z"
LATEST_READ = 4


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


def members(session: Session) -> Answer | NotFound:
    try:
        return ask(session, "members", {"party": "Forum 1"})
    except NotFound as error:
        return error


def is_told(answer: Answer | NotFound) -> bool:
    if isinstance(answer, NotFound):
        return "a load is being projected" in answer.message
    return "projecting" in {caveat.kind for caveat in answer.caveats}


def rows(answer: Answer | NotFound) -> list[str]:
    assert isinstance(answer, Answer)
    return sorted(row.model_dump_json() for row in answer.rows)


def cut_off(_: int) -> None:
    raise CutOff


@contextmanager
def cut_off_when_empty(store: Store) -> Iterator[None]:
    """Let the store's filling go no further than its emptying."""
    filling = store.filling

    @contextmanager
    def emptied() -> Iterator[Filling]:
        with filling():
            raise CutOff
        yield  # a filling that gets this far is none

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "filling", emptied)
        yield


@pytest.mark.parametrize("cut", ["", "half", "empty"], ids=["whole", "cut off", "emptied"])
@pytest.mark.parametrize("by", [project, rebuild], ids=["step", "rebuild"])
def test_an_answer_is_of_one_state_or_says_so(
    store: Store, ledger: Ledger, by: Callable[..., object], cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.graph.projection.project.AT_ONCE", 4)
    monkeypatch.setattr("iga.graph.projection.project.BATCH", 2)
    monkeypatch.setattr("iga.graph.fold.step.REBUILD_SHARE", 1e-6)
    project(ledger, store, now=NOW)
    before = rows(members(Session.of(store, ledger, today=NOW[:10])))
    through = ledger.through()

    def projects() -> None:
        news = ledger.through()  # the same rows again would be no load
        load(ledger, [ngo(1, f"Name {news}"), *(ngo(at + news * 100) for at in range(41, 121, 20))])
        with suppress(CutOff), cut_off_when_empty(store) if cut == "empty" else nullcontext():
            by(ledger, store, now=NOW, progress=cut_off if cut == "half" else lambda _: None)

    moved = 0
    for read_at in range(1, LATEST_READ):
        with beside(store, read_at, projects):
            answer = members(Session.of(store, ledger, today=NOW[:10]))
        moved += ledger.through() > through
        through = ledger.through()
        assert is_told(answer) or rows(answer) == before
        if cut == "half" or (cut and by is rebuild):
            assert is_told(members(Session.of(store, ledger, today=NOW[:10]))) or store.fills_beside
        project(ledger, store, now=NOW)
        after = members(Session.of(store, ledger, today=NOW[:10]))
        assert not is_told(after)
        before = rows(after)
    assert moved > 1


LOOKS: dict[str, Callable[[Session], Shape]] = {
    "show": lambda session: entity(session, "ngo:n1"),
    "why": lambda session: why(session, "ngo:n1"),
    "find": lambda session: find(session, "Partner"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_looked_up_is_of_one_state_or_says_so(store: Store, ledger: Ledger, look: str) -> None:
    project(ledger, store, now=NOW)

    def shown() -> dict[str, Any]:
        return LOOKS[look](Session.of(store, ledger, today=NOW[:10])).model_dump(mode="json")

    def projects() -> None:
        load(ledger, [ngo(1, f"Partner of load {ledger.through()}")])
        project(ledger, store, now=NOW)

    told = 0
    for read_at in range(1, LATEST_READ):
        before = shown()
        with beside(store, read_at, projects):
            answer = shown()
        is_told = answer.get("projecting") or "projecting" in {it["kind"] for it in answer.get("caveats", ())}
        assert is_told or answer in (before, shown())
        told += is_told
    assert told
