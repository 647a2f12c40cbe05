"""The index beside the graph is brought up to it by what changed, one for each view, and is made anew when damaged."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.names.index import NameIndex
from iga.graph.statements import PERSON_JUDGE, Card, EdgeStatement, NodeStatement, Statement, Verdict
from iga.graph.workspace import Workspace
from iga.queries.core.names import name_edges, name_index
from iga.queries.core.names.find import find
from iga.queries.core.names.name_edges import all_edges
from iga.queries.core.names.narrowing import Narrowing
from iga.queries.core.session import Session
from tests.acceptance.homes import Row, load_and_project, row, settled
from tests.queries.world import TODAY
from tests.reading import some

_CARD = Card("ref:bodies", "Bodies", complete=True)


def node(cls: str, written: str, name: str, **values: str) -> Statement:
    return NodeStatement(cls, written, {"name": name, **values})


def rows(*said: Statement) -> list[Row]:
    return [row(str(number), one) for number, one in enumerate(said)]


BODIES = (
    node("InternationalOrganization", "org:old", "Old Security Organization", acronym="OSO"),
    node("InternationalOrganization", "org:new", "New Security Organization", acronym="NSO"),
    node("Post", "post:head", "Special Representative"),
)
IN_OLD = EdgeStatement("POST_IN", "post:head", "org:old", {})
IN_NEW = EdgeStatement("POST_IN", "post:head", "org:new", {})


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with settled(tmp_path) as opened:
        load_and_project(opened, rows(*BODIES, IN_OLD), card=_CARD)
        yield opened


def ids(workspace: Workspace, typed: str, narrowing: Narrowing | None = None, **asked: object) -> list[str]:
    """Return what a process of its own finds, which reads the index beside the graph."""
    with workspace.reading(**asked) as reading:  # type: ignore[arg-type]
        session = Session.of(reading.store, reading.ledger, today=TODAY, names_at=reading.names_at)
        return [hit.id for hit in find(session, typed, narrowing=narrowing).hits]


def index_file(workspace: Workspace, **asked: object) -> Path:
    with workspace.reading(**asked) as reading:  # type: ignore[arg-type]
        assert reading.names_at is not None
        return reading.names_at


def contents(index: NameIndex) -> list[list[tuple[object, ...]]]:
    return [sorted(index._read(f"SELECT * FROM {table}")) for table in ("entity", "name", "word", "vocabulary", "link")]


def test_a_post_that_moves_is_found_at_its_new_body_though_nothing_of_its_own_changed(workspace: Workspace) -> None:
    assert ids(workspace, "OSO special representative") == ["post:head"]
    load_and_project(workspace, rows(*BODIES, IN_NEW), card=_CARD)
    assert ids(workspace, "NSO special representative") == ["post:head"]
    assert ids(workspace, "special representative", Narrowing(body="OSO")) == []
    assert ids(workspace, "special representative", Narrowing(body="NSO")) == ["post:head"]


def test_an_index_kept_up_through_loads_equals_one_made_at_once(workspace: Workspace) -> None:
    ids(workspace, "head")
    ghana = node("Government", "gov:gha", "Ghana", capital="Accra")
    ministry = node("PublicBody", "body:gha", "Ministry of Example", government="gov:gha")
    load_and_project(workspace, rows(*BODIES, IN_NEW, ghana, ministry), card=_CARD)
    assert ids(workspace, "ministry accra") == ["body:gha"]
    renamed = node("Government", "gov:gha", "Ghana", capital="Kumasi")
    load_and_project(
        workspace, rows(*BODIES[1:], IN_NEW, renamed, ministry), card=Card("ref:bodies", "Bodies", rank=40)
    )
    assert ids(workspace, "ministry kumasi") == ["body:gha"]
    with workspace.reading() as reading:
        fresh = Session.of(reading.store, reading.ledger, today=TODAY).names
        kept = Session.of(reading.store, reading.ledger, today=TODAY, names_at=reading.names_at).names
        assert (kept.version, contents(kept)) == (fresh.version, contents(fresh))


def _some_of_all(random: Random) -> list[Statement]:
    """Return a world with names and relationships drawn anew, in which most stays as it was."""
    bodies = [f"org:b{at}" for at in range(4)]
    ends = [f"gov:{code}" for code in ("gha", "ken")]
    said = [node("InternationalOrganization", it, f"Body {it} {random.choice('xy')}") for it in bodies]
    said += [node("Government", it, f"Land {it}", capital="Accra") for it in ends]
    said += [node("Post", f"post:p{at}", f"Head {at}") for at in range(5) if random.random() < 0.9]
    said += [node("Engagement", "engagement:e", "Forum Day"), node("Memorandum", "memorandum:a", "Compact")]
    said += [node("Person", "person:ada", random.choice(("Ada Example", "Ada Other")))]
    posts = [it.id for it in said if isinstance(it, NodeStatement) and it.cls == "Post"]
    said += [EdgeStatement("POST_IN", post, random.choice([*bodies, *ends]), {}) for post in posts]
    said += [EdgeStatement("HOLDS", "person:ada", post, {}) for post in posts[:2]]
    said += [EdgeStatement("PART_OF", bodies[0], bodies[random.choice((1, 2))], {})]
    said += [EdgeStatement("ORGANIZED", random.choice(bodies), "engagement:e", {})]
    said += [EdgeStatement("PARTY_TO", end, "memorandum:a", {}) for end in ends if random.random() < 0.5]
    return said


@pytest.mark.slow
def test_what_steps_touched_is_enough_to_keep_an_index_up(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, card = Random(11), Card("ref:some", "Some", complete=True)
    others = [node("Ngo", f"ngo:n{at}", f"Partner {at}") for at in range(300)]  # of few things all are made anew
    load_and_project(workspace, rows(*others), card=Card("ref:others", "Others"))
    load_and_project(workspace, rows(*_some_of_all(random)), card=card)
    ids(workspace, "head")
    monkeypatch.setattr(name_index, "all_edges", forbidden)
    for _ in range(12):
        for _ in range(random.choice((1, 1, 2))):
            load_and_project(workspace, rows(*_some_of_all(random)), card=card)
        with workspace.reading() as reading:
            kept = Session.of(reading.store, reading.ledger, today=TODAY, names_at=reading.names_at).names
            with monkeypatch.context() as within:
                within.setattr(name_index, "all_edges", all_edges)
                fresh = Session.of(reading.store, reading.ledger, today=TODAY).names
            assert (kept.version, kept.salt, contents(kept)) == (fresh.version, fresh.salt, contents(fresh))


def test_read_by_stretches_a_graph_is_indexed_as_when_it_is_read_at_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_and_project(workspace, rows(*_some_of_all(Random(5))), card=Card("ref:some", "Some"))
    with workspace.reading() as reading:
        at_once = contents(Session.of(reading.store, reading.ledger, today=TODAY).names)
        for module in (name_edges, name_index):
            monkeypatch.setattr(module, "AT_ONCE", 3)
        monkeypatch.setattr(type(reading.store), "reads_by_pages", True)
        assert contents(Session.of(reading.store, reading.ledger, today=TODAY).names) == at_once
    assert len(at_once[0]) > 9


def forbidden(*_: object) -> None:
    raise AssertionError("everything was read")


def test_names_of_a_merged_id_and_names_that_lost_still_find(workspace: Workspace) -> None:
    other = node("InternationalOrganization", "named:org:former", "Former Pact")
    better = node("InternationalOrganization", "org:new", "Newer Security Organization")
    load_and_project(workspace, rows(other), card=Card("list:donors", "Donors", rank=90))
    load_and_project(workspace, rows(better), card=Card("office:bodies", "Bodies of the office", rank=10))
    same = Verdict("named:org:former", "org:new", "same", by="A. Officer", because="renamed")
    load_and_project(workspace, [row("j", same)], card=Card(PERSON_JUDGE, "Judgements"))
    assert ids(workspace, "Former Pact") == ["org:new"]
    assert ids(workspace, "New Security Organization") == ["org:new"]
    assert ids(workspace, "named:org:former") == ["org:new"]


def test_a_name_above_the_ceiling_is_in_no_file_of_the_view(workspace: Workspace) -> None:
    secret = node("Ngo", "ngo:quiet", "Quiet Zebedee")
    load_and_project(workspace, rows(secret), card=Card("office:contacts", "Contacts", marking=1))
    assert ids(workspace, "zebedee") == ["ngo:quiet"]
    assert ids(workspace, "zebedee", ceiling=Marking.PUBLIC) == []
    public, whole = index_file(workspace, ceiling=Marking.PUBLIC), index_file(workspace)
    assert public != whole
    assert all(b"zebedee" not in file.read_bytes().lower() for file in some(public.parent.glob(f"{public.name}*")))


def test_a_view_of_a_past_day_has_the_names_of_that_day(workspace: Workspace) -> None:
    load_and_project(workspace, rows(node("Ngo", "ngo:late", "Latecomer Relief")), card=Card("ref:more", "More"))
    assert ids(workspace, "latecomer") == ["ngo:late"]
    assert ids(workspace, "latecomer", known_on="load:1") == []
    assert ids(workspace, "OSO", known_on="load:1")[0] == "org:old"


@pytest.mark.parametrize("kept", [0, 5_000, 8_192])
def test_a_damaged_index_is_made_anew_without_anybody_noticing(workspace: Workspace, kept: int) -> None:
    assert ids(workspace, "OSO")[0] == "org:old"
    place = index_file(workspace)
    whole = place.read_bytes()
    place.write_bytes(whole[:kept] + b"\xff" * (len(whole) // 2 - kept))
    assert ids(workspace, "OSO")[0] == "org:old"
    assert ids(workspace, "special representative") == ["post:head"]


def test_an_index_that_is_damaged_while_it_is_open_is_made_anew(workspace: Workspace) -> None:
    with workspace.reading() as reading:
        session = Session.of(reading.store, reading.ledger, today=TODAY, names_at=reading.names_at)
        assert find(session, "OSO").hits
        assert reading.names_at is not None
        session.names._db.execute("PRAGMA cache_size=0")
        size = reading.names_at.stat().st_size
        with reading.names_at.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (size - 4096))
        assert [hit.id for hit in find(session, "special representative").hits] == ["post:head"]


def test_an_index_of_the_graph_that_nobody_may_write_is_made_in_memory(workspace: Workspace, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with workspace.reading() as reading:
        session = Session.of(reading.store, reading.ledger, today=TODAY, names_at=blocked / "names.sqlite")
        assert find(session, "OSO").hits[0].id == "org:old"


def test_processes_that_fill_one_index_at_once_leave_it_whole(workspace: Workspace) -> None:
    many = rows(*(node("Ngo", f"ngo:{n}", f"Relief {n}") for n in range(300)))
    load_and_project(workspace, many, card=Card("ref:many", "Many"))
    with workspace.reading() as reading:

        def look(number: int) -> str:
            session = Session.of(reading.store, reading.ledger, today=TODAY, names_at=reading.names_at)
            return find(session, f"Relief {number}").hits[0].id

        with ThreadPoolExecutor(6) as threads:
            assert list(threads.map(look, range(6))) == [f"ngo:{number}" for number in range(6)]
        fresh = Session.of(reading.store, reading.ledger, today=TODAY).names
        assert reading.names_at is not None
        assert contents(NameIndex(reading.names_at)) == contents(fresh)
