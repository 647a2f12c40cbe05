"""Whoever signs in to the pages by a link sees what their account may, alone, for a while, and is told when it ends."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.api.forms import fields_of
from iga.api.sign_ins import MOST, SignIns, visitor_of
from iga.graph.domain.marking import Marking
from iga.graph.keys import Key, KeyRing
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace
from tests.api.listed import NAMES, of_each_marking, opened
from tests.app_client import AppClient
from tests.clock import NOW, TODAY, clock

COOKIE = "__Host-iga-80"
FIND = "/v1/find?q=house"
ANA = Reader("Ana", "a brief")
IDENTITY, PUBLIC_NAME = "X-Forwarded-User", "iga.agency.example.org"


@dataclass
class Hand:
    """A clock that a test moves on."""

    now: datetime = field(default_factory=clock)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


@dataclass
class Browser:
    """What a browser sends: where a request comes from, and the cookie that it was told to keep."""

    client: AppClient
    cookie: str = ""

    def ask(self, method: str, address: str, *, site: str = "none", **how: Any) -> Any:
        sent = {"Sec-Fetch-Site": site} if site else {}
        if self.cookie:
            sent["Cookie"] = f"{COOKIE}={self.cookie}"
        reply = self.client.request(method, address, headers=sent | how.pop("headers", {}), **how)
        for told in reply.headers.get_list("set-cookie"):
            name, _, value = told.partition(";")[0].partition("=")
            assert name == COOKIE
            self.cookie = value.strip('"')
        return reply

    def get(self, address: str, **how: Any) -> Any:
        return self.ask("GET", address, **how)

    def send(self, address: str, *, site: str = "same-origin", **fields: str) -> Any:
        return self.ask("POST", address, site=site, data=fields)

    def seen(self) -> list[str]:
        """Return the markings whose partner is found."""
        text = self.get(FIND).text
        return [word for word, name in NAMES.items() if name in text]

    def token(self) -> str:
        """Return the token that a form of a page holds."""
        return str(self.get("/token").json())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Give a graph with a partner of each marking."""
    with opened(tmp_path_factory.mktemp("callers"), *of_each_marking()) as workspace:
        yield workspace


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def sign_ins(hand: Hand) -> SignIns:
    return SignIns(clock=hand)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys")


@pytest.fixture
def saved() -> list[tuple[str, dict[str, str]]]:
    """Give what a page of a test was sent, and by whom."""
    return []


def with_a_page(app: FastAPI, saved: list[tuple[str, dict[str, str]]]) -> FastAPI:
    """Add a page that changes something, and tells which token its form holds."""

    async def save(request: Request) -> Response:
        saved.append((request.state.reader.who, await fields_of(request)))
        return Response(status_code=204)

    async def token(request: Request) -> Response:
        return JSONResponse(visitor_of(request).token)

    app.router.add_route("/watches", save, methods=["POST"])
    app.router.add_route("/token", token, methods=["GET"])
    return app


@pytest.fixture
def port(office: Workspace, sign_ins: SignIns, ring: KeyRing, saved: list[tuple[str, dict[str, str]]]) -> FastAPI:
    """Give the service as it answers at a port of this machine."""
    entrance = Entrance(anybody=ANYBODY, keys=ring, ceiling=Marking.PUBLIC, sign_ins=sign_ins)
    return with_a_page(create_app(office, entrance=entrance), saved)


def browser_at(app: FastAPI, **more: Any) -> Browser:
    more = {"base_url": "http://localhost", **more}
    return Browser(AppClient(app, follow_redirects=False, raise_server_exceptions=False, **more))


@pytest.fixture
def browser(port: FastAPI) -> Browser:
    return browser_at(port)


def signed_in(browser: Browser, sign_ins: SignIns, reader: Reader = ANA) -> Browser:
    assert browser.send("/sign-in", link=sign_ins.link(reader)).status_code == 303
    assert browser.cookie
    return browser


def test_a_link_shows_a_button_and_the_button_signs_in(browser: Browser, sign_ins: SignIns, office: Workspace) -> None:
    assert browser.seen() == ["public"]
    link = sign_ins.link(ANA)
    for method in ("GET", "HEAD", "GET"):
        page = browser.ask(method, "/sign-in", params={"link": link})
        assert (page.status_code, browser.cookie) == (200, "")
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "Sign in as Ana" in page.text
    assert "everything on record" in page.text
    assert not re.search("<script(?! src=)|<style| style=| on[a-z]+=", page.text)
    assert browser.seen() == ["public"]
    entered = browser.send("/sign-in", link=link)
    assert (entered.status_code, entered.headers["location"]) == (303, "/sign-in/kept")
    assert browser.get("/sign-in/kept", site="same-origin").headers["location"] == "/"
    assert browser.seen() == ["public", "internal", "sensitive"]
    assert "You are signed in as Ana" in browser.get("/sign-in").text
    acts = [(act.who, act.door, act.purpose, act.act) for act in office.audit_log.entries()]
    assert ("Ana", "HTTP, signed in", "a brief", "POST /sign-in") in acts
    assert acts[-1] == ("Ana", "HTTP, signed in", "a brief", "GET /v1/find")


def test_the_cookie_is_for_this_service_alone_and_for_no_script(browser: Browser, sign_ins: SignIns) -> None:
    told = browser.send("/sign-in", link=sign_ins.link(ANA)).headers["set-cookie"]
    name, *attributes = told.split("; ")
    assert {it.lower() for it in attributes} == {"path=/", "secure", "httponly", "samesite=strict"}
    value = name.removeprefix(f"{COOKIE}=")
    assert len(value) >= 43  # of 64 letters each: 256 bits
    again = browser_at(browser.client.app)
    assert signed_in(again, sign_ins).cookie != value


def test_a_link_is_good_once(browser: Browser, port: FastAPI, sign_ins: SignIns) -> None:
    link, thief = sign_ins.link(ANA), browser_at(port)
    assert browser.send("/sign-in", link=link).status_code == 303
    page = thief.get("/sign-in", params={"link": link})
    assert (page.status_code, "This link was used" in page.text, "Ana" in page.text) == (410, True, False)
    refused = thief.send("/sign-in", link=link)
    assert (refused.status_code, refused.json()["code"], thief.cookie) == (401, "IGA-1702", "")
    assert "iga open" in refused.json()["detail"]
    assert thief.seen() == ["public"]
    assert thief.send("/sign-in", link="").status_code == 401


def test_a_link_is_good_for_five_minutes(browser: Browser, sign_ins: SignIns, hand: Hand) -> None:
    early, late = sign_ins.link(ANA), sign_ins.link(ANA)
    hand.on(minutes=4, seconds=59)
    assert browser.send("/sign-in", link=early).status_code == 303
    hand.on(seconds=1)
    assert browser.send("/sign-in", link=late).status_code == 401


def test_half_an_hour_without_a_request_signs_out(browser: Browser, sign_ins: SignIns, hand: Hand) -> None:
    signed_in(browser, sign_ins)
    for _ in range(2):
        hand.on(minutes=29, seconds=59)
        assert browser.seen() == ["public", "internal", "sensitive"]
    hand.on(minutes=30)
    over = browser.get("/sign-in")
    assert "You were signed out after 30 minutes." in over.text
    assert (over.headers["cache-control"], browser.cookie) == ("no-store", "")
    assert "You are not signed in" in browser.get("/sign-in").text
    assert browser.seen() == ["public"]


def test_twelve_hours_sign_out_whatever_is_asked(browser: Browser, sign_ins: SignIns, hand: Hand) -> None:
    signed_in(browser, sign_ins)
    for _ in range(23):
        hand.on(minutes=29)
        assert len(browser.seen()) == 3
    hand.on(minutes=53 - 29)
    assert len(browser.seen()) == 3
    hand.on(minutes=29)
    reply = browser.get(FIND)
    assert (NAMES["internal"] in reply.text, reply.status_code, reply.headers["cache-control"]) == (
        False,
        200,
        "no-store",
    )
    assert browser.cookie == ""


def test_a_clock_that_was_set_back_signs_out(browser: Browser, sign_ins: SignIns, hand: Hand) -> None:
    signed_in(browser, sign_ins)
    hand.on(minutes=-1)
    assert browser.seen() == ["public"]


def test_who_has_no_cookie_or_a_wrong_one_is_nobody(browser: Browser, port: FastAPI, sign_ins: SignIns) -> None:
    signed_in(browser, sign_ins)
    other = browser_at(port)
    assert other.seen() == ["public"]
    other.cookie = browser.cookie[:-1] + ("A" if browser.cookie[-1] != "A" else "B")
    assert "You are no longer signed in." in other.get("/sign-in").text
    assert other.cookie == ""
    for name in ("__Host-iga", "__Host-iga-8751", "iga"):
        assert NAMES["internal"] not in other.get(FIND, headers={"Cookie": f"{name}={browser.cookie}"}).text
    assert len(browser.seen()) == 3


@pytest.mark.parametrize("site", ["same-site", "cross-site", ""])
def test_a_page_at_another_port_reads_nothing_with_the_cookie(browser: Browser, sign_ins: SignIns, site: str) -> None:
    signed_in(browser, sign_ins)
    page = {"Referer": "http://localhost:3333/project"}
    asked = browser.get("/v1/reconcile?query=House&callback=told", site=site, headers=page)
    assert (asked.status_code, "ngo:public" in asked.text, "ngo:internal" in asked.text) == (200, True, False)
    assert browser.get(FIND, site=site, headers=page).status_code == (403 if site else 200)
    assert NAMES["internal"] not in browser.get(FIND, site=site, headers=page).text
    assert len(browser.seen()) == 3


def test_the_cookie_counts_under_the_own_name_of_this_machine_alone(
    office: Workspace, sign_ins: SignIns, browser: Browser
) -> None:
    signed_in(browser, sign_ins)
    app = create_app(office, entrance=Entrance(names=(PUBLIC_NAME,), ceiling=Marking.PUBLIC, sign_ins=sign_ins))
    behind = browser_at(app, base_url=f"http://{PUBLIC_NAME}")
    behind.cookie = browser.cookie
    assert behind.get(FIND).status_code == 401


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells whose a connection is")
def test_a_connection_that_is_not_ours_gets_nothing_by_a_link_or_a_cookie(
    port: FastAPI, browser: Browser, sign_ins: SignIns
) -> None:
    # Nobody has this connection any more; tests/cli/test_open.py has one of another account.
    thief = browser_at(port, base_url="http://127.0.0.1", client=("127.0.0.1", 1))
    link = sign_ins.link(ANA)
    assert thief.get("/sign-in", params={"link": link}).status_code == 403
    assert thief.send("/sign-in", link=link).status_code == 403
    assert browser.send("/sign-in", link=link).status_code == 303
    thief.cookie = browser.cookie
    refused = thief.get(FIND)
    assert (refused.status_code, "not of your account" in refused.json()["detail"]) == (403, True)
    assert len(browser.seen()) == 3


@pytest.mark.parametrize(
    ("of_account", "of_server", "shown"),
    [
        ("public", "sensitive", ["public"]),
        ("internal", "sensitive", ["public", "internal"]),
        ("sensitive", "internal", ["public", "internal"]),
        ("sensitive", "public", ["public"]),
    ],
)
def test_the_lower_ceiling_of_account_and_service_counts(
    office: Workspace, sign_ins: SignIns, of_account: str, of_server: str, shown: list[str]
) -> None:
    under = office.under(office.reader.below(Marking.named(of_server)))
    app = create_app(under, entrance=Entrance(ceiling=Marking.PUBLIC, sign_ins=sign_ins))
    reader = Reader("Ana", ceiling=Marking.named(of_account))
    assert signed_in(browser_at(app), sign_ins, reader).seen() == shown
    assert browser_at(app).seen() == ["public"]


def test_keys_stay_under_the_ceiling_of_the_port(
    browser: Browser, sign_ins: SignIns, ring: KeyRing, office: Workspace
) -> None:
    key = {"Authorization": f"Bearer {ring.add(Key('', 'B', 'reader', 'sensitive', NOW, 'C', expires=TODAY))[1]}"}
    assert NAMES["internal"] not in browser.get(FIND, headers=key).text
    signed_in(browser, sign_ins)
    assert NAMES["internal"] not in browser.get(FIND, headers=key).text  # a key goes before a session
    public, whole = (office.under(Reader("A", ceiling=it)).state() for it in (Marking.PUBLIC, Marking.SENSITIVE))
    assert public.data_version != whole.data_version
    assert browser.get("/readyz").json()["data_version"] == whole.data_version
    assert browser.get("/readyz", headers=key).json()["data_version"] == public.data_version


def test_a_role_signs_in_with_its_duties(
    browser: Browser, sign_ins: SignIns, saved: list[tuple[str, dict[str, str]]]
) -> None:
    signed_in(browser, sign_ins, Reader("Ana", role="reader"))
    assert len(browser.seen()) == 3
    refused = browser.send("/watches", token=browser.token())
    assert (refused.status_code, "your role, reader, may not" in refused.json()["detail"], saved) == (403, True, [])


def test_signing_out_ends_the_session_and_is_a_form(browser: Browser, port: FastAPI, sign_ins: SignIns) -> None:
    signed_in(browser, sign_ins)
    before = browser.cookie
    assert browser.get("/sign-out").status_code == 200
    assert browser.send("/sign-out", token="").status_code == 403
    assert len(browser.seen()) == 3
    assert f'value="{browser.token()}"' in browser.get("/sign-out").text
    over = browser.send("/sign-out", token=browser.token())
    assert (over.status_code, over.headers["location"], browser.cookie) == (303, "/sign-in", "")
    assert "Max-Age=0" in over.headers["set-cookie"]
    assert browser.send("/sign-out", token="x").status_code == 401
    again = browser_at(port)
    again.cookie = before
    assert again.seen() == ["public"]


def test_signing_in_again_ends_the_session_before(browser: Browser, port: FastAPI, sign_ins: SignIns) -> None:
    first = signed_in(browser, sign_ins).cookie
    second = signed_in(browser, sign_ins, Reader("Ben", ceiling=Marking.INTERNAL)).cookie
    assert first != second
    assert browser.seen() == ["public", "internal"]
    before = browser_at(port)
    before.cookie = first
    assert before.seen() == ["public"]


def test_a_browser_that_keeps_no_cookie_is_told(browser: Browser, sign_ins: SignIns) -> None:
    signed_in(browser, sign_ins)
    browser.cookie = ""
    assert "did not keep you signed in" in browser.get("/sign-in/kept", site="same-origin").text


@pytest.mark.parametrize(
    ("site", "headers", "status"),
    [
        ("same-origin", {}, 204),
        ("", {"Origin": "http://localhost"}, 204),
        ("", {"Origin": "http://localhost:81"}, 403),
        ("", {"Origin": "null"}, 403),
        ("", {}, 403),
        ("none", {}, 403),
        ("same-site", {}, 403),
        ("cross-site", {"Origin": "https://elsewhere.example.org"}, 403),
    ],
)
def test_a_form_counts_from_a_page_of_ours_alone(
    browser: Browser,
    sign_ins: SignIns,
    saved: list[tuple[str, dict[str, str]]],
    site: str,
    headers: dict[str, str],
    status: int,
) -> None:
    token = signed_in(browser, sign_ins).token()
    fields = {"token": token, "name": "Ghana"}
    assert browser.ask("POST", "/watches", site=site, headers=headers, data=fields).status_code == status
    assert saved == ([("Ana", fields)] if status == 204 else [])


def test_a_form_needs_the_token_of_its_own_session(
    browser: Browser, port: FastAPI, sign_ins: SignIns, saved: list[tuple[str, dict[str, str]]]
) -> None:
    other = signed_in(browser_at(port), sign_ins)
    nobodys = browser.token()
    assert nobodys == ""
    assert browser.send("/watches", token=nobodys).status_code == 401
    signed_in(browser, sign_ins)
    for token in ("", "x", other.token()):
        assert browser.send("/watches", token=token).status_code == 403
    assert browser.ask("POST", "/watches", site="same-origin", json={"token": browser.token()}).status_code == 422
    assert browser.ask("PUT", "/watches", site="same-origin", data={"token": "x"}).status_code == 403
    assert saved == []
    before = browser.token()
    signed_in(browser, sign_ins)
    assert browser.send("/watches", token=before).status_code == 403
    assert browser.send("/watches", token=browser.token()).status_code == 204
    assert [who for who, _ in saved] == ["Ana"]


def test_a_form_of_somebody_who_was_signed_out_says_so(browser: Browser, sign_ins: SignIns, hand: Hand) -> None:
    token = signed_in(browser, sign_ins).token()
    hand.on(minutes=31)
    refused = browser.send("/watches", token=token)
    assert (refused.status_code, browser.cookie) == (401, "")
    assert refused.json()["detail"].startswith("You were signed out after 30 minutes. Sign in again")


def test_a_key_or_nothing_changes_nothing_at_a_page(
    browser: Browser, ring: KeyRing, office: Workspace, saved: list[tuple[str, dict[str, str]]]
) -> None:
    key = {"Authorization": f"Bearer {ring.add(Key('', 'B', 'editor', 'internal', NOW, 'C', expires=TODAY))[1]}"}
    assert browser.ask("POST", "/watches", site="same-origin", headers=key, data={"token": ""}).status_code == 401
    own = browser_at(with_a_page(create_app(office), saved))
    assert own.send("/watches", token="").status_code == 401
    assert own.send("/sign-in", link="x").status_code == 403
    assert saved == []


def test_a_session_does_not_stand_for_a_key(browser: Browser, sign_ins: SignIns) -> None:
    token = signed_in(browser, sign_ins).token()
    asked = {"question": "members", "parameters": {"party": "ngo:public"}}
    put = browser.ask("PUT", "/v1/watches/mine", site="same-origin", json=asked, headers={"X-Token": token})
    assert put.status_code == 401


def test_whoever_signed_on_sends_forms_with_a_token_of_their_own(
    office: Workspace, sign_ins: SignIns, ring: KeyRing, saved: list[tuple[str, dict[str, str]]]
) -> None:
    for name, role in (("ana", "editor"), ("ben", "editor"), ("cleo", "reader")):
        ring.add(Key("", name.title(), role, "internal", NOW, "D", sign_on=name))
    entrance = Entrance(anybody=None, keys=ring, identity=IDENTITY, names=(PUBLIC_NAME,), sign_ins=sign_ins)
    app = with_a_page(create_app(office, entrance=entrance), saved)

    def at(name: str) -> Browser:
        return browser_at(app, base_url=f"http://{PUBLIC_NAME}", headers={IDENTITY: name})

    ana, ben, cleo = map(at, ("ana", "ben", "cleo"))
    assert ana.send("/watches", token=ben.token()).status_code == 403
    assert ana.send("/watches", site="same-site", token=ana.token()).status_code == 403
    assert cleo.send("/watches", token=cleo.token()).status_code == 403
    assert at("dora").send("/watches", token=at("dora").token()).status_code == 403  # whoever was not entered reads
    assert ana.send("/watches", token=at("Ana").token()).status_code == 204
    assert [who for who, _ in saved] == ["Ana"]
    assert "Your organization signed you in" in ana.get("/sign-in").text
    assert ana.send("/sign-in", link=sign_ins.link(ANA)).status_code == 403
    assert ana.send("/sign-out", token=ana.token()).headers["location"] == "/sign-in"


def test_nothing_of_a_session_is_kept_or_given_to_anybody_else(
    browser: Browser, port: FastAPI, sign_ins: SignIns, office: Workspace
) -> None:
    other = browser_at(port)
    for address in (FIND, "/v1/entities/ngo:public", "/v1/questions", "/openapi.json"):
        public = other.get(address)
        assert public.headers["cache-control"] == "private, no-cache"
        signed_in(browser, sign_ins)
        for _ in range(2):  # the second is what was kept
            known = browser.get(address)
            assert (known.status_code, known.headers["cache-control"]) == (200, "no-store")
        tag = known.headers["etag"]
        assert browser.get(address, headers={"If-None-Match": tag}).headers["cache-control"] == "no-store"
        again = other.get(address, headers={"If-None-Match": tag})
        assert (again.status_code == 304) == (known.content == public.content)
        assert again.content in (b"", public.content)
        assert all("Cookie" in reply.headers["vary"] for reply in (public, known, again))
    assert len(browser.seen()) == 3
    assert other.seen() == ["public"]
    acts = [(act.who, act.act) for act in office.audit_log.entries()][-2:]
    assert acts == [("Ana", "GET /v1/find"), (ANYBODY.who, "GET /v1/find")]


def test_a_session_under_a_public_ceiling_is_kept_by_nobody_either(browser: Browser, sign_ins: SignIns) -> None:
    signed_in(browser, sign_ins, Reader("Ana", ceiling=Marking.PUBLIC))
    for method in ("GET", "HEAD"):
        assert browser.ask(method, FIND).headers["cache-control"] == "no-store"


def test_no_secret_is_in_a_log(
    browser: Browser, sign_ins: SignIns, office: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("iga.access").setLevel(logging.INFO)
    link = sign_ins.link(ANA)
    browser.get("/sign-in", params={"link": link})
    browser.send("/sign-in", link=link)
    browser.send("/sign-in", link=link)
    browser.get("/sign-in", params={"link": link, "other": "x"})
    token = browser.token()
    browser.send("/watches", token=token)
    noted = "".join(record.getMessage() for record in caplog.records if record.name.startswith("iga"))
    assert '"route":"/sign-in","parameters":["link"]' in noted
    written = noted + office.audit_log.path.read_text(encoding="utf-8") + repr(sign_ins)
    for secret in (link, browser.cookie, token):
        assert secret
        assert secret not in written


def test_one_session_too_many_ends_the_one_that_was_used_longest_ago(port: FastAPI, sign_ins: SignIns) -> None:
    browsers = [signed_in(browser_at(port), sign_ins) for _ in range(MOST)]
    assert len(browsers[0].seen()) == 3
    signed_in(browser_at(port), sign_ins)
    assert len(browsers[0].seen()) == 3
    assert browsers[1].seen() == ["public"]
    links = [sign_ins.link(ANA) for _ in range(MOST + 1)]
    assert browsers[0].send("/sign-in", link=links[0]).status_code == 401
    assert browsers[0].send("/sign-in", link=links[1]).status_code == 303


@pytest.mark.parametrize("rate", ["3/day"])
def test_a_session_asks_as_often_as_a_key_may(office: Workspace, sign_ins: SignIns, rate: str) -> None:
    app = create_app(office, entrance=Entrance(ceiling=Marking.PUBLIC, sign_ins=sign_ins), rate=rate)
    browser = signed_in(browser_at(app), sign_ins)
    assert [browser.get(FIND).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [browser_at(app).get(FIND).status_code for _ in range(4)] == [200] * 4


def test_two_services_know_nothing_of_one_another(hand: Hand, office: Workspace, sign_ins: SignIns) -> None:
    other = SignIns(clock=hand)
    app = create_app(office, entrance=Entrance(ceiling=Marking.PUBLIC, sign_ins=other))
    assert browser_at(app).send("/sign-in", link=sign_ins.link(ANA)).status_code == 401
