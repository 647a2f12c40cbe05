"""Contacts are chosen by topic, language and role; how many remain is said, and nobody is left out."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from iga.graph.statements import Card, EdgeStatement, Statement
from tests.api import listed
from tests.api.signed_in import found, office_in, page, words
from tests.app_client import AppClient

DESKS = (
    ("children", "focal point", "child-trafficking", "fr"),
    ("courts", "coordinator", "prosecution", "en"),
    ("letters", "coordinator", "child-trafficking", ""),
)


def said() -> Iterator[Statement]:
    for name, role, topic, language in DESKS:
        yield listed.node("Post", f"post:{name}", f"Desk for {name}", role=role, topics=[topic])
        channel = {"kind": "email", "value": f"{name}@example.org"}
        spoken = {"languages": [language]} if language else {}
        yield listed.node("ContactPoint", f"contact:{name}", name, channel=channel, **spoken)
        yield EdgeStatement("POST_IN", f"post:{name}", "org:eso", {})
        yield EdgeStatement("REACHED_AT", f"post:{name}", f"contact:{name}", {})


@pytest.fixture(scope="module")
def client(listed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with office_in(copytree(listed_in, tmp_path_factory.mktemp("sheet") / "home")) as (office, browser):
        listed.put(office, Card("test:desks", "Desks", as_of="2026-05-01"), *said())
        yield browser()


@pytest.mark.parametrize(
    ("chosen", "told", "first"),
    [
        ("", "3 contacts.", "Desk for children"),
        ("&topic=child-trafficking", "2 of 3 remain, for child trafficking.", "Desk for children"),
        ("&language=fr", "1 of 3 remain, answering in French.", "Desk for children"),
        ("&language=French&topic=child-trafficking", "1 of 3 remain, for child trafficking, answering in French.", ""),
        ("&role=coordinator", "2 of 2 remain, as coordinator.", ""),
    ],
)
def test_how_many_contacts_remain_is_told(client: AppClient, chosen: str, told: str, first: str) -> None:
    shown = page(client, f"/questions/contact?party=ESO{chosen}")
    [status] = found(shown, "//p[@id='told' and @role='status']")
    assert words(status) == told
    headings = [words(it) for it in found(shown, "//ol[contains(@class, 'iga-contacts')]//h3")]
    assert first in headings[0]
    left = [name for name, role, _, _ in DESKS if "role=" not in chosen or role == "coordinator"]
    assert all(any(f"Desk for {name}" in it for it in headings) for name in left)


def test_what_can_be_chosen_is_what_there_is_and_the_choice_stays(client: AppClient) -> None:
    shown = page(client, "/questions/contact?party=ESO&role=coordinator&language=fr")
    offered = {it.get("name"): [words(option) for option in it] for it in found(shown, "//select[@class and option]")}
    assert offered["role"] == ["any", "coordinator", "focal point"]
    assert offered["language"] == ["any", "English", "French"]
    assert offered["topic"] == ["any", "child trafficking", "prosecution"]
    assert [words(it) for it in found(shown, "//option[@selected]")] == ["French", "coordinator"]


def test_each_address_can_be_copied_where_a_script_runs(client: AppClient) -> None:
    shown = page(client, "/questions/contact?party=ESO")
    assert "children@example.org" in found(shown, "//a[starts-with(@href, 'mailto:')]/@data-copy")
    assert not found(shown, "//button[contains(., 'Copy')]")
    [script] = found(shown, "//script[contains(@src, 'copying')]/@src")
    assert client.get(script).headers["content-type"].startswith("text/javascript")
