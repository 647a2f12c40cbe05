"""Who asks: by a key, by the organization's sign-on, signed in, as the account of the service, or as nobody."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.api.forms import LOAD, PAPERS, SIGN_IN, SIGN_OUT, confirmed, is_form, is_of_own_page
from iga.api.hosts import is_own
from iga.api.known_callers import NOT_ENTERED, known_caller
from iga.api.pages.administration import is_administration, is_there, parts_for
from iga.api.problems import not_served, problem_of
from iga.api.sign_ins import NOBODY, SignIns, Visitor, forget_session, session_in
from iga.graph.audit_log import Act
from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, IgaError, NotAdmitted
from iga.graph.keys import OF_ALL, VERSION, Key, KeyRing
from iga.graph.loopback import GONE, other_account
from iga.graph.reader import Duty, Reader
from iga.graph.workspace import Workspace

_log = logging.getLogger("iga.api")

ANYBODY = Reader("anybody on this machine", ceiling=Marking.PUBLIC, door="HTTP")

_FREE = ("/healthz",)
_LOG = f"{VERSION}/audit"
_OWN = f"{VERSION}/watches/"
_CHANGES = ("POST", "PUT", "DELETE")


@dataclass(frozen=True)
class Entrance:
    """One way to the service, and how whoever comes by it is known.

    Attributes:
        anybody: Who comes without a key and without a sign-on, from this machine: under its own name, and not that of
            a proxy before us, which hands on what others ask. None is nobody.
        keys: The keys that are good here, and the people of the sign-on; None is none.
        identity: Header in which a sign-on proxy names the person; blank where no proxy is trusted.
        names: Names beside those of this machine that requests may be for.
        ceiling: Highest marking that is shown by a key or a sign-on, but to auditors, who read the log alone; whoever
            signed in sees what their account may.
        sign_ins: Who signed in to the pages, and what makes tokens of forms; None where no page may change anything.
    """

    anybody: Reader | None = ANYBODY
    keys: KeyRing | None = None
    identity: str = ""
    names: tuple[str, ...] = ()
    ceiling: Marking = Marking.SENSITIVE
    sign_ins: SignIns | None = None


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
            state = scope.setdefault("state", {})
            try:
                headers, duty, changes_by_form = Headers(scope=scope), _duty(scope), is_form(scope)
                # A browser adds a sign-on or a cookie by itself, never a key, nor the token that a form of ours holds.
                if duty == "write" and not changes_by_form and "authorization" not in headers:
                    raise NotAdmitted("what changes something needs a key here: send it as Authorization: Bearer KEY")
                reader, state["visitor"] = self._caller(headers, scope)
                state["parts"] = parts = parts_for(self._workspace.under(reader).reader, state["visitor"])
                is_open = is_administration(scope["path"]) and is_there(scope["path"], parts)
                if not is_open and duty:  # each part asks for a duty of its own
                    reader.refuse_unless(duty)
                if changes_by_form:
                    receive = await confirmed(scope, headers, receive)
                state["reader"] = reader
                if is_administration(scope["path"]) and not is_open:
                    app = not_served()
            except IgaError as error:
                app = problem_of(error)
            if connection := state.get("connection"):
                connection.belong_to(known_caller(scope))
            if state.get("visitor", NOBODY).signed_out:
                send = _forgetting(scope, send)
        await app(scope, receive, send)

    def _caller(self, headers: Headers, scope: Scope) -> tuple[Reader, Visitor]:
        """Return who asks, and for a page how it calls them.

        Raises:
            NotAdmitted: A key is not good, or there is none where one is needed.
            Denied: The key is good, but not for this address or from there; the proxy names nobody; or a session is
                used by another account.
        """
        entrance, client = self._entrance, _client(headers, scope, is_behind=bool(self._entrance.identity))
        visitor = NOBODY
        if shown := headers.get("authorization"):
            return self._by_key(shown, path=scope["path"], client=client), visitor
        if entrance.identity:
            return self._by_sign_on(headers.getlist(entrance.identity), path=scope["path"], client=client)
        if entrance.sign_ins and (session := _session_of_ours(headers, scope)):
            try:
                return self._by_session(entrance.sign_ins, session, scope)
            except NotAdmitted as ended:
                visitor = Visitor(signed_out=ended.message)
        if entrance.anybody is None or not is_own(headers.get("host", "")):
            raise NotAdmitted("a key is needed here: send it as Authorization: Bearer KEY (iga keys new makes one)")
        return entrance.anybody, visitor

    def _by_session(self, sign_ins: SignIns, session: str, scope: Scope) -> tuple[Reader, Visitor]:
        reader = sign_ins.reader_of(session)
        # Browsers send a cookie to every port of a machine, and a port may be of another account.
        if (account := other_account(scope["client"], scope["server"])) is not None:
            if account != GONE:
                sign_ins.sign_out(session)
                self._note_refused(reader, f"session ended: account {account} of this machine used it")
            raise Denied("this session is not of your account")
        return reader, sign_ins.visitor(reader, session)

    def _by_key(self, shown: str, *, path: str, client: str) -> Reader:
        kind, _, secret = shown.partition(" ")
        keys = self._entrance.keys
        key = keys.of_secret(secret.strip()) if keys and kind.lower() == "bearer" else None
        if key is None:
            _log.warning("a key that nobody has, from %s", client)
            raise NotAdmitted("this key is none of this service: send one as Authorization: Bearer KEY")
        state = key.state(self._workspace.today())
        if state != "good":
            self._note_refused(key.reader(), f"key refused: it is {state}")
            raise NotAdmitted(f"the key {key.id} is {state}: ask whoever runs the service for another")
        return self._opened(key, path=path, client=client)

    def _by_sign_on(self, names: Iterable[str], *, path: str, client: str) -> tuple[Reader, Visitor]:
        named = [name.strip() for name in names if name.strip()]
        if len(named) != 1:
            raise Denied(f"the sign-on names {len(named)} people in {self._entrance.identity}; one is needed")
        keys = self._entrance.keys
        key = keys.of_sign_on(named[0], today=self._workspace.today()) if keys else None
        if key is None:
            reader = Reader(named[0][:100], ceiling=Marking.PUBLIC, door=NOT_ENTERED, role="reader")
        else:
            reader = self._opened(key, path=path, client=client)
        sign_ins = self._entrance.sign_ins
        return reader, sign_ins.visitor_by_sign_on(reader, named[0]) if sign_ins else Visitor(reader.who)

    def _opened(self, key: Key, *, path: str, client: str) -> Reader:
        if why_not := key.opens(path, client=client):
            self._note_refused(key.reader(), f"key refused: {why_not}")
            raise Denied(f"the key {key.id} does not open this: {why_not}")
        try:
            cast(KeyRing, self._entrance.keys).note_use(key, now=self._workspace.now())
        except IgaError as error:
            _log.error("the use of key %s was not noted: %s", key.id, error.message)
        reader = key.reader()
        # The log shows nothing of the graph: what is shown of that is no limit for whoever audits.
        is_log = reader.role == "auditor" and (path == _LOG or is_administration(path))
        return reader if is_log else reader.below(self._entrance.ceiling)

    def _note_refused(self, reader: Reader, what: str) -> None:
        """Note in the audit log that a key or a session of ours was refused (NIST SP 800-53 AU-2)."""
        act = Act(0, self._workspace.now(), reader.who, reader.door, what, outcome="refused")
        self._workspace.audit_log.append(act)


def _duty(scope: Scope) -> Duty | None:
    """Return the duty that a reader's role needs for a request; None where every key opens the address."""
    path = scope["path"]
    if path == _LOG:
        return "audit"
    if path.strip("/") in OF_ALL:
        return None
    if is_form(scope):
        return (
            "read"
            if path in (SIGN_IN, SIGN_OUT) or path.startswith(PAPERS)
            else "keep"
            if path.startswith(LOAD)
            else "write"
        )
    return "write" if scope["method"] in _CHANGES and path.startswith(_OWN) else "read"


def _client(headers: Headers, scope: Scope, *, is_behind: bool) -> str:
    """Return the address that a request comes from; behind a proxy, the one that the proxy saw (its last word)."""
    if is_behind:
        return headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return str((scope.get("client") or ("",))[0])


def _session_of_ours(headers: Headers, scope: Scope) -> str:
    """Return the session that counts for a request: to this machine by its own name, and not because of another page.

    All ports of this machine are one site: a browser sends our cookie because of pages at other ports, too.
    """
    return session_in(scope) if is_own(headers.get("host", "")) and is_of_own_page(headers) else ""


def _forgetting(scope: Scope, send: Send) -> Send:
    """Have what is sent tell the browser to forget a session that is over, unless another one begins."""
    forgetful = Response()
    forget_session(forgetful, scope)

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            others = [(name, value) for name, value in message["headers"] if name != b"cache-control"]
            if not any(name == b"set-cookie" for name, _ in others):
                others.append(forgetful.raw_headers[-1])
            message = {**message, "headers": [*others, (b"cache-control", b"no-store")]}
        await send(message)

    return sent
