"""Answers are sent once where the client has them, compressed where it can read that, and kept by nobody else."""

import gzip
from collections.abc import Callable, Iterator

import pytest
import zstandard

from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.graph.domain.marking import Marking
from iga.graph.keys import Key, KeyRing
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.app_client import AppClient
from tests.clock import TODAY
from tests.queries.world import card, node

LONG, FIND = "/v1/questions", "/v1/find?q=Ghana"
READS = (FIND, "/v1/entities/gov:gha", "/v1/questions/members?party=ESO", LONG, "/v1/sources", "/openapi.json")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = listed.made_in(tmp_path_factory.mktemp("delivery"))
    with listed.opened(folder) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing(tmp_path_factory.mktemp("delivery") / "keys")


@pytest.fixture(scope="module")
def bearer(keys: KeyRing) -> dict[str, str]:
    made = Key("", "Dashboard", "reader", "sensitive", f"{TODAY}T00:00:00Z", "B", expires=TODAY)
    return {"Authorization": f"Bearer {keys.add(made)[1]}"}


@pytest.fixture(scope="module")
def port(office: Workspace, keys: KeyRing) -> AppClient:
    """Give the service at its port: public things for anybody, more by a key."""
    app = create_app(office, entrance=Entrance(anybody=ANYBODY, keys=keys))
    return AppClient(app, headers={"Accept-Encoding": "identity"})


@pytest.mark.parametrize("address", READS)
@pytest.mark.parametrize("is_known", [False, True])
def test_what_a_client_has_is_not_sent_again(
    port: AppClient, bearer: dict[str, str], address: str, *, is_known: bool
) -> None:
    who = bearer if is_known else {}
    first = port.get(address, headers=who)
    tag = first.headers["etag"]
    assert tag.startswith('"')  # a strong one
    for known in (tag, f'"other", W/{tag}', "*"):
        again = port.get(address, headers={**who, "If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in again.headers
    assert port.get(address, headers={**who, "If-None-Match": '"other"'}).content == first.content


@pytest.mark.parametrize("address", [*READS, "/healthz"])
def test_head_tells_what_get_would_without_it(port: AppClient, address: str) -> None:
    got, head = port.get(address), port.head(address)
    assert (head.status_code, head.content) == (200, b"")
    numbered = {"x-request-id"}
    assert {it: head.headers[it] for it in head.headers if it not in numbered} == {
        it: got.headers[it] for it in got.headers if it not in numbered
    }
    assert port.head("/v1/find").status_code == 422


def test_a_tag_changes_with_what_is_shown_and_with_nothing_else(office: Workspace, port: AppClient) -> None:
    def tags() -> list[str]:
        return [port.get(address).headers["etag"] for address in READS]

    before = tags()
    hidden = node("Ngo", "ngo:unseen", name="Ghana Unseen")
    listed.put(office, card("test:unseen", "Unseen", marking=Marking.SENSITIVE), hidden)
    assert tags() == before
    listed.put(office, card("test:seen", "Seen"), node("Ngo", "ngo:seen", name="Ghana Seen"))
    assert tags()[0] != before[0]


def test_public_things_may_be_kept_by_who_asked_and_nothing_else_by_anybody(
    port: AppClient, bearer: dict[str, str]
) -> None:
    for address in READS:
        assert port.get(address).headers["cache-control"] == "private, no-cache"
        assert port.get(address, headers=bearer).headers["cache-control"] == "no-store"
    assert port.get("/v1/find").headers["cache-control"] == "no-store"
    assert "Authorization" in port.get(FIND).headers["vary"]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"), ("zstd", "zstd"), ("gzip, zstd", "zstd"), ("br, gzip;q=0.5", "gzip"), ("gzip;q=0", ""),
        ("", ""),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_long_answer_is_compressed_as_the_client_can_read_it(port: AppClient, accepted: str, coding: str) -> None:
    plain = port.get(LONG).content
    for _ in range(2):
        with port.stream("GET", LONG, headers={"Accept-Encoding": accepted}) as reply:
            sent = b"".join(reply.iter_raw())
        assert reply.headers.get("content-encoding", "") == coding
        assert len(sent) == int(reply.headers["content-length"])
        read: dict[str, Callable[[bytes], bytes]] = {
            "gzip": gzip.decompress,
            "zstd": zstandard.ZstdDecompressor().decompress,
            "": bytes,
        }
        assert read[coding](sent) == plain
        assert coding == "" or len(sent) < len(plain) / 2
        assert (reply.headers["etag"] == port.get(LONG).headers["etag"]) == (coding == "")


def test_what_is_short_and_what_is_compressed_already_is_sent_as_it_is(port: AppClient) -> None:
    everything = {"Accept-Encoding": "gzip, zstd"}
    assert "content-encoding" not in port.get("/healthz", headers=everything).headers
    xlsx = {"Accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    assert "content-encoding" not in port.get("/v1/questions/members?party=ESO", headers=everything | xlsx).headers
