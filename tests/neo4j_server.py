"""A real Neo4j Community for tests: a server that is named, else one from Maven's jars (java 17 and mvn)."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

VERSION = "5.26.20"
_POM = """<project><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>neo4j</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{}</dependencies></project>"""
_DEPENDENCY = "<dependency><groupId>org.neo4j</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
_SERVE = """
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
class Serve {
  public static void main(String[] args) throws Exception {
    var address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    var service = new DatabaseManagementServiceBuilder(java.nio.file.Path.of(args[0]))
        .setConfig(BoltConnector.enabled, true).setConfig(BoltConnector.listen_address, address)
        .setConfig(BoltConnector.advertised_address, address).build();
    System.out.println("ready");
    System.in.read();  // the parent closing our stdin, or dying, ends us
    service.shutdown();
  }
}
"""
BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java that runs for minutes is compiled fast, not well."""
_OPENED = ("java.nio", "sun.nio.ch", "java.lang")


def missing() -> str:
    """Return what this machine lacks to start a server, as a sentence; blank when it lacks nothing."""
    wanted = [program for program in ("java", "mvn") if not shutil.which(program)]
    if "mvn" in wanted and (_home() / "complete").exists():
        wanted.remove("mvn")
    return f"no Neo4j: set IGA_TEST_NEO4J_URI, or install {' and '.join(wanted)}" if wanted else ""


@contextmanager
def neo4j_server(data: Path, heap: str = "768m", options: Sequence[str] = ()) -> Iterator[str]:
    """Give the Bolt address of a server on this machine only, without passwords; it ends with the block."""
    home = _jars()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        "java", f"-Xmx{heap}", *options, *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED),
        "-cp", str(home / "lib" / "*"), str(home / "Serve.java"), str(data), str(port),
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
    home.mkdir(parents=True, exist_ok=True)
    (home / "Serve.java").write_text(_SERVE, encoding="utf-8", newline="\n")
    with FileLock(home / "filling.lock"):  # several workers of one run may come here at once
        _fill(home)
    return home


def _fill(home: Path) -> None:
    if not (home / "complete").exists():
        wanted = "".join(_DEPENDENCY.format(name, VERSION) for name in ("neo4j", "neo4j-bolt"))
        (home / "pom.xml").write_text(_POM.format(wanted), encoding="utf-8", newline="\n")
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={home / 'lib'}"]
        mvn = shutil.which("mvn") or "mvn"  # mvn.cmd on Windows
        command = [mvn, "-q", "-B", "-f", str(home / "pom.xml"), *goal]
        # a hundred jars: one that does not arrive is asked for again, the others are there by then
        for left in (2, 1, 0):
            if subprocess.run(command, check=not left, stdout=sys.stderr).returncode == 0:
                break
        (home / "complete").touch()
