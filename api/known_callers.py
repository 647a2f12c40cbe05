"""Who is known of those that ask: by a key, by sign-on, signed in, or as our own account at the socket."""

from starlette.types import Scope

from iga.api.sign_ins import visitor_in
from iga.graph.reader import Reader

SOCKET = "socket"
"""Door of those that come by the socket of our own account."""

NOT_ENTERED = "HTTP, sign-on"
"""Door of those whom the sign-on names and nobody entered: public things are shown to each, as to a stranger."""


def known_caller(scope: Scope) -> str:
    """Return by which door somebody known came, and who it is; blank for a stranger, who came without anything."""
    reader: Reader | None = scope.get("state", {}).get("reader")
    if reader is None or not (reader.role or reader.door == SOCKET or visitor_in(scope).name):
        return ""
    return f"{reader.door} {reader.who}"


def entered_caller(scope: Scope) -> str:
    """Return who it is that may be told of the service itself: somebody known, but not by the sign-on alone."""
    return known_caller(scope) if scope["state"]["reader"].door != NOT_ENTERED else ""
