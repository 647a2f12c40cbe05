"""Runs commands beside servers that are stopped, frozen or none: exit code, seconds and sentence of each, as a table.

`python -m bench.servers` starts a Neo4j and a PostgreSQL for it.
"""

import json
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.graph.stores.silent_servers import serving, silent, web
from tests.maven import BRIEFLY
from tests.neo4j_server import neo4j_server
from tests.postgresql_server import postgresql_server

COMMANDS = {
    "ask": ["ask", "profile", "--party", "Office 2"],
    "load": ["load", "partners.csv"],
    "add": ["add", "engagement", "--kind", "call", "--on", "2026-06-01", "--status", "held", "--party", "Office 2"],
    "status": ["status"],
    "doctor": ["doctor"],
}
HEADER = "Kind,Name,What they do,Part of,Acronym,Country,ID,Identifiers,Other names,Remarks,Source,Topics,Website"
PARTNERS = f"{HEADER}\nNGO,Office 2,helps{',' * 10}\n"
LONGEST_S = 120


class Bench:
    """A folder with a table to load, in which commands are run against a store and a ledger."""

    def __init__(self, folder: Path, store: str, ledger: str) -> None:
        self._folder = folder
        self._settings = os.environ | {"IGA_HOME": str(folder), "IGA_STORE": store, "IGA_LEDGER": ledger}
        (folder / "partners.csv").write_text(PARTNERS)

    def commands(self, state: str) -> None:
        """Run each command once and print its line."""
        for name, words in COMMANDS.items():
            began = monotonic()
            try:
                ended = subprocess.run(
                    ["iga", *words], env=self._settings, cwd=self._folder, capture_output=True, text=True,
                    timeout=LONGEST_S, check=False,
                )  # fmt: skip  # what is run, and how
                line(state, f"iga {name}", ended.returncode, began, ended.stderr if name != "doctor" else ended.stdout)
            except subprocess.TimeoutExpired:
                line(state, f"iga {name}", "none", began, "hangs")

    @contextmanager
    def served(self) -> Iterator[str]:
        """Give the address of a service over the store."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        command = ["iga", "serve", "--port", str(port)]
        with subprocess.Popen(command, env=self._settings, stderr=subprocess.DEVNULL) as service:
            try:
                while not _reply(f"http://127.0.0.1:{port}/healthz")[0]:
                    sleep(0.2)
                yield f"http://127.0.0.1:{port}"
            finally:
                service.terminate()


def asked(state: str, address: str) -> None:
    """Ask a service three things and print their lines."""
    for path in ("/healthz", "/readyz", "/v1/questions/profile?party=Office%202"):
        began = monotonic()
        status, text = _reply(address + path)
        line(state, f"GET {path.partition('?')[0]}", status, began, text)


def line(state: str, what: str, outcome: object, began: float, text: str) -> None:
    """Print one line of the table: of an error its line, or what was said last; nothing of an answer."""
    lines = [one for one in text.splitlines() if "IGA-" in one] or text.strip().splitlines()[-1:] or [""]
    said = "" if outcome in (0, 200) else " ".join(lines[0].split()).replace("|", "/")
    if said.startswith("{"):
        said = json.loads(said).get("detail", said)
    print(f"| {state} | `{what}` | {outcome} | {monotonic() - began:.1f} | {said} |", flush=True)


@contextmanager
def frozen(processes: list[int]) -> Iterator[None]:
    """Let processes stand still for the block."""
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    listed = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(one) for one in listed.stdout.split()]


def no_servers(folder: Path) -> None:
    """Look at addresses at which no server of the kind is."""
    graph, ledger = f"embedded:{folder / 'graph'}", str(folder / "ledger.sqlite")
    Bench(folder, graph, ledger).commands("no server")
    for what, answers in (("silent port", silent), ("web server", web)):
        with serving(answers) as place:
            Bench(folder, f"bolt://{place}", ledger).commands(f"{what} as graph")
            Bench(folder, graph, f"postgresql://{place}/iga").commands(f"{what} as ledger")
    Bench(folder, "bolt://127.0.0.1:1", ledger).commands("nobody as graph")
    Bench(folder, graph, "postgresql://127.0.0.1:1/iga").commands("nobody as ledger")


def in_states(bench: Bench, what: str, processes: Callable[[], list[int]]) -> None:
    """Look at a server that runs, freezes, and goes on."""
    bench.commands(f"{what} runs")
    with frozen(processes()):
        bench.commands(f"{what} frozen")
    with bench.served() as address:
        asked(f"{what} runs", address)
        with frozen(processes()):
            asked(f"{what} frozen", address)
        asked(f"{what} goes on", address)
    bench.commands(f"{what} goes on")


def _reply(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=LONGEST_S) as reply:
            return reply.status, reply.read(2000).decode()
    except HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except (URLError, TimeoutError) as error:
        return 0, str(error)


def main() -> None:
    """Print the table."""
    print("| State | What is done | Exit or status | Seconds | What is said |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in ("none", "neo4j", "postgresql"):
            (folder / name).mkdir()
        no_servers(folder / "none")
        with neo4j_server(folder / "data", options=BRIEFLY) as uri:
            neo4j = [one for one in children(os.getpid()) if "java" in Path(f"/proc/{one}/comm").read_text()]
            bench = Bench(folder / "neo4j", uri, str(folder / "neo4j" / "ledger.sqlite"))
            in_states(bench, "Neo4j", lambda: neo4j)
            with bench.served() as address:
                os.kill(neo4j[0], signal.SIGKILL)
                asked("Neo4j stopped", address)
        with postgresql_server() as server:
            bench = Bench(folder / "postgresql", f"embedded:{folder / 'postgresql' / 'graph'}", server.uri)
            in_states(bench, "PostgreSQL", lambda: [server.pid, *children(server.pid)])


if __name__ == "__main__":
    main()
