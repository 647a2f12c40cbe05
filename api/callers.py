"""Who asks: by a key, by the organization's sign-on, as the account that runs the service, or nobody in particular."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem_of
from graph.audit_log import Act
from graph.domain.marking import Marking
from graph.errors import Denied, IgaError, NotAdmitted
from graph.keys import VERSION, Key, KeyRing
from graph.reader import Duty, Reader
from graph.workspace import Workspace

_log = logging.getLogger("iga.api")

ANYBODY = Reader("anybody on this machine", ceiling=Marking.PUBLIC, door="HTTP")

_FREE = ("/healthz",)
_OWN = f"{VERSION}/watches/"
_CHANGES = ("POST", "PUT", "DELETE")


@dataclass(frozen=True)
class Entrance:
    """One way to the service, and how whoever comes by it is known.

    Attributes:
        anybody: Who comes without a key and without a sign-on; None is nobody.
        keys: The keys that are good here, and the people of the sign-on; None is none.
        identity: Header in which a sign-on proxy names the person; blank where no proxy is trusted.
        names: Names beside those of this machine that requests may be for.
    """

    anybody: Reader | None = ANYBODY
    keys: KeyRing | None = None
    identity: str = ""
    names: tuple[str, ...] = ()


class Callers:
    """Finds out who asks, refuses who may not, and hands the `Reader` on as `request.state.reader`."""

    def __init__(self, app: ASGIApp, *, workspace: Workspace, entrance: Entrance) -> None:
        """Stand before an application, at one way to it."""
        self._app = app
        self._workspace = workspace
        self._entrance = entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its reader, or answer it with a problem document."""
        app = self._app
        if scope["type"] == "http" and scope["path"] not in _FREE:
            try:
                headers, duty = Headers(scope=scope), _duty(scope["method"], scope["path"])
                # A browser adds a sign-on by itself, never a key.
                if duty == "write" and "authorization" not in headers:
                    raise NotAdmitted("what changes something needs a key here: send it as Authorization: Bearer KEY")
                reader = self._reader(headers, scope)
                reader.refuse_unless(duty)
                scope.setdefault("state", {})["reader"] = reader
            except IgaError as error:
                app = problem_of(error)
                if isinstance(error, NotAdmitted):
                    app.headers["WWW-Authenticate"] = "Bearer"
        await app(scope, receive, send)

    def _reader(self, headers: Headers, scope: Scope) -> Reader:
        """Return who asks.

        Raises:
            NotAdmitted: A key is not good, or there is none where one is needed.
            Denied: The key is good, but not for this address or from there; or the proxy names nobody.
        """
        entrance, client = self._entrance, _client(headers, scope, is_behind=bool(self._entrance.identity))
        if shown := headers.get("authorization"):
            return self._by_key(shown, path=scope["path"], client=client)
        if entrance.identity:
            return self._by_sign_on(headers.getlist(entrance.identity), path=scope["path"], client=client)
        if entrance.anybody is None:
            raise NotAdmitted("a key is needed here: send it as Authorization: Bearer KEY (iga keys new makes one)")
        return entrance.anybody

    def _by_key(self, shown: str, *, path: str, client: str) -> Reader:
        kind, _, secret = shown.partition(" ")
        keys = self._entrance.keys
        key = keys.of_secret(secret.strip()) if keys and kind.lower() == "bearer" else None
        if key is None:
            _log.warning("a key that nobody has, from %s", client)
            raise NotAdmitted("this key is none of this service: send one as Authorization: Bearer KEY")
        state = key.state(self._workspace.today())
        if state != "good":
            self._refused(key, f"it is {state}")
            raise NotAdmitted(f"the key {key.id} is {state}: ask whoever runs the service for another")
        return self._opened(key, path=path, client=client)

    def _by_sign_on(self, names: Iterable[str], *, path: str, client: str) -> Reader:
        named = [name.strip() for name in names if name.strip()]
        if len(named) != 1:
            raise Denied(f"the sign-on names {len(named)} people in {self._entrance.identity}; one is needed")
        keys = self._entrance.keys
        key = keys.of_sign_on(named[0], today=self._workspace.today()) if keys else None
        if key is None:
            return Reader(named[0][:100], ceiling=Marking.PUBLIC, door="HTTP, sign-on", role="reader")
        return self._opened(key, path=path, client=client)

    def _opened(self, key: Key, *, path: str, client: str) -> Reader:
        if why_not := key.opens(path, client=client):
            self._refused(key, why_not)
            raise Denied(f"the key {key.id} does not open this: {why_not}")
        try:
            cast(KeyRing, self._entrance.keys).note_use(key, now=self._workspace.now())
        except IgaError as error:
            _log.error("the use of key %s was not noted: %s", key.id, error.message)
        return key.reader()

    def _refused(self, key: Key, why: str) -> None:
        """Note in the audit log that a key of ours was refused (NIST SP 800-53 AU-2)."""
        reader = key.reader()
        act = Act(0, self._workspace.now(), reader.who, reader.door, f"key refused: {why}", outcome="refused")
        self._workspace.audit_log.append(act)


def _duty(method: str, path: str) -> Duty:
    """Return the duty that a reader's role needs for a request."""
    if path == f"{VERSION}/audit":
        return "audit"
    return "write" if method in _CHANGES and path.startswith(_OWN) else "read"


def _client(headers: Headers, scope: Scope, *, is_behind: bool) -> str:
    """Return the address that a request comes from; behind a proxy, the one that the proxy saw (its last word)."""
    if is_behind:
        return headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return str((scope.get("client") or ("",))[0])
