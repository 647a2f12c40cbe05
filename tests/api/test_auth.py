"""Who asks is known by a key or by the sign-on and sees what that is good for; anybody else sees public things."""

import asyncio
import gc
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.routing import Route

from iga.api.app import create_app
from iga.api.assistants.over_http import ADDRESS
from iga.api.auth import ANYBODY, Entrance
from iga.api.limits import OF_STRANGERS, Turns
from iga.api.making import known_on
from iga.api.past_states import Past
from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from iga.graph.fold.shapes import View
from iga.graph.keys import OF_ALL, SCOPES, Key, KeyRing
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.watches import Watch, add_watch
from iga.graph.reader import ROLES, Reader
from iga.graph.workspace import Workspace
from tests.api.listed import NAMES, of_each_marking, opened
from tests.app_client import AppClient
from tests.clock import NOW, TODAY, clock
from tests.described import described

SPRING = (clock() + timedelta(100)).date().isoformat()
PUBLIC_NAME = "iga.agency.example.org"
IDENTITY = "X-Forwarded-User"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Give a graph with a partner of each marking."""
    with opened(tmp_path_factory.mktemp("callers"), *of_each_marking()) as workspace:
        with workspace.changing("a test") as ledger:
            for officer in ("B. Example", "C. Example"):
                saved = Watch(officer, "houses", "members", {"party": "org:example"}, NOW, NOW, int(Marking.PUBLIC))
                add_watch(ledger, saved)
        yield workspace


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys")


@pytest.fixture
def key(ring: KeyRing) -> Callable[..., str]:
    def given_out(holder: str = "Dashboard", role: str = "reader", ceiling: str = "internal", **more: object) -> str:
        made = Key("", holder, role, ceiling, NOW, "J. Example", **{"expires": SPRING, **more})  # type: ignore[arg-type]
        return ring.add(made)[1]

    return given_out


@pytest.fixture
def at(office: Workspace) -> Callable[..., AppClient]:
    """Give what asks at an entrance, under the ceiling of the server."""

    def client(entrance: Entrance, *, ceiling: str = "sensitive", host: str = "localhost") -> AppClient:
        app = create_app(office.under(office.reader.below(Marking.named(ceiling))), entrance=entrance)
        return AppClient(app, base_url=f"http://{host}", raise_server_exceptions=False)

    return client


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def seen(client: AppClient, **headers: str) -> list[str]:
    """Return the markings whose partner is found."""
    return [
        word
        for word, name in NAMES.items()
        if client.get("/v1/find", params={"q": name}, headers=headers).json()["hits"]
    ]


def test_without_a_key_public_things_are_shown_on_this_machine(at: Callable[..., AppClient], ring: KeyRing) -> None:
    client = at(Entrance(keys=ring))
    assert seen(client) == ["public"]
    assert seen(client, **{IDENTITY: "b.example"}) == ["public"]
    assert client.get("/v1/entities/ngo:internal").status_code == 404
    assert client.get("/v1/audit").status_code == 403


@pytest.mark.parametrize(
    ("ceiling", "of_server", "shown"),
    [
        ("public", "sensitive", ["public"]),
        ("internal", "sensitive", ["public", "internal"]),
        ("sensitive", "sensitive", ["public", "internal", "sensitive"]),
        ("sensitive", "internal", ["public", "internal"]),
        ("sensitive", "public", ["public"]),
    ],
)
def test_the_lower_ceiling_of_key_and_server_counts(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], ceiling: str, of_server: str, shown: list[str]
) -> None:
    client = at(Entrance(keys=ring), ceiling=of_server)
    assert seen(client, **bearer(key(ceiling=ceiling))) == shown
    assert seen(client) == ["public"]  # nothing of it stays for who asks next


def test_a_key_that_is_not_good_opens_nothing_and_is_told_apart(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], office: Workspace
) -> None:
    client = at(Entrance(keys=ring))
    lost, old = key(), key(expires=TODAY)
    ring.revoke(ring.keys()[0].id, today=TODAY, because="found in a log")
    later = Workspace(office.settings, clock=lambda: clock() + timedelta(365))
    with later:
        outdated = AppClient(create_app(later, entrance=Entrance(keys=ring)))
        replies = [
            client.get("/v1/find?q=a", headers=bearer(lost)),
            outdated.get("/v1/find?q=a", headers=bearer(old)),
            client.get("/v1/find?q=a", headers=bearer("secret-token:iga_" + "a" * 43)),
            client.get("/v1/find?q=a", headers={"Authorization": "Basic YTpi"}),
            client.get("/v1/questions", headers=bearer("")),
            client.get("/openapi.json", headers=bearer(lost)),
        ]
    for reply, says in zip(replies, ["is revoked", "is expired", "none", "none", "none", "is revoked"], strict=True):
        assert (reply.status_code, reply.json()["code"], reply.headers["www-authenticate"]) == (
            401,
            "IGA-1702",
            "Bearer",
        )
        assert says in reply.json()["detail"]
        assert lost not in reply.text
    acts = [act for act in office.audit_log.entries() if act.act.startswith("key refused")]
    assert [(act.who, act.outcome, act.act) for act in acts[-3:]] == [
        ("Dashboard", "refused", "key refused: it is revoked"),
        ("Dashboard", "refused", "key refused: it is expired"),
        ("Dashboard", "refused", "key refused: it is revoked"),
    ]


def test_where_other_machines_come_nobody_is_let_in_without_a_key(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str]
) -> None:
    client = at(Entrance(anybody=None, keys=ring, names=("10.20.0.5",)), host="10.20.0.5")
    assert client.get("/healthz").status_code == 200
    for address in ("/readyz", "/v1/questions", "/openapi.json", "/v1/find?q=house", "/v1/reconcile"):
        assert client.get(address).status_code == 401
        assert client.get(address, headers=bearer(key())).status_code == 200
    assert client.get("/v1/questions", headers={"Host": "elsewhere.example.org", **bearer(key())}).status_code == 403


def test_a_key_is_narrowed_to_its_scopes_and_networks(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], office: Workspace
) -> None:
    client = at(Entrance(keys=ring))
    narrow = bearer(key(scopes=("find",)))
    assert client.get("/v1/find?q=house", headers=narrow).status_code == 200
    assert "not for /entities" in client.get("/v1/entities/ngo:public", headers=narrow).json()["detail"]
    remote = client.get("/v1/find?q=house", headers=bearer(key(networks=("10.0.0.0/8",))))
    assert (remote.status_code, "from this address" in remote.json()["detail"]) == (403, True)
    assert list(office.audit_log.entries())[-1].act == "key refused: it may not be used from this address"


def test_every_address_has_the_version_and_its_next_part_is_a_scope() -> None:
    paths = described()["paths"]
    assert {path.split("/")[2] for path in paths if path.startswith("/v1/")} == set(SCOPES) - {ADDRESS.strip("/")}
    assert {path for path in paths if not path.startswith("/v1/")} == {"/healthz", "/readyz", "/metrics"}


def test_an_auditor_reads_the_log_and_nothing_else_and_nobody_else_does(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str]
) -> None:
    client = at(Entrance(keys=ring))
    auditor = bearer(key("A. Example", "auditor", "sensitive"))
    asker = bearer(key())
    assert client.get("/v1/entities/ngo:internal", headers=asker).status_code == 200
    page = client.get("/v1/audit", params={"limit": 2}, headers=auditor).json()
    assert page["faults"] == []
    assert (page["acts"][-1]["who"], page["acts"][-1]["door"]) == ("Dashboard", f"HTTP, key {ring.keys()[1].id}")
    assert page["head"].startswith(f"{page['acts'][-1]['no']}:")
    again = client.get("/v1/audit", params={"limit": 1}, headers=auditor).json()
    assert (again["acts"][0]["who"], again["acts"][0]["act"]) == ("A. Example", "GET /v1/audit")
    assert client.get("/v1/audit", params={"who_saw": "person:nobody"}, headers=auditor).json()["acts"] == []
    for address in ("/v1/find?q=house", "/v1/questions", "/v1/memos", "/v1/sources", "/v1/watches"):
        assert client.get(address, headers=auditor).status_code == 403
    for role in ("reader", "editor", "steward"):
        refused = client.get("/v1/audit", headers=bearer(key(f"{role} of a test", role, "sensitive")))
        assert (refused.status_code, refused.json()["code"]) == (403, "IGA-1701")


def test_people_come_by_the_sign_on_as_what_they_were_entered(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], office: Workspace
) -> None:
    key("B. Example", "editor", "internal", sign_on="b.example@agency.example.org", expires="")
    entrance = Entrance(anybody=None, keys=ring, identity=IDENTITY, names=(PUBLIC_NAME,))
    client = at(entrance, host=PUBLIC_NAME)
    assert seen(client, **{IDENTITY: "B.Example@agency.example.org"}) == ["public", "internal"]
    assert list(office.audit_log.entries())[-1].who == "B. Example"
    assert seen(client, **{IDENTITY: "unknown@agency.example.org"}) == ["public"]
    assert list(office.audit_log.entries())[-1].who == "unknown@agency.example.org"
    for headers in ([], [(IDENTITY, "")], [(IDENTITY, "b.example@agency.example.org"), (IDENTITY, "root")]):
        reply = client.get("/v1/find?q=house", headers=headers)
        assert (reply.status_code, "one is needed" in reply.json()["detail"]) == (403, True)
    program = bearer(key(networks=("10.0.0.0/8",)))
    assert client.get("/v1/find?q=house", headers={**program, "X-Forwarded-For": "10.1.1.1"}).status_code == 200
    spoofed = {**program, "X-Forwarded-For": "10.1.1.1, 192.0.2.7"}
    assert client.get("/v1/find?q=house", headers=spoofed).status_code == 403


@pytest.mark.parametrize("name", ["unknown@agency.example.org", "reader", "Dashboard", "sign-on"])
def test_whoever_signed_on_and_was_not_entered_is_told_of_the_service_what_strangers_are(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], name: str
) -> None:
    key("B. Example", sign_on="b.example", expires="")
    client = at(Entrance(anybody=None, keys=ring, identity=IDENTITY, names=(PUBLIC_NAME,)), host=PUBLIC_NAME)
    client.get("/v1/find?q=house", headers={IDENTITY: name})  # what is shown is made
    for who, metrics, told in ((name, 401, {"ready"}), ("b.example", 200, {"ready", "through"})):
        assert client.get("/metrics", headers={IDENTITY: who}).status_code == metrics
        ready = client.get("/readyz", headers={IDENTITY: who})
        assert (ready.status_code, ready.json().keys() & {"ready", "through"}) == (200, told)


def test_everybody_sees_their_own_saved_questions(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str]
) -> None:
    client = at(Entrance(keys=ring))
    own = bearer(key("B. Example", "editor"))
    assert [watch["name"] for watch in client.get("/v1/watches", headers=own).json()["watches"]] == ["houses"]
    assert client.get("/v1/watches?by=B. Example", headers=own).status_code == 200
    assert client.get("/v1/watches?by=C. Example", headers=own).status_code == 403
    assert client.get("/v1/watches", headers=bearer(key("D. Example"))).json() == {"watches": []}


def test_a_damaged_ring_lets_nobody_in_and_says_nothing_of_where_it_lies(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str]
) -> None:
    headers = bearer(key())
    ring.path.write_bytes(b"{")
    reply = at(Entrance(keys=ring)).get("/v1/find?q=house", headers=headers)
    assert reply.status_code == 500
    assert str(ring.path) not in reply.text
    assert seen(at(Entrance(keys=ring))) == ["public"]


def test_the_use_of_a_key_is_noted(at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str]) -> None:
    secret = key()
    assert ring.keys()[0].used_at == ""
    at(Entrance(keys=ring)).get("/v1/questions", headers=bearer(secret))
    assert json.loads(ring.path.read_bytes())[0]["used_at"][:10] == TODAY


def test_anybody_is_nobody_in_particular() -> None:
    assert (ANYBODY.ceiling, ANYBODY.role) == (Marking.PUBLIC, "")


def test_a_stranger_learns_whether_the_service_is_ready_and_nothing_more(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], office: Workspace
) -> None:
    client = at(Entrance(keys=ring, ceiling=Marking.SENSITIVE))
    assert client.get("/readyz").json() == {"ready": True}
    refused = client.get("/metrics")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    for ceiling, loads in (("public", 1), ("internal", 2), ("sensitive", 3)):
        known = bearer(key(ceiling=ceiling))
        told = client.get("/readyz", headers=known).json()  # by which it is made
        seen = office.under(Reader("A", ceiling=Marking.named(ceiling))).state()
        assert (told["through"], told["ledger_through"], told["data_version"]) == (loads, loads, seen.data_version)
        assert b"iga_requests_total" in client.get("/metrics", headers=known).content


@pytest.mark.parametrize("role", ROLES)
def test_every_key_opens_what_strangers_are_told_of_the_service(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], office: Workspace, role: str
) -> None:
    client = at(Entrance(keys=ring, ceiling=Marking.PUBLIC))
    known = bearer(key(f"{role} of all", role, "sensitive"))
    client.get("/v1/find?q=house")  # what is shown is made
    for address in ("/healthz", *(f"/{name}" for name in OF_ALL)):
        assert client.get(address, headers=known).status_code == 200, address
        assert client.get(address).status_code == (401 if address == "/metrics" else 200), address
    told = client.get("/readyz", headers=known).json()
    assert told["data_version"] == office.under(ANYBODY).state().data_version  # what the service shows, and no more


@pytest.mark.parametrize("of_port", ["public", "internal", "sensitive"])
@pytest.mark.parametrize("of_service", ["public", "internal", "sensitive"])
def test_an_auditor_reads_the_log_whatever_the_service_shows(
    office: Workspace, ring: KeyRing, key: Callable[..., str], of_port: str, of_service: str
) -> None:
    shown = office.under(office.reader.below(Marking.named(of_service)))
    client = AppClient(create_app(shown, entrance=Entrance(keys=ring, ceiling=Marking.named(of_port))))
    auditor = bearer(key("A. Example", "auditor", "sensitive"))
    page = client.get("/v1/audit", headers=auditor)
    assert (page.status_code, page.json()["faults"]) == (200, [])
    assert client.get("/v1/find?q=house", headers=auditor).status_code == 403
    assert client.get("/v1/audit", headers=bearer(key("B. Example", "steward", "sensitive"))).status_code == 403


def test_states_of_past_days_are_made_for_those_who_are_known(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.api.making.PATIENCE_S", 60)
    client, known = at(Entrance(keys=ring)), bearer(key(ceiling="public"))
    asked = [f"/v1/find?q=house&known_on={day}" for day in ("2020", "load:0")]
    made: list[str] = []
    monkeypatch.setattr("iga.graph.workspace.Workspace._bring_up", _noting(Workspace._bring_up, made))
    assert [client.get(address).status_code for address in asked * 2] == [401] * 4
    assert made == []
    assert client.get("/v1/find?q=house&known_on=load:9").status_code == 200  # the present state
    assert made == []
    assert client.get(asked[0], headers=known).json()["hits"] == []
    assert made == ["public 0"]
    assert [client.get(address).status_code for address in asked] == [200] * 2  # by now it is at hand
    assert made == ["public 0"]


def test_a_stranger_is_refused_a_state_to_be_made_before_it_is_their_turn(office: Workspace) -> None:
    async def asked() -> None:
        begun, go, sent = list[str](), asyncio.Event(), list[dict[str, Any]]()

        async def work(scope: dict[str, Any], *_: object) -> None:
            begun.append(scope["query_string"].decode())
            await go.wait()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        def asking(query: str) -> asyncio.Future[None]:
            state = {"reader": ANYBODY}
            scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/v1/find", "headers": [], "state": state}
            scope |= {"query_string": query.encode(), "app": serving}
            return asyncio.ensure_future(door(scope, None, send))  # type: ignore[arg-type]

        serving = Starlette(routes=[Route("/v1/find", lambda _: None)])
        door = Past(Turns(work), workspace=office)  # type: ignore[arg-type]
        slow = [asking("q=a") for _ in range(9)]
        await asyncio.gather(
            *(asking(f"q=a&known{line}on={day}") for day in ("1999", "x") for line in ("_", "%5F") * 9)
        )
        assert begun == ["q=a"] * OF_STRANGERS
        assert Counter(it["status"] for it in sent if "status" in it) == {401: 18, 422: 18}
        go.set()
        await asyncio.gather(*slow, asking("q=a&known_on=load:9"))
        assert begun[-1] == "q=a&known_on=load:9"  # the present state

    office.views.drop_past()
    with office.under(ANYBODY).reading():
        pass
    asyncio.run(asyncio.wait_for(asked(), 60))


@pytest.mark.parametrize("ceiling", ["public", "internal"])
def test_what_a_ceiling_leaves_is_said_to_be_made_when_it_is_first_asked_for(
    office: Workspace,
    ring: KeyRing,
    key: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ceiling: str,
) -> None:
    settings = replace(office.settings, store=f"embedded:{tmp_path / 'graph'}")
    asked, known = "/v1/find?q=house", bearer(key(ceiling=ceiling))
    made: list[str] = []
    monkeypatch.setattr("iga.graph.workspace.Workspace._bring_up", _noting(Workspace._bring_up, made))
    with Workspace(settings, clock=clock).kept_open() as workspace, workspace:
        client = AppClient(create_app(workspace, entrance=Entrance(keys=ring)))
        for name in ("making.FIRST_S", "routes.health.ANSWERED_S"):
            monkeypatch.setattr(f"iga.api.{name}", 0)
        replies = [client.get(asked, headers=known) for _ in range(3)]
        assert {(it.status_code, it.headers["location"], it.headers["retry-after"]) for it in replies} == {
            (202, asked, "5")
        }
        ready = client.get("/readyz", headers=known)
        assert (ready.status_code, ready.json()["being_made"], ready.json()["ready"]) == (503, True, False)
        page = client.get("/look?q=house", headers={**known, "Accept": "text/html"})
        assert (page.status_code, page.headers["refresh"], "being made" in page.text) == (503, "5", True)
        assert client.get("/v1/reconcile/suggest/entity?prefix=house", headers=known).status_code == 503
        for name in ("making.FIRST_S", "routes.health.ANSWERED_S"):
            monkeypatch.setattr(f"iga.api.{name}", 60)
        assert client.get("/readyz", headers=known).json()["data_version"]
        assert client.get(asked, headers=known).status_code == 200
    assert made == [f"{ceiling} None"]


def _noting(bring_up: Callable[..., None], made: list[str]) -> Callable[..., None]:
    def noting(workspace: Workspace, ledger: Ledger, view: View, **more: bool) -> None:
        if view.upto is not None or not workspace.views.is_there(view):
            made.append(f"{view.ceiling.word} {view.upto}")
        bring_up(workspace, ledger, view, **more)

    return noting


@pytest.mark.parametrize("day", ["x", "2026-13", "2026-02-30", "2026-01-01T99:99Z", "load:", "load:9999999999", "%00"])
def test_a_day_that_is_none_is_refused_on_every_route_and_leaves_no_trace(
    at: Callable[..., AppClient], ring: KeyRing, key: Callable[..., str], caplog: pytest.LogCaptureFixture, day: str
) -> None:
    client, known = at(Entrance(keys=ring)), bearer(key())
    listed = {"names": [{"name": "House"}]}
    with pytest.raises(UsageError):
        known_on(QueryParams({"known_on": day}))  # before anything is made for it
    for headers in ({}, known):
        assert client.get(f"/v1/find?q=house&known_on={day}", headers=headers).status_code == 422
        assert client.post(f"/v1/match?known_on={day}", json=listed, headers=headers).status_code == 422
        assert client.get(f"/questions/members?party=house&known_on={day}", headers=headers).status_code < 500
    gc.collect()  # what a task was left with is told when it goes
    assert caplog.records == []
