"""docker-compose.yml keeps what it promises: exact versions, no root, nothing written but volumes, secrets in files."""

import re
import subprocess
from pathlib import Path

import pytest

from iga.api.hosts import is_own
from tests.composition import NGINX, ROOT, SECRETS, services
from tests.neo4j_server import VERSION

SERVICES = services()
_EXACT = re.compile(r"[a-z0-9/-]+:\d+\.\d+(\.\d+)?(-[a-z]+)*")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_what_it_needs_and_no_more(name: str) -> None:
    service = SERVICES[name]
    assert service.get("build") == "." or _EXACT.fullmatch(service["image"])
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & service.keys()


def test_what_is_built_is_built_on_an_exact_version_as_an_account_of_its_own() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    bases = {line.split()[1] for line in lines if line.startswith("FROM ")}
    assert len(bases) == 1
    assert _EXACT.fullmatch(bases.pop())
    assert "USER iga" in lines


def test_no_secret_is_a_word_of_the_file() -> None:
    named = {
        name: value
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if "PASSWORD" in name or "AUTH" in name
    }
    assert len(named) >= 4
    assert all(name.endswith("_FILE") and value.startswith("/run/secrets/") for name, value in named.items())
    readers = [volume for service in SERVICES.values() for volume in service["volumes"] if "/run/secrets" in volume]
    assert all(volume.endswith(":/run/secrets:ro") for volume in readers)
    assert len(readers) == len(SERVICES) - 1  # all but the one that makes them


def test_only_the_proxy_is_reached_from_elsewhere() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service.get("networks", ())] == ["proxy"]


def test_the_proxy_knows_every_service_by_its_port() -> None:
    replicas = [service for name, service in SERVICES.items() if name.startswith("api-")]
    ports = {service["command"][-1] for service in replicas}
    assert set(re.findall(r"server 127\.0\.0\.1:(\d+)", NGINX.read_text("utf-8"))) == ports
    assert len(ports) == 2
    assert all(f":{service['command'][-1]}/readyz" in service["healthcheck"]["test"][-1] for service in replicas)


def test_what_the_proxy_hands_on_comes_under_its_own_name_whatever_was_asked_for() -> None:
    [name] = re.findall(r"proxy_set_header\s+Host\s+([^;]+);", NGINX.read_text("utf-8"))
    replicas = [service["command"] for service in SERVICES.values() if "serve" in service.get("command", ())]
    assert [command[command.index("--behind") + 1] for command in replicas] == [name, name]
    assert "$" not in name
    assert not is_own(name)  # what comes under a name of this machine is shown without a key


def test_the_tests_run_on_the_neo4j_that_is_composed() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{VERSION}-community"


def test_secrets_are_made_once_each_for_who_needs_it(tmp_path: Path) -> None:
    for folder in ("api", "neo4j", "postgresql", "proxy"):
        (tmp_path / folder).mkdir()

    def made() -> dict[str, str]:
        subprocess.run(["sh", str(SECRETS), str(tmp_path)], check=True)
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        return {str(file.relative_to(tmp_path)): file.read_text("ascii") for file in files}

    first = made()
    assert first == made()
    assert first["neo4j/auth"] == f"neo4j/{first['api/neo4j_password']}"
    assert first["postgresql/password"] == first["api/postgresql_password"] != first["api/neo4j_password"]
    assert len(first["api/neo4j_password"]) >= 32
    assert first["proxy/certificate.pem"].startswith("-----BEGIN CERTIFICATE-----")


def test_a_proxy_that_names_people_checked_who_they_are_and_keeps_their_password() -> None:
    texts = [
        path.read_text("utf-8") for path in (*ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*"), *ROOT.glob("*.md"))
    ]
    places = [
        place for text in texts for place in re.findall(r"^ *location [^{]*\{.*?^ *\}", text, re.DOTALL | re.MULTILINE)
    ]
    naming = [place for place in places if "$remote_user" in place]
    assert naming
    for place in naming:
        assert "auth_basic_user_file " in place
        assert 'proxy_set_header Authorization "";' in place
