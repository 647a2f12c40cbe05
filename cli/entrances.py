"""The ways to the HTTP service: a port, its own socket, and a socket for the organization's sign-on proxy."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from limits import parse

from iga.api.access_log import Meters
from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.api.connections import Listening, OwnConnection, connection_of
from iga.api.limits import RATE
from iga.api.sign_ins import SignIns
from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, SettingsError, UsageError
from iga.graph.keys import KeyRing
from iga.graph.rollback import undone_by
from iga.graph.workspace import Workspace


@dataclass(frozen=True)
class Ways:
    """How the service is reached, as it was asked for.

    Attributes:
        ceiling: Highest marking that is shown to anybody over HTTP.
        origins: Origins of the web pages that may read the reconciliation service.
        behind: Public name that a proxy answers under; blank is none.
        proxy_socket: Where the proxy connects; None is nowhere.
        proxy_account: Account of the proxy's process; blank is our own.
        proxy_header: Header in which it names the person who signed on.
        certificate: Files of the certificate and its key; empty is without TLS.
        meters: What counts the requests of all ways.
        sign_ins: Who signed in to the pages; None where nobody can.
    """

    ceiling: Marking
    origins: tuple[str, ...] = ()
    behind: str = ""
    proxy_socket: Path | None = None
    proxy_account: str = ""
    proxy_header: str = ""
    certificate: tuple[str, str] | tuple[()] = ()
    rate: str = RATE
    meters: Meters = field(default_factory=Meters)
    sign_ins: SignIns | None = None

    def __post_init__(self) -> None:
        """Refuse a rate that is none, with a UsageError."""
        try:
            parse(self.rate)
        except ValueError as error:
            raise UsageError(f"--rate {self.rate!r} is no rate: write 300/second or 6000/minute") from error

    def app(self, workspace: Workspace, entrance: Entrance | None = None, origins: tuple[str, ...] = ()) -> FastAPI:
        """Return the application for one of the ways."""
        return create_app(workspace, origins=origins, entrance=entrance, rate=self.rate, meters=self.meters)


def listen(host: str, port: int) -> socket.socket:
    """Open the port, before anything else is opened.

    Raises:
        UsageError: It is no address.
        SettingsError: The port is taken.
    """
    address = _address(host)
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        # Named as TCP, which create_server leaves open: only then does asyncio send small replies without delay.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        with undone_by(listening.close):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name != "nt")
            listening.bind((str(address), port))
            listening.listen()
        return listening
    except OSError as error:
        raise SettingsError(f"port {port} cannot be used ({error.strerror}): choose another with --port") from error


def refuse_if_open(host: str, ways: Ways, keys: KeyRing, *, today: str) -> None:
    """Refuse an address of other machines where nobody could be told from anybody.

    Raises:
        Denied: There is no key, or what is said could be read on its way.
        UsageError: It is no address.
    """
    if _address(host).is_loopback:
        return
    if not keys.has_good(today):
        raise Denied(
            f"--host {host} can be reached from other machines, and no key was given out that tells who asks:"
            " iga keys new makes one; or write 127.0.0.1"
        )
    if not ways.certificate:
        raise Denied(f"--host {host}: keys could be read on their way; give --certificate, or write 127.0.0.1")


def at_port(workspace: Workspace, port: socket.socket, ways: Ways, keys: KeyRing) -> Listening:
    """Return the way by the port: public things for anybody on this machine, more for whoever has a key or signs in."""
    host = str(port.getsockname()[0])
    is_own = ipaddress.ip_address(host).is_loopback
    names = tuple(filter(None, (ways.behind.lower(), "" if is_own else host)))
    # A link may be sent to another machine, and whoever opened it there would come as our own account.
    people = ways.sign_ins if is_own else None
    anybody = ANYBODY if is_own else None
    entrance = Entrance(anybody=anybody, keys=keys, names=names, ceiling=ways.ceiling, sign_ins=people)
    return Listening(ways.app(workspace, entrance, ways.origins), port, certificate=ways.certificate)


def at_own_socket(workspace: Workspace, own: socket.socket, ways: Ways) -> Listening:
    """Return the way by the socket of our own account, which needs no key."""
    return Listening(ways.app(under(workspace, ways.ceiling)), own, wire=OwnConnection)


@contextmanager
def behind_proxy(workspace: Workspace, ways: Ways, keys: KeyRing) -> Iterator[tuple[Listening, ...]]:
    """Give the way by the socket of a sign-on proxy, if there is one, while it listens.

    Raises:
        UsageError: There is no such account, or no public name.
        SettingsError: There can be no socket there.
    """
    if ways.proxy_socket is None:
        yield ()
        return
    if not ways.behind:
        raise UsageError("--proxy-socket needs --behind NAME, the public name that the proxy answers under")
    account = _account(ways.proxy_account)
    entrance = Entrance(
        anybody=None,
        keys=keys,
        identity=ways.proxy_header,
        names=(ways.behind.lower(),),
        ceiling=ways.ceiling,
        sign_ins=ways.sign_ins,
    )
    # Others may knock, and are turned away by their account: the folder cannot say who the proxy is.
    with unix_socket(ways.proxy_socket, mode=0o600 if account == os.getuid() else 0o666) as listening:
        yield (Listening(ways.app(workspace, entrance), listening, wire=connection_of(account)),)


@contextmanager
def unix_socket(path: Path, *, mode: int) -> Iterator[socket.socket]:
    """Give a socket that listens at a path, and remove it at the end.

    Raises:
        SettingsError: There can be none, or something else is there.
    """
    with socket.socket(socket.AF_UNIX) as listening:
        try:
            if path.is_socket():
                path.unlink()
            listening.bind(str(path))
            path.chmod(mode)
        except OSError as error:
            raise SettingsError(f"there can be no socket at {path} ({error}): choose another place") from error
        listening.listen()
        try:
            yield listening
        finally:
            path.unlink(missing_ok=True)


def _account(name: str) -> int:
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid if name else os.getuid()
    except KeyError:
        raise UsageError(f"--proxy-account {name!r} is no account of this machine") from None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise UsageError(f"--host {host!r} is no address: write 127.0.0.1 or ::1") from None


def under(workspace: Workspace, ceiling: Marking) -> Workspace:
    """Return a workspace for its own reader, under a ceiling besides."""
    return workspace.under(workspace.reader.below(ceiling))
