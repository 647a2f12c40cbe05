"""Who signed in to the pages: by a link that is good once, then by a cookie; all of it in the memory of this process.

Of links and cookies a digest alone is kept: 256 random bits need no slow one (NIST SP 800-63B, 5.1.2.2).
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import TypeVar

from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import Response
from starlette.types import Scope

from iga.graph.errors import NotAdmitted
from iga.graph.reader import Reader

T = TypeVar("T")

DOOR = "HTTP, signed in"
LINK_GOOD = timedelta(minutes=5)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
"""After how long without a request, and after how long at all, somebody is signed out (NIST SP 800-63B, 4.2.3)."""

RECENT = 8
"""How many things that somebody looked at are remembered."""

MOST = 20
"""Most links, and most sessions; for one more, the one that was longest not used goes."""

_USED_UP = "this link is good once, and for 5 minutes: get another with iga open"
_OVER = "You are no longer signed in."


@dataclass(frozen=True)
class Visitor:
    """Who looks at a page, for the page.

    Attributes:
        name: Of whoever signed in, or signed on; blank is nobody in particular.
        token: What a form that changes something has in its hidden field `token`; blank where nothing may be changed.
        can_sign_out: Whether they came by a link; a sign-on is ended where it began.
        signed_out: Why they are no longer signed in, in a sentence; blank where they were not.
    """

    name: str = ""
    token: str = ""
    can_sign_out: bool = False
    signed_out: str = ""


NOBODY = Visitor()


def visitor_in(scope: Scope) -> Visitor:
    """Return who looks at a page; nobody in particular where that was not asked."""
    found: Visitor = scope.get("state", {}).get("visitor", NOBODY)
    return found


def visitor_of(request: HTTPConnection) -> Visitor:
    """Return who looks at the page that a request is for."""
    return visitor_in(request.scope)


def refuse_nobody(request: HTTPConnection, who: str) -> None:
    """Raise NotAdmitted unless somebody is signed in; `who` says of whom that is asked: whoever loads a file."""
    if not visitor_of(request).token:
        raise NotAdmitted(f"{who} signs in first: iga open")


@dataclass
class _SignedIn:
    """A session of somebody who signed in."""

    reader: Reader
    began: datetime
    used: datetime
    looked_at: tuple[str, ...] = ()

    def ended(self, now: datetime) -> str:
        """Return how it ended; blank while it is good. A clock that was set back ends it, too."""
        if not timedelta(0) <= now - self.used < IDLE:
            return "You were signed out after 30 minutes."
        return "You were signed out after 12 hours." if now - self.began >= LONGEST else ""


class SignIns:
    """The links and sessions of one process. Threads may share it."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        """Begin without any; the clock gives the present instant, with its time zone."""
        self._clock = clock
        self._links: dict[str, tuple[Reader, datetime]] = {}
        self._sessions: dict[str, _SignedIn] = {}
        self._secret = secrets.token_bytes(32)
        self._turn = Lock()

    def link(self, reader: Reader) -> str:
        """Make a link that signs a reader in, and return its secret, which is kept nowhere."""
        with self._turn:
            return _entered(self._links, (replace(reader, door=DOOR), self._clock()))

    def reader_by(self, link: str) -> Reader:
        """Return whom a link signs in; it stays good.

        Raises:
            NotAdmitted: It was used, is too old, or is none.
        """
        reader, made = self._links.get(_digest(link), (None, self._clock()))
        if reader is None or not timedelta(0) <= self._clock() - made < LINK_GOOD:
            raise NotAdmitted(_USED_UP)
        return reader

    def sign_in(self, link: str) -> tuple[Reader, str]:
        """Use a link up and begin a session; return whose it is, and its secret, which is kept nowhere.

        Raises:
            NotAdmitted: It was used, is too old, or is none.
        """
        with self._turn:
            reader, now = self.reader_by(link), self._clock()
            del self._links[_digest(link)]
            return reader, _entered(self._sessions, _SignedIn(reader, now, now))

    def reader_of(self, session: str) -> Reader:
        """Return whose a session is; it counts as used now.

        Raises:
            NotAdmitted: It ended; the message says how.
        """
        with self._turn:
            found, now = self._sessions.pop(_digest(session), None), self._clock()
            if why_not := found.ended(now) if found else _OVER:
                raise NotAdmitted(why_not)
            assert found is not None
            found.used = now
            self._sessions[_digest(session)] = found  # the last of them is the one used last
            return found.reader

    def sign_out(self, session: str) -> None:
        """End a session; nothing happens where there is none."""
        with self._turn:
            self._sessions.pop(_digest(session), None)

    def note_look(self, session: str, id_: str) -> None:
        """Remember for a session that its holder looked at a thing; the last few are kept, as long as it lasts."""
        with self._turn:
            if found := self._sessions.get(_digest(session)):
                found.looked_at = (id_, *(other for other in found.looked_at if other != id_))[:RECENT]

    def looked_at(self, session: str) -> tuple[str, ...]:
        """Return the ids of what the holder of a session looked at, the last first; empty where there is none."""
        found = self._sessions.get(_digest(session))
        return found.looked_at if found else ()

    def visitor(self, reader: Reader, session: str) -> Visitor:
        """Return whoever has a session, with the token of that session."""
        return Visitor(reader.who, self._token(f"session {_digest(session)}"), can_sign_out=True)

    def visitor_by_sign_on(self, reader: Reader, name: str) -> Visitor:
        """Return whoever the organization's sign-on names so, with a token of their own."""
        return Visitor(reader.who, self._token(f"sign-on {name.casefold()}"))

    def _token(self, holder: str) -> str:
        return hmac.new(self._secret, holder.encode(), "sha256").hexdigest()


def session_in(scope: Scope) -> str:
    """Return the secret of the session that a request's cookie holds; blank is none."""
    cookies = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return cookie_parser(";".join(cookies)).get(_cookie_of(scope), "")


def keep_session(reply: Response, scope: Scope, session: str) -> None:
    """Have the browser send a session along until it is closed: to our pages alone, and shown to no script."""
    reply.set_cookie(_cookie_of(scope), session, secure=True, httponly=True, samesite="strict")


def forget_session(reply: Response, scope: Scope) -> None:
    """Have the browser forget its session."""
    reply.delete_cookie(_cookie_of(scope), secure=True, httponly=True, samesite="strict")


def _cookie_of(scope: Scope) -> str:
    """Return the name of our cookie: browsers send those of one port of a machine to all others, too."""
    server = scope.get("server") or ("", "")
    return f"__Host-iga-{server[1]}"


def _entered(kept: dict[str, T], what: T) -> str:
    while len(kept) >= MOST:
        del kept[next(iter(kept))]
    secret = secrets.token_urlsafe(32)
    kept[_digest(secret)] = what
    return secret


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
