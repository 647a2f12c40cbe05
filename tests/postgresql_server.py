"""A real PostgreSQL for tests: a server that is named, else one of Debian's package, started and stopped here."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import psycopg

_ACCOUNT = "postgres"
"""Who runs it where the tests run as root, which PostgreSQL refuses; Debian's package makes the account."""

_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
_READY = b"ready to accept connections"
# Text is ordered as people order it, unlike in Python: what relies on the order of bytes is found.
_INITDB = ("--no-sync", "--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US")


@dataclass(frozen=True)
class PostgresqlAddress:
    """Where the server of the tests is, and as whom it is used.

    Attributes:
        uri: Address of a database that may be written to, with the password of its superuser.
        pid: First process of the server; 0 of one that others started.
    """

    uri: str
    pid: int = 0

    def run(self, *statements: str) -> None:
        """Run statements, each by itself."""
        with psycopg.connect(self.uri, autocommit=True) as server:
            for statement in statements:
                server.execute(statement.encode())

    def fresh(self, name: str = "iga_test") -> str:
        """Return the address of an empty schema of that name; what was in it is gone."""
        self.run(f"DROP SCHEMA IF EXISTS {name} CASCADE", f"CREATE SCHEMA {name}")
        return f"{self.uri}?options=-csearch_path%3D{name}"


def missing() -> str:
    """Return what this machine lacks to start a server, as a sentence; blank when it lacks nothing."""
    lacking = [program for program in ("initdb", "postgres", "setpriv") if not _path(program)]
    return f"no PostgreSQL: set IGA_TEST_POSTGRES_URI, or install {' and '.join(lacking)}" if lacking else ""


@contextmanager
def postgresql_server(certificate: tuple[str, str] | None = None) -> Iterator[PostgresqlAddress]:
    """Give a server on this machine only, for whoever has its password; it ends with the block, or with the tests.

    Args:
        certificate: Files of a certificate and its key, with which it speaks TLS.
    """
    with TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as made:
        folder, password = Path(made), secrets.token_hex(16)
        (folder / "password").write_text(password, encoding="ascii")
        options = []
        for setting, file in zip(("ssl_cert_file", "ssl_key_file"), certificate or (), strict=False):
            options += [f"{setting}={shutil.copy(file, folder / setting)}", "ssl=on"]
        if os.geteuid() == 0:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, _ACCOUNT)
        data = str(folder / "data")
        made_by = _as_its_account("initdb", *_INITDB, "-D", data, "-U", "postgres", "--auth=scram-sha-256")
        subprocess.run([*made_by, f"--pwfile={folder / 'password'}"], check=True, stdout=subprocess.DEVNULL)
        with _running(data, *options) as (port, process):
            yield PostgresqlAddress(f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres", process.pid)


@contextmanager
def standby_of(primary: PostgresqlAddress) -> Iterator[PostgresqlAddress]:
    """Give a server that follows another one; `SELECT pg_promote()` makes it take that one's place."""
    with TemporaryDirectory(prefix="standby-", ignore_cleanup_errors=True) as made:
        if os.geteuid() == 0:
            shutil.chown(made, _ACCOUNT)
        data = str(Path(made) / "data")
        copied = ("-D", data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
        subprocess.run(_as_its_account("pg_basebackup", "-d", primary.uri, *copied), check=True, cwd="/")
        with _running(data, ready=b"ready to accept read-only connections") as (port, process):
            before, _, database = primary.uri.rpartition("/")
            yield PostgresqlAddress(f"{before.rpartition(':')[0]}:{port}/{database}", process.pid)


@contextmanager
def _running(data: str, *options: str, ready: bytes = _READY) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Give the port and the first process of a server over a folder; it ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = (*_HASTY, f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *options)
    command = _as_its_account("postgres", "-D", data, *(part for setting in settings for part in ("-c", setting)))
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd="/") as process:
        if not process.stderr or not any(ready in line for line in process.stderr):
            raise RuntimeError(f"PostgreSQL did not start; try it by hand: {' '.join(command)}")
        unread = Thread(target=deque, args=(process.stderr, 0), daemon=True)  # what it says besides
        unread.start()
        try:
            yield port, process
        finally:
            process.send_signal(signal.SIGQUIT)  # its data goes with the test; killed, it would leave shared memory
            unread.join()


def _as_its_account(program: str, *arguments: str) -> list[str]:
    """Return a command of the server's, which is ended with the process that runs it, however that ends."""
    account = ("--reuid", _ACCOUNT, "--regid", _ACCOUNT, "--clear-groups") if os.geteuid() == 0 else ()
    return ["setpriv", *account, "--pdeathsig", "QUIT", "--", _path(program), *arguments]


def _path(program: str) -> str:
    """Return where a program is; Debian keeps those of a server beside the path. Blank where it is not."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(program) or next((str(path) for path in reversed(beside)), "")
