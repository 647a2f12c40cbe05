"""An index of names holds what it was last brought up to, whatever happens to its file."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.names.index import WITHIN, NameIndex, Only
from iga.graph.names.ranking import ranked
from iga.graph.names.table import FORMAT, Called, IndexDamaged, read_only

OSCE = Called(
    "org:osce", "1", "InternationalOrganization", "Organization for Security and Co-operation in Europe",
    (("name", "Organization for Security and Co-operation in Europe"), ("acronym", "OSCE"), ("alias", "ОБСЕ")),
)  # fmt: skip
HEAD = Called(
    "post:head", "1", "Post", "Head", (("name", "Head"),), ("OSCE", "anti-trafficking"),
    ((WITHIN, "org:osce"), ("topic", "trafficking-in-persons")),
)  # fmt: skip
HOLDER = Called("person:ada", "1", "Person", "Ada Example", (("name", "Ada Example"),), (), ((WITHIN, "post:head"),))
GHANA = Called("gov:gha", "1", "Government", "Ghana", (("name", "Ghana"), ("code", "GHA")))
RELIEF = Called("ngo:relief", "1", "Ngo", "Relief", (("name", "Relief"),), (), (("country", "gov:gha"),))
ALL = (OSCE, HEAD, HOLDER, GHANA, RELIEF)


def filled(place: Path | None = None, *things: Called) -> NameIndex:
    index = NameIndex(place)
    index.update("v1", since=index.version, changed=things or ALL, gone=())
    return index


def ids(index: NameIndex, text: str, only: Only | None = None) -> list[str]:
    return [one.id for one in ranked(index, text, only or Only())]


def content(index: NameIndex) -> dict[str, list[tuple[object, ...]]]:
    """Return all that an index holds, but for the version it was brought up to."""
    tables = ("entity", "name", "word", "vocabulary", "link")
    return {table: sorted(index._read(f"SELECT * FROM {table}")) for table in tables}


def test_what_is_put_in_is_found_and_what_is_taken_out_is_not(tmp_path: Path) -> None:
    index = filled(tmp_path / "names.sqlite")
    assert ids(index, "osce")[0] == "org:osce"
    renamed = Called("org:osce", "2", "InternationalOrganization", "New Name", (("name", "New Name"),))
    assert index.update("v2", since="v1", changed=[renamed], gone=["gov:gha"])
    assert "org:osce" not in ids(index, "ОБСЕ")
    assert ids(index, "new name") == ["org:osce"]
    assert ids(index, "Ghana") == []
    assert index.version == "v2"
    assert index.digests() == ({"org:osce": "2", "post:head": "1", "person:ada": "1", "ngo:relief": "1"})


def test_an_index_is_there_again_when_it_is_opened_again(tmp_path: Path) -> None:
    filled(tmp_path / "names.sqlite")
    again = NameIndex(tmp_path / "names.sqlite")
    assert again.version == "v1"
    assert ids(again, "Ghana") == ["gov:gha"]


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Only(classes=frozenset({"Post"})), ["post:head"]),
        (Only(links=((WITHIN, frozenset({"org:osce"})),)), ["org:osce", "post:head", "person:ada"]),
        (Only(links=(("topic", frozenset({"trafficking-in-persons"})),)), ["post:head", "person:ada"]),
        (Only(links=(("country", frozenset({"gov:gha"})),)), ["gov:gha", "ngo:relief"]),
        (Only(frozenset({"Person"}), ((WITHIN, frozenset({"org:osce"})),)), ["person:ada"]),
        (Only(links=((WITHIN, frozenset({"org:osce"})), ("country", frozenset({"gov:gha"})))), []),
    ],
)
def test_a_look_up_is_narrowed_to_kinds_and_to_what_is_within(only: Only, found: list[str]) -> None:
    index = filled()
    with index.looking(only):
        assert [each.id for each in ALL if index.shows(each.id)] == found
    typed = ("osce", "head", "ada example", "ghana", "relief")
    assert {it for text in typed for it in ids(index, text, only)} == set(found)
    with index.looking():
        assert all(index.shows(each.id) for each in ALL)


def test_links_of_what_a_thing_is_part_of_are_its_own() -> None:
    index = filled()
    assert index.links_of(["person:ada"]) == [
        ("person:ada", "topic", "trafficking-in-persons"),
        ("person:ada", WITHIN, "org:osce"),
        ("person:ada", WITHIN, "post:head"),
    ]


def test_a_ring_of_parts_has_an_end() -> None:
    ring = [Called(f"org:{n}", "1", "Forum", f"Ring {n}", (("name", f"Ring {n}"),), (), ((WITHIN, f"org:{1 - n}"),)) for n in (0, 1)]  # fmt: skip # noqa: E501
    index = filled(None, *ring)
    assert ids(index, "ring", Only(links=((WITHIN, frozenset({"org:0"})),))) == ["org:0", "org:1"]


@pytest.mark.parametrize("written", [b"", b"SQLite format 3\x00" + b"\x00" * 200, b"nothing of the kind " * 300])
def test_a_file_that_is_no_index_is_made_anew(tmp_path: Path, written: bytes) -> None:
    place = tmp_path / "names.sqlite"
    place.write_bytes(written)
    assert ids(filled(place), "Ghana") == ["gov:gha"]
    assert NameIndex(place).version == "v1"


def test_a_half_written_file_is_noticed_and_made_anew(tmp_path: Path) -> None:
    place = tmp_path / "names.sqlite"
    many = [Called(f"ngo:{n}", "1", "Ngo", f"Relief {n}", (("name", f"Relief {n}"),)) for n in range(2_000)]
    filled(place, *many)._db.close()
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 3])
    assert NameIndex(place).version == ""
    NameIndex(place).discard()
    page = 4096
    place.write_bytes(whole[: 4 * page] + b"\xff" * (len(whole) - 8 * page) + whole[-4 * page :])
    index = NameIndex(place)
    with pytest.raises(IndexDamaged):
        content(index)
    index.discard()
    assert not place.exists()


def test_an_index_of_another_format_is_made_anew(tmp_path: Path) -> None:
    place = tmp_path / "names.sqlite"
    with sqlite3.connect(place) as db:
        db.executescript("CREATE TABLE meta(name TEXT, value TEXT); INSERT INTO meta VALUES('format', '1');"
                         "CREATE TABLE entity(old TEXT); CREATE VIRTUAL TABLE past USING fts5(text);")  # fmt: skip
    db.close()
    index = NameIndex(place)
    assert index.version == ""
    assert index._read("SELECT value FROM meta WHERE name = 'format'") == [(FORMAT,)]


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "kept"
    folder.mkdir()
    yield folder
    folder.chmod(stat.S_IRWXU)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write anywhere")
def test_a_folder_that_cannot_be_written_is_read(locked_folder: Path) -> None:
    filled(locked_folder / "names.sqlite")._db.close()
    locked_folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    index = NameIndex(locked_folder / "names.sqlite")
    assert (index.version, ids(index, "Ghana")) == ("v1", ["gov:gha"])
    assert NameIndex(locked_folder / "other.sqlite").version == ""


def test_an_index_that_is_only_read_is_never_written(tmp_path: Path) -> None:
    place = tmp_path / "names.sqlite"
    filled(place)._db.close()
    db = read_only(place)
    assert db is not None
    assert db.execute("SELECT count(*) FROM entity").fetchone() == (len(ALL),)
    with pytest.raises(sqlite3.OperationalError):
        db.execute("DELETE FROM entity")
    db.close()
    assert read_only(tmp_path / "none.sqlite") is None
    place.write_bytes(b"something else")
    assert read_only(place) is None


def test_where_no_folder_can_be_the_index_is_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert ids(filled(tmp_path / "file" / "names.sqlite"), "Ghana") == ["gov:gha"]


def test_what_was_worked_out_against_an_older_version_is_not_taken(tmp_path: Path) -> None:
    mine, other = filled(tmp_path / "names.sqlite"), NameIndex(tmp_path / "names.sqlite")
    assert other.update("v2", since="v1", changed=(), gone=["gov:gha"])
    assert not mine.update("v1b", since="v1", changed=[GHANA], gone=())
    assert (mine.version, ids(mine, "Ghana")) == ("v2", [])


def test_threads_share_an_index_while_it_changes(tmp_path: Path) -> None:
    index = filled(tmp_path / "names.sqlite")

    def look() -> None:
        for n in range(60):
            only = Only(classes=frozenset({"Government"})) if n % 2 else Only()
            assert ids(index, "Ghana", only) == ["gov:gha"]

    with ThreadPoolExecutor(4) as threads:
        looks = [threads.submit(look) for _ in range(4)]
        for n in range(20):
            index.update(f"w{n}", since=index.version, changed=[RELIEF], gone=())
    assert [done.result() for done in looks] == [None] * 4


def test_what_is_taken_out_is_not_left_in_the_file(tmp_path: Path) -> None:
    place = tmp_path / "names.sqlite"
    index = filled(place, Called("person:x", "1", "Person", "Secretive Zebedee", (("name", "Secretive Zebedee"),)))
    index.update("v2", since="v1", changed=[GHANA], gone=["person:x"])
    kept = b"".join(file.read_bytes() for file in sorted(tmp_path.glob("names.sqlite*")))
    assert b"zebedee" not in kept.lower()


_THINGS = st.lists(
    st.builds(
        lambda no, name, alias: Called(
            f"ngo:{no}",
            f"{name}{alias}",
            "Ngo",
            name,
            (("name", name), ("alias", alias)),
            (alias,),
            (("topic", alias),),
        ),
        st.integers(0, 6),
        st.sampled_from(["Relief", "Harbor House", "Дом", "加纳", "South Korea", "St. Lucia"]),
        st.sampled_from(["RH", "Relief House", "Убежище", "harbour"]),
    ),
    max_size=6,
    unique_by=lambda each: each.id,
)


@given(st.lists(_THINGS, min_size=1, max_size=4))
def test_an_index_that_was_kept_up_equals_one_made_at_once(states: list[list[Called]]) -> None:
    kept = NameIndex()
    for number, state in enumerate(states, start=1):
        since, had = kept.version, kept.digests()
        now = {each.id: each.digest for each in state}
        changed = [each for each in state if had.get(each.id) != each.digest]
        kept.update(f"v{number}", since=since, changed=changed, gone=had.keys() - now.keys())
    made = NameIndex()
    made.update("v1", since="", changed=states[-1], gone=())
    assert content(kept) == content(made)


@given(_THINGS, st.sampled_from(["relief", "Harbr", "dom", "加", "house relief"]))
def test_no_order_of_filling_shows_in_what_is_found(things: list[Called], typed: str) -> None:
    turned = list(reversed(things))
    assert ranked(filled(None, *things, GHANA), typed) == ranked(filled(None, GHANA, *turned), typed)
