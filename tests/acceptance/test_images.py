"""The contract suites on the very images of docker-compose.yml; only where they are asked for, and a Docker is."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.composition import ROOT, services

SUITES = ("tests/contracts", "tests/graph/ledger", "tests/acceptance/test_several_processes_on_neo4j.py")
_PASSWORD = "a-word-for-the-tests"


@pytest.mark.images
def test_the_contracts_hold_on_the_images_that_are_composed(request: pytest.FixtureRequest) -> None:
    if "images" not in str(request.config.getoption("-m")):
        pytest.skip("not asked for: python dev.py test -n 0 -m images tests/acceptance/test_images.py")
    if shutil.which("docker") is None or subprocess.run(["docker", "info"], capture_output=True).returncode:
        pytest.skip("no Docker daemon to start the images with")
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.wait_strategies import LogMessageWaitStrategy

    composed = services()
    neo4j = DockerContainer(composed["neo4j"]["image"]).with_exposed_ports(7687)
    neo4j = neo4j.with_env("NEO4J_AUTH", f"neo4j/{_PASSWORD}").waiting_for(LogMessageWaitStrategy("Started."))
    postgresql = DockerContainer(composed["postgresql"]["image"]).with_exposed_ports(5432)
    postgresql = postgresql.with_env("POSTGRES_PASSWORD", _PASSWORD).waiting_for(
        LogMessageWaitStrategy("database system is ready to accept connections", times=2)
    )
    with neo4j, postgresql:
        ports = {"neo4j": neo4j.get_exposed_port(7687), "postgresql": postgresql.get_exposed_port(5432)}
        environ = {
            "IGA_TEST_NEO4J_URI": f"bolt://{neo4j.get_container_host_ip()}:{ports['neo4j']}",
            "IGA_TEST_NEO4J_PASSWORD": _PASSWORD,
            "IGA_TEST_POSTGRES_URI": f"postgresql://postgres:{_PASSWORD}@{postgresql.get_container_host_ip()}"
            f":{ports['postgresql']}/postgres",
        }
        command = [sys.executable, "-m", "pytest", "-q", *SUITES]
        subprocess.run(command, cwd=ROOT, env=os.environ | environ, check=True)
