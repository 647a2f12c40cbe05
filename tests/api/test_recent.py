"""What somebody who is signed in looked at last stands on their first page, and nowhere else."""

from iga.graph.statements import Card
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.api.signed_in import Browser, found, page, send
from tests.app_client import AppClient

MANY = ("gov:gha", "gov:ken", "gov:cog", "gov:cod", "org:eso", "org:old", "ngo:relief", "ngo:hope", "person:p1")


def last(client: AppClient) -> list[str]:
    return found(page(client, "/"), "//section[@aria-labelledby='recent']//a/@href")


def test_what_was_looked_at_last_stands_first_and_once(browser: Browser) -> None:
    ana = browser()
    for it in ("gov:gha", "org:eso", "gov:gha"):
        page(ana, f"/entities/{it}")
    page(ana, "/questions")
    assert last(ana) == ["/entities/gov:gha", "/entities/org:eso"]
    for it in MANY:
        page(ana, f"/entities/{it}")
    assert last(ana) == [f"/entities/{it}" for it in MANY[:0:-1]]


def test_it_is_nobody_elses_and_gone_with_the_session(browser: Browser) -> None:
    ana, ben, nobody = browser(), browser("Ben"), browser("")
    page(ana, "/entities/gov:gha")
    page(nobody, "/entities/org:eso")
    assert (last(ben), last(nobody)) == ([], [])
    send(ana, page(ana, "/sign-out"), "/sign-out")
    assert last(ana) == []
    assert last(browser()) == []  # Ana once more


def test_what_is_gone_is_not_listed_and_protected_people_never_are(browser: Browser, office: Workspace) -> None:
    zed = listed.node("Person", "person:z", "Zed Example", public_role="Director", is_protected=True)
    listed.put(office, Card("test:zed", "People", as_of="2026-05-01"), zed)
    card = Card("test:gone", "Passing things", as_of="2026-05-01", complete=True)
    listed.put(office, card, listed.node("Ngo", "ngo:gone", "Soon Gone"))
    ana = browser()
    for it in ("person:z", "ngo:gone", "gov:gha"):
        page(ana, f"/entities/{it}")
    assert last(ana) == ["/entities/gov:gha", "/entities/ngo:gone"]
    listed.put(office, card, listed.node("Ngo", "ngo:other", "Another"))
    assert last(ana) == ["/entities/gov:gha"]
    acts = [act for act in office.audit_log.entries() if "person:z" in act.shown]
    assert [act.act for act in acts] == ["GET /entities/{id}"]
