from datetime import UTC, datetime
from pathlib import Path

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import SettingsError
from iga.graph.settings import HOME, Home, read_settings


def test_what_is_asked_for_wins_over_the_environment_and_that_over_the_defaults(tmp_path: Path) -> None:
    environ = {"IGA_HOME": str(tmp_path), "IGA_STORE": "embedded:env/graph", "IGA_LEDGER": "env.sqlite"}
    asked = read_settings(environ, store="embedded:asked/graph", ledger="asked.sqlite")
    assert (asked.embedded_path, asked.ledger) == (Path("asked/graph"), "asked.sqlite")
    told = read_settings(environ)
    assert (told.embedded_path, told.ledger) == (Path("env/graph"), "env.sqlite")
    default = read_settings({"IGA_HOME": str(tmp_path)})
    assert (default.embedded_path, default.ledger) == (tmp_path / "graph", str(tmp_path / "ledger.sqlite"))


def test_blank_variables_count_as_left_out(tmp_path: Path) -> None:
    blank = dict.fromkeys(("IGA_STORE", "IGA_LEDGER", "IGA_WHO", "IGA_CEILING", "IGA_NOW", "IGA_NEO4J_PASSWORD"), "")
    settings = read_settings({"IGA_HOME": str(tmp_path), **blank})
    assert settings == read_settings({"IGA_HOME": str(tmp_path)})


def test_the_ledger_stands_beside_an_embedded_store(tmp_path: Path) -> None:
    store = tmp_path / "demo" / "graph"
    assert read_settings({}, store=f"embedded:{store}").ledger == str(tmp_path / "demo" / "ledger.sqlite")


def test_the_ledger_of_a_server_stands_in_the_home_folder(tmp_path: Path) -> None:
    settings = read_settings({"IGA_HOME": str(tmp_path)}, store="neo4j://db.example:7687")
    assert settings.embedded_path is None
    assert settings.ledger == str(tmp_path / "ledger.sqlite")


def test_a_bare_path_is_an_embedded_store(tmp_path: Path) -> None:
    assert read_settings({}, store=str(tmp_path / "graph")).store == f"embedded:{tmp_path / 'graph'}"


def test_a_home_sign_means_the_same_for_store_and_ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    settings = read_settings({"IGA_STORE": "embedded:~/demo/graph"})
    assert settings.embedded_path == tmp_path / "demo" / "graph"
    assert settings.ledger == str(tmp_path / "demo" / "ledger.sqlite")


@pytest.mark.parametrize("store", ["embedded:", "embedded:.", "embedded:/", "."])
def test_a_store_without_a_folder_of_its_own_is_refused(store: str) -> None:
    with pytest.raises(SettingsError, match=r"names no folder of its own: write embedded:PATH"):
        read_settings({}, store=store)


@pytest.mark.parametrize("ledger", ["mysql://host/iga", "sqlite:///ledger.sqlite"])
def test_a_ledger_of_another_form_is_refused(ledger: str) -> None:
    with pytest.raises(SettingsError, match="no known form"):
        read_settings({"IGA_LEDGER": ledger})


@pytest.mark.parametrize("word", ["public", "Internal", " SENSITIVE "])
def test_the_ceiling_is_read_however_it_is_written(word: str) -> None:
    assert read_settings({"IGA_CEILING": word}).ceiling is Marking[word.strip().upper()]


def test_a_wrong_ceiling_is_refused_not_taken_for_the_highest() -> None:
    with pytest.raises(SettingsError, match="'secret': write public, internal or sensitive"):
        read_settings({"IGA_CEILING": "secret"})


def test_no_ceiling_shows_everything() -> None:
    assert read_settings({}).ceiling is Marking.SENSITIVE


@pytest.mark.parametrize(
    ("written", "at"),
    [("2026-11-25", "2026-11-25T00:00:00Z"), ("2026-11-25T09:30", "2026-11-25T09:30:00Z"),
     ("2026-11-25T09:30:00-05:00", "2026-11-25T14:30:00Z")],
)  # fmt: skip
def test_the_clock_stands_still_where_the_setting_says(written: str, at: str) -> None:
    clock = read_settings({"IGA_NOW": written}).clock
    assert (clock(), clock().tzinfo) == (datetime.fromisoformat(at), UTC)


def test_without_the_setting_the_clock_is_the_machines() -> None:
    clock = read_settings({}).clock
    assert clock() <= clock()
    assert clock().tzinfo is UTC


@pytest.mark.parametrize("written", ["today", "2026-11", "25.11.2026", "2026-02-30", "0001-01-01T00:00:00+14:00"])
def test_a_clock_at_no_instant_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(SettingsError, match=r"IGA_NOW is .*: write 2026-11-25 or 2026-11-25T09:00:00Z, or leave it"):
        read_settings({"IGA_NOW": written})


@pytest.mark.parametrize(
    ("environ", "who"),
    [({"IGA_WHO": "A. Officer", "USER": "ao"}, "A. Officer"), ({"USERNAME": "ao"}, "ao"), ({}, "unknown")],
)
def test_entries_are_signed_with_the_name_given_or_that_of_the_account(environ: dict[str, str], who: str) -> None:
    assert read_settings(environ).who == who


def test_the_password_comes_from_the_environment_before_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from file\n", encoding="utf-8")
    in_file = {"IGA_NEO4J_PASSWORD_FILE": str(tmp_path / "password")}
    from_file = read_settings(in_file).password
    from_environment = read_settings({**in_file, "IGA_NEO4J_PASSWORD": "given"}).password
    assert from_file
    assert from_environment
    assert (from_file(), from_environment()) == ("from file", "given")


def test_without_a_password_it_is_asked_for() -> None:
    assert read_settings({}).password is None


def test_the_password_is_not_shown_with_the_settings() -> None:
    assert "hidden" not in repr(read_settings({"IGA_NEO4J_PASSWORD": "hidden"}))


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_password_file_that_cannot_be_read_is_named_when_it_is_needed(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "password"
    if content is not None:
        path.write_bytes(content)
    password = read_settings({"IGA_NEO4J_PASSWORD_FILE": str(path)}).password
    assert password
    with pytest.raises(SettingsError, match=r"IGA_NEO4J_PASSWORD_FILE .*password cannot be read"):
        password()


@pytest.mark.parametrize(
    ("environ", "home"),
    [
        ({"IGA_HOME": "own", "LOCALAPPDATA": "local"}, Path("own")),
        ({"LOCALAPPDATA": "local", "XDG_DATA_HOME": "xdg"}, Path("local", "iga")),
        ({"XDG_DATA_HOME": "xdg"}, Path("xdg", "iga")),
        ({}, Path.home() / ".local" / "share" / "iga"),
    ],
)
def test_the_home_folder_is_where_the_system_keeps_data(environ: dict[str, str], home: Path) -> None:
    assert read_settings(environ).folder == home


@pytest.mark.parametrize(
    ("store", "ledger", "views"),
    [
        ("embedded:demo/graph", None, Path("demo", "graph.views")),
        ("neo4j://db.example", "ledger.sqlite", Path("ledger.sqlite.views")),
        ("neo4j://db.example", "postgresql://db.example/iga", Path("home", "views")),
    ],
)
def test_views_stand_beside_the_graph_or_else_the_ledger(store: str, ledger: str | None, views: Path) -> None:
    assert read_settings({"IGA_HOME": "home"}, store=store, ledger=ledger).views == views


def test_our_own_government_and_office_are_settings() -> None:
    assert read_settings({}).home == HOME == Home("gov:usa", "body:us-state-tip")
    theirs = {"IGA_GOVERNMENT": "gov:can", "IGA_OFFICE": "body:can-gac"}
    assert read_settings(theirs).home == Home("gov:can", "body:can-gac")


def test_a_name_where_an_id_of_ours_belongs_is_refused() -> None:
    with pytest.raises(SettingsError, match="IGA_OFFICE is 'TIP Office', which is not an id: write one such as body:"):
        read_settings({"IGA_OFFICE": "TIP Office"})
