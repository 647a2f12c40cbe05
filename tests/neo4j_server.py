"""A real Neo4j Community for tests: a server that is named, else one from Maven's jars (java 17 and mvn)."""

import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.maven import jars, lacking

VERSION = "5.26.20"
_SERVE = """
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
class Serve {
  public static void main(String[] args) throws Exception {
    var address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    var service = new DatabaseManagementServiceBuilder(java.nio.file.Path.of(args[0]))
        .setConfig(BoltConnector.enabled, true).setConfig(BoltConnector.listen_address, address)
        .setConfig(BoltConnector.advertised_address, address)
        .setConfig(GraphDatabaseSettings.auth_enabled, Boolean.parseBoolean(args[2])).build();
    System.out.println("ready");
    System.in.read();  // the parent closing our stdin, or dying, ends us
    service.shutdown();
  }
}
"""
_OPENED = ("java.nio", "sun.nio.ch", "java.lang")


def missing() -> str:
    """Return what this machine lacks to start a server, as a sentence; blank when it lacks nothing."""
    wanted = lacking(_home())
    return f"no Neo4j: set IGA_TEST_NEO4J_URI, or install {' and '.join(wanted)}" if wanted else ""


@contextmanager
def neo4j_server(
    data: Path, heap: str = "768m", options: Sequence[str] = (), *, asks_for_passwords: bool = False
) -> Iterator[str]:
    """Give the Bolt address of a server on this machine only, without passwords as a rule; it ends with the block."""
    home = _jars()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        "java", f"-Xmx{heap}", *options, *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED),
        "-cp", str(home / "lib" / "*"), str(home / "Serve.java"), str(data), str(port),
        str(asks_for_passwords),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if not process.stdout or b"ready" not in process.stdout.readline():
            raise RuntimeError(f"Neo4j did not start; try it by hand: {' '.join(command)}")
        try:
            yield f"bolt://127.0.0.1:{port}"
        finally:
            process.kill()  # its data goes with the test; an orderly end takes ten seconds


def _home() -> Path:
    return Path(os.environ.get("NEO4J_JARS") or Path.home() / ".cache" / f"neo4j-{VERSION}")


def _jars() -> Path:
    """Return the folder of the jars, filled on first use."""
    home = _home()
    jars(home, *(("org.neo4j", name, VERSION) for name in ("neo4j", "neo4j-bolt")))
    (home / "Serve.java").write_text(_SERVE, encoding="utf-8", newline="\n")
    return home
