"""Whoever administers does it from a page: keys, holds, dumps and the audit log; for all others it is not there."""

import re
from pathlib import Path

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.ledger.people_register import holds_on
from iga.graph.statements import Card
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.api.signed_in import FROM_A_PAGE, Browser, form, found, page, posted, read, send, shown_in, words
from tests.app_client import AppClient

PARTS = ("keys", "holds", "backups", "audit")
SECRET = re.compile(r"secret-token:iga_[\w-]{43}")


def acts(office: Workspace) -> list[tuple[str, str]]:
    return [(act.act, act.outcome) for act in office.audit_log.entries()]


def token(client: AppClient) -> str:
    return form(page(client, "/enter/contact"), "/enter/contact")["token"]


@pytest.mark.parametrize(
    ("who", "ceiling", "role"),
    [
        ("", Marking.SENSITIVE, ""),
        ("Ben", Marking.INTERNAL, ""),
        ("Ben", Marking.SENSITIVE, "reader"),
        ("Ben", Marking.SENSITIVE, "editor"),
    ],
)
def test_for_others_it_is_as_an_address_that_is_not_there(
    browser: Browser, who: str, ceiling: Marking, role: str
) -> None:
    ben = browser(who, ceiling, role)
    assert "/administration" not in ben.get("/").text
    for at in ("/administration", *(f"/administration/{part}" for part in PARTS), "/administration/none"):
        here, nowhere = (ben.get(it, headers={"X-Request-Id": "of-a-test"}) for it in (at, "/nothing-here"))
        assert (here.status_code, here.text) == (404, nowhere.text.replace("/nothing-here", at))
        assert here.headers.items() == nowhere.headers.items()
    if who:
        sent = {"token": token(ben), "holder": "X", "role": "reader", "ceiling": "public"}
        here = ben.post("/administration/keys", data=sent, headers=FROM_A_PAGE)
        nowhere = ben.post("/nothing-here", data=sent, headers=FROM_A_PAGE)
        assert here.status_code == nowhere.status_code
        assert not SECRET.search(here.text)


def test_a_steward_has_all_but_the_log_and_an_auditor_the_log_alone(browser: Browser) -> None:
    steward, auditor = browser("Ste", role="steward"), browser("Aud", role="auditor")
    assert [steward.get(f"/administration/{part}").status_code for part in PARTS] == [200, 200, 200, 404]
    assert [auditor.get(f"/administration/{part}").status_code for part in PARTS] == [403, 403, 403, 200]
    assert found(page(steward, "/administration"), "//ul[contains(@class, 'iga-cards')]//@href") == [
        "/administration/keys",
        "/administration/holds",
        "/administration/backups",
    ]
    assert auditor.get("/").status_code == 403  # who examines asks nothing


def test_a_key_is_shown_once_and_then_renewed_and_taken_back(browser: Browser, office: Workspace) -> None:
    ana = browser()
    made = send(ana, page(ana, "/administration/keys"), "/administration/keys", holder="Dashboard", ceiling="internal")
    assert (made.status_code, made.headers["cache-control"]) == (200, "no-store")
    [secret] = SECRET.findall(made.text)
    [key] = office.key_ring().keys()
    assert (key.holder, key.role, key.ceiling, key.made_by) == ("Dashboard", "reader", "internal", "Ana")
    assert office.key_ring().of_secret(secret) == key
    listed_page = page(ana, "/administration/keys")
    assert secret not in words(listed_page)
    assert "good until" in words(listed_page)
    renewed = send(ana, listed_page, "/administration/keys/renewed")
    assert SECRET.findall(renewed.text) not in ([], [secret])
    blank = send(ana, page(ana, "/administration/keys"), "/administration/keys/revoked", because=" ")
    assert (blank.status_code, "say why the key is taken back" in read(blank).casefold()) == (422, True)
    back = send(ana, page(ana, "/administration/keys"), "/administration/keys/revoked", because="found in a log")
    assert ": found in a log" in read(back)
    assert ("POST /administration/keys", "done") in acts(office)
    assert ("POST /administration/keys/revoked", "refused") in acts(office)


def test_a_key_that_cannot_be_comes_back_as_it_was_typed(browser: Browser, office: Workspace) -> None:
    ana = browser()
    asked = {"holder": "Dashboard", "expires": "2031-01-01", "networks": "10.20.0.0/16"}
    reply = send(ana, page(ana, "/administration/keys"), "/administration/keys", **asked)
    assert (reply.status_code, "The last day 2031-01-01 cannot be" in read(reply)) == (422, True)
    assert asked.items() <= {pair for it in shown_in(reply).forms for pair in it.form_values()}
    assert office.key_ring().keys() == ()


def test_without_the_token_of_its_page_nothing_is_given_out(browser: Browser, office: Workspace) -> None:
    asked = {"holder": "X", "role": "reader", "ceiling": "public"}
    assert browser().post("/administration/keys", data=asked, headers=FROM_A_PAGE).status_code == 403
    assert office.key_ring().keys() == ()


def test_a_person_is_held_and_restricted_and_released(browser: Browser, office: Workspace) -> None:
    person = listed.node("Person", "person:z", "Zed Example", public_role="Director")
    listed.put(office, Card("test:people", "People", as_of="2026-05-01"), person)
    ana, at = browser(), "/administration/holds"
    order = {"person": "Zed Example", "order": "legal", "authority": "Legal Adviser 2026-14", "do": "give"}
    named = send(ana, page(ana, at), at, **order | {"authority": "hold on Zed Example"})
    assert (named.status_code, "The reason names the person" in read(named)) == (422, True)
    held = send(ana, page(ana, at), at, **order)
    assert "person:z is held" in read(held)
    assert "Legal hold: Legal Adviser 2026-14" in read(held)
    assert [hold.authority for hold in holds_on(office.everything(), ["person:z"])] == ["Legal Adviser 2026-14"]
    assert "person:z is released" in read(send(ana, page(ana, at), at, **order | {"do": "lift"}))
    assert send(ana, page(ana, at), at, **order | {"do": "lift"}).status_code == 404
    restricted = send(ana, page(ana, at), at, **order | {"order": "restriction"})
    assert "person:z is restricted" in read(restricted)
    assert browser("Ben", Marking.INTERNAL).get("/entities/person:z").status_code == 404
    about = [act.about for act in office.audit_log.entries() if act.act == f"POST {at}"]
    assert about[1] == ("person:z",)


def test_a_dump_is_made_and_told(browser: Browser, office: Workspace) -> None:
    ana, at = browser(), "/administration/backups"
    assert "The audit log notes no dump" in words(page(ana, at))
    made = send(ana, page(ana, at), at)
    [folder] = office.settings.dumps.iterdir()
    assert str(folder) in read(made)
    assert (folder / "manifest.json").exists()
    assert "The last dump was made on" in words(page(ana, at))
    [act] = [act for act in office.audit_log.entries() if act.act == f"POST {at}"]
    assert act.is_disclosure
    assert send(ana, page(ana, at), at).status_code == 422  # the clock of the test stands still


def test_a_dump_is_refused_where_it_cannot_be_noted(browser: Browser, office: Workspace) -> None:
    ana, at = browser(), "/administration/backups"
    sent = form(page(ana, at), at)
    log: Path = office.settings.audit
    log.unlink()
    log.mkdir()
    assert posted(ana, at, sent).status_code == 503
    assert not office.settings.dumps.exists()


def test_a_dump_that_would_lack_loads_is_refused_and_says_what_to_do(browser: Browser, office: Workspace) -> None:
    ana, at = browser(), "/administration/backups"
    sent = form(page(ana, at), at)
    Path(f"{office.settings.ledger}.head").write_text(f"99 {'0' * 32}", encoding="ascii")
    refused = posted(ana, at, sent)
    lost = "oads are missing from the ledger: it had a load 99 once. Put back its file"
    assert (refused.status_code, lost in read(refused)) == (503, True)
    assert lost in words(page(ana, at))
    assert not office.settings.dumps.exists()


def test_the_log_tells_who_saw_a_person_and_whether_it_is_whole(browser: Browser, office: Workspace) -> None:
    person = listed.node("Person", "person:z", "Zed Example", public_role="Director", is_protected=True)
    listed.put(office, Card("test:people", "People", as_of="2026-05-01"), person)
    ana = browser()
    page(ana, "/entities/person:z")
    page(ana, "/questions")
    seen = words(page(ana, "/administration/audit?who_saw=person:z"))
    assert "GET /entities/{id}" in seen
    assert "GET /questions" not in seen.partition("Is the log whole")[0].replace("GET /entities", "")
    assert "The log is whole" in words(page(ana, "/administration/audit?verify=true"))
    log: Path = office.settings.audit
    log.write_bytes(log.read_bytes().replace(b"Ana", b"Bea", 1))
    assert "The log is damaged" in words(page(ana, "/administration/audit?verify=true"))
    assert ana.get("/administration/audit?who_saw=nobody+at+all").status_code == 404
