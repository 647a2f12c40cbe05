"""What is kept of an answer is given only while it is what would be answered, to who may see it, and is noted."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from iga.api import cache
from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.graph.audit_log import Act
from iga.graph.domain.marking import Marking
from iga.graph.keys import Key, KeyRing
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from iga.graph.statements import PERSON_JUDGE, Card, Statement, Verdict
from iga.graph.workspace import Workspace
from iga.queries.core.permissions import CONTACTED
from tests.api.listed import put
from tests.app_client import AppClient
from tests.queries.world import card, edge, node, rows, since

EMBARGO = "2026-06-09T00:00:00Z"


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-06-01T12:00:00+00:00")

    def __call__(self) -> datetime:
        return self.now


def _consent(**values: object) -> Statement:
    allowed: dict[str, object] = {"person": "person:sue", "purpose": CONTACTED, "decision": "allowed"}
    return node(
        "Consent", "consent:sue", **(allowed | {"given_on": "2026-01-10", "period": since("2026-01-10")} | values)
    )


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Workspace]:
    """Give a body whose head agreed to be contacted, with one member, a hidden partner, and one under embargo."""
    home = tmp_path_factory.mktemp("kept")
    with Workspace(read_settings({}, store=str(home / "graph")), clock=clock).kept_open() as opened, opened:
        opened.catch_up()
        put(
            opened,
            card("list:body", "A body"),
            node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO"),
            node("Post", "post:head", name="Head of the Unit", role="head"),
            edge("POST_IN", "post:head", "org:eso"),
            node("Person", "person:sue", name="Sue Example"),
            edge("HOLDS", "person:sue", "post:head", period=since("2025-01-01"), attested_on=["2026-05-01"]),
            node("ContactPoint", "contact:sue", name="mail", channel={"kind": "email", "value": "sue@example.org"}),
            edge("REACHED_AT", "person:sue", "contact:sue"),
            node("Person", "person:ann", name="Ann Example"),
            edge("HOLDS", "person:ann", "post:deputy", period=since("2025-01-01"), attested_on=["2026-05-01"]),
            node("Post", "post:deputy", name="Deputy Head of the Unit", role="deputy"),
            edge("POST_IN", "post:deputy", "org:eso"),
            node("ContactPoint", "contact:ann", name="mail", channel={"kind": "email", "value": "ann@example.org"}),
            edge("REACHED_AT", "person:ann", "contact:ann"),
            node("Ngo", "ngo:a", name="House A"),
            edge("MEMBER_OF", "ngo:a", "org:eso", category="member"),
            node("Ngo", "ngo:twin", name="House Twin"),
        )
        put(opened, card("list:consents", "Consents"), _consent())
        put(opened, card("list:hidden", "Hidden", marking=Marking.SENSITIVE), node("Ngo", "ngo:h", name="House Hidden"))
        put(opened, card("list:later", "Later"), node("Ngo", "ngo:later", name="House Later"), public_from=EMBARGO)
        opened.audit_log.append(Act(0, opened.now(), "A", "a test", "the first act, which the ledger notes"))
        yield opened


@pytest.fixture(scope="module")
def public(workspace: Workspace) -> AppClient:
    """Give the service as the public sees it."""
    return AppClient(create_app(workspace.under(Reader("A", ceiling=Marking.PUBLIC))))


@pytest.fixture(scope="module")
def service(workspace: Workspace) -> AppClient:
    return AppClient(create_app(workspace), raise_server_exceptions=False)


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the ceilings under which something was answered anew since."""
    asked: list[str] = []
    reading = Workspace.reading

    def counted(of: Workspace, **how: object) -> object:
        asked.append(of.reader.ceiling.word)
        return reading(of, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Workspace, "reading", counted)
    return asked


def kept_reply(service: AppClient, path: str, anew: list[str]) -> Any:
    """Return the second answer to a question, which is the first as it was kept."""
    numbered = {"X-Request-Id": "of-a-test"}
    first = service.get(path, headers=numbered)
    anew.clear()
    second = service.get(path, headers=numbered)
    assert (second.status_code, second.content, anew) == (200, first.content, []), first.text
    assert second.headers == first.headers
    return second


CONTACT, MEMBERS, FIND = (
    "/v1/questions/contact?party=org:eso",
    "/v1/questions/members?party=org:eso",
    "/v1/find?q=House",
)


def entered(workspace: Workspace) -> None:
    put(workspace, card("list:b", "B"), node("Ngo", "ngo:b", name="House B"), edge("MEMBER_OF", "ngo:b", "org:eso"))


def entered_by_another(workspace: Workspace) -> None:
    """Commit a load from a connection of its own, as another process does, and leave the graph behind."""
    with (
        Workspace(workspace.settings, clock=workspace._clock) as other,
        other.changing("a test") as ledger,
        ledger.open_load(card("list:c", "C")) as load,
    ):
        load.put(rows("c.csv", node("Ngo", "ngo:c", name="House C"), edge("MEMBER_OF", "ngo:c", "org:eso")))
        load.commit({"read": 2})


def judged(workspace: Workspace) -> None:
    put(workspace, Card(PERSON_JUDGE, "Judgements", rank=10), Verdict("ngo:a", "ngo:twin", "same", by="A", because="x"))


def taken_back(workspace: Workspace) -> None:
    put(workspace, card("list:consents", "Consents"), _consent(withdrawn_on="2026-05-20"))


def protected(workspace: Workspace) -> None:
    put(workspace, card("list:protected", "Protected"), node("Person", "person:ann", is_protected=True))


CHANGES: tuple[tuple[Callable[[Workspace], None], str, str, bool], ...] = (
    (entered, MEMBERS, "House B", True),
    (entered_by_another, MEMBERS, "House C", True),
    (judged, "/v1/entities/ngo:a", "ngo:twin", True),
    (protected, CONTACT, "ann@example.org", False),
    (taken_back, CONTACT, "sue@example.org", False),
)


@pytest.mark.parametrize(("change", "path", "text", "is_there_then"), CHANGES)
def test_nothing_kept_is_given_after_a_change(
    workspace: Workspace,
    service: AppClient,
    anew: list[str],
    change: Callable[[Workspace], None],
    path: str,
    text: str,
    is_there_then: bool,
) -> None:
    before = kept_reply(service, path, anew)
    assert (text in before.text) != is_there_then
    change(workspace)
    anew.clear()
    after = service.get(path)
    assert (text in after.text) == is_there_then
    assert anew
    kept_reply(service, path, anew)


def test_nothing_kept_is_given_on_another_day(clock: Clock, service: AppClient, anew: list[str]) -> None:
    before = kept_reply(service, MEMBERS, anew).json()
    clock.now += timedelta(days=1)
    after = service.get(MEMBERS).json()
    assert (before["as_of"], after["as_of"]) == ("2026-06-01", "2026-06-02")
    clock.now -= timedelta(days=1)
    anew.clear()
    assert service.get(MEMBERS).json() == before
    assert anew


def test_nothing_kept_is_given_after_an_embargo_ended(clock: Clock, public: AppClient, anew: list[str]) -> None:
    clock.now = datetime.fromisoformat(EMBARGO) - timedelta(minutes=1)
    assert "House Later" not in kept_reply(public, FIND, anew).text
    clock.now += timedelta(minutes=2)
    assert "House Later" in public.get(FIND).text


def test_two_readers_share_nothing(workspace: Workspace, tmp_path: Path, anew: list[str]) -> None:
    ring = KeyRing(tmp_path / "keys")
    expires = (workspace._clock() + timedelta(100)).date().isoformat()
    ceilings = ("public", "sensitive", "internal")
    keys = {it: ring.add(Key("", it, "reader", it, workspace.now(), "B", expires=expires))[1] for it in ceilings}
    service = AppClient(create_app(workspace, entrance=Entrance(keys=ring)))

    def asked(ceiling: str) -> str:
        return service.get(FIND, headers={"Authorization": f"Bearer {keys[ceiling]}"}).text

    first = {ceiling: asked(ceiling) for ceiling in ("sensitive", "public", "internal")}
    assert ["House Hidden" in first[ceiling] for ceiling in ceilings] == [False, True, False]
    anew.clear()
    assert {ceiling: asked(ceiling) for ceiling in ceilings} == first
    assert anew == []
    last = list(workspace.audit_log.entries())[-3:]
    assert [(act.who, act.act) for act in last] == [(ceiling, "GET /v1/find") for ceiling in ceilings]


def test_a_kept_answer_is_noted_as_the_first_one_was_and_not_given_where_it_must_be_and_cannot(
    workspace: Workspace, service: AppClient, anew: list[str]
) -> None:
    protected(workspace)  # nobody asked her, so a look-up shows her
    path, log = "/v1/entities/person:ann", workspace.audit_log
    kept_reply(service, path, anew)
    first, second = list(log.entries())[-2:]
    assert (second.no, second.shown, second.about, second.act) == (first.no + 1, first.shown, first.about, first.act)
    assert list(second.shown) == ["person:ann"]
    kept_reply(service, MEMBERS, anew)
    lines = log.path.read_bytes()
    for file in (log.path, log.path.with_name(f"{log.path.name}.head")):
        file.unlink()
    log.path.mkdir()
    assert service.get(path).json()["code"] == "IGA-1604"
    anew.clear()
    assert (service.get(MEMBERS).status_code, anew) == (200, [])
    log.path.rmdir()
    log.path.write_bytes(lines)


def test_parameters_may_come_in_any_order_and_what_was_not_understood_is_not_kept(
    service: AppClient, anew: list[str]
) -> None:
    kept_reply(service, f"{MEMBERS}&as_of=2026-06-01", anew)
    assert service.get("/v1/questions/members?as_of=2026-06-01&party=org:eso").status_code == 200
    assert anew == []
    for path, code in (("/v1/questions/members?party=nobody", 404), (f"{MEMBERS}&x=1", 422), ("/v1/memos", 200)):
        assert [service.get(path).status_code for _ in range(2)] == [code] * 2


def test_no_more_is_kept_than_there_is_room_for(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    service = AppClient(create_app(workspace))
    monkeypatch.setattr(cache, "MOST_BYTES", 4 * len(service.get(FIND).content))
    for limit in range(1, 9):
        service.get(f"{FIND}&limit={limit}")
        [shelf] = service.app.state.kept._shelves.values()
        assert sum(2 * len(answer.reply.body) for answer in shelf.answers.values()) <= shelf.weight <= cache.MOST_BYTES
