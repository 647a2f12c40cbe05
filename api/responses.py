"""How an answer is sent: whole or compressed, as its head alone, or as a word that it is what the client has."""

import gzip
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import zstandard
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.api.sign_ins import visitor_in
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader

_SMALLEST = 1_000
"""Bytes from which compressing is worth its time."""

_BESIDE_THE_LOOP = 50_000
"""Bytes from which others would wait too long for it."""

_OWN = frozenset({b"content-length", b"vary", b"etag"})
_OF_THE_BODY = frozenset({b"content-type", b"content-disposition", b"content-encoding"})
_TEXTS = (b"text/", b"application/json", b"application/x-ndjson", b"application/atom+xml", b"image/svg+xml")


@dataclass
class Reply:
    """An answer as it can be sent, more than once.

    Attributes:
        head: Its headers, without those that depend on how it is sent.
        is_personal: Whether it shows protected people, so that nobody may keep it.
        varies: Headers of a request that it depends on.
    """

    head: list[tuple[bytes, bytes]]
    body: bytes
    is_personal: bool
    varies: bytes = b"Accept, Accept-Encoding, Authorization, Cookie"
    _compressed: dict[str, bytes] = field(default_factory=dict, repr=False)
    _heads: dict[tuple[str, bool], list[tuple[bytes, bytes]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.head = [(name, value) for name, value in self.head if name not in _OWN]

    @property
    def has_own_terms(self) -> bool:
        """Whether its route says itself who may keep it."""
        return any(name == b"cache-control" for name, _ in self.head)

    def head_for(self, coding: str, *, is_public: bool) -> list[tuple[bytes, bytes]]:
        """Return its headers in a coding, but for its length, for anybody or for one reader; made once."""
        known = coding, is_public
        if known not in self._heads:
            head = [*self.head, (b"etag", self.tag_in(coding)), (b"vary", self.varies)]
            head += [(b"content-encoding", coding.encode())] if coding else []
            self._heads[known] = head + ([(b"cache-control", b"private, no-cache")] if is_public else [])
        return self._heads[known]

    def tag_in(self, coding: str) -> bytes:
        """Return what it is known by in a coding: each is another sequence of bytes."""
        return f'"{self.tag}{coding and "-"}{coding}"'.encode()

    @cached_property
    def tag(self) -> str:
        """What the answer is known by: a digest of what is sent, so that nothing else shows in it."""
        digest = blake2b(self.body, digest_size=16)
        digest.update(dict(self.head).get(b"content-type", b""))
        return digest.hexdigest()

    def coding(self, accepted: str) -> str:
        """Return how it is compressed for a client; blank is not at all."""
        if not accepted or len(self.body) < _SMALLEST:
            return ""
        if not dict(self.head).get(b"content-type", b"").startswith(_TEXTS):
            return ""
        wanted = {
            name.strip(): _weight(rest) for name, _, rest in (part.partition(";") for part in accepted.split(","))
        }
        return next((name for name in ("zstd", "gzip") if wanted.get(name)), "")

    def compressed(self, coding: str) -> bytes:
        """Return its body in a coding; it is compressed once."""
        if coding not in self._compressed:
            body = self.body
            self._compressed[coding] = (
                gzip.compress(body, 6, mtime=0) if coding == "gzip" else zstandard.ZstdCompressor().compress(body)
            )
        return self._compressed[coding]


class Responses:
    """Sends what the application answers to GET by `deliver`, and answers HEAD as GET."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application whose answers are not sent in parts."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer."""
        method = scope.get("method")
        if method not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        start: Message = {}

        async def held(message: Message) -> None:
            nonlocal start
            scope["method"] = method
            if message["type"] == "http.response.start" and message["status"] == 200:
                start = message
            elif start:
                reply = Reply(start["headers"], message["body"], scope.get("state", {}).get("shows_protected", False))
                await deliver(scope, send, reply)
            else:
                await send(message)

        scope["method"] = "GET"  # the same dict, because the route that is found is noted in it
        await self._app(scope, receive, held)


async def deliver(scope: Scope, send: Send, reply: Reply) -> None:
    """Send an answer as a request wants it: compressed, its head alone, or as 304 where the client has it."""
    asked = dict(scope["headers"])
    coding = reply.coding(asked.get(b"accept-encoding", b"").decode("latin-1"))
    is_public = not reply.is_personal and not reply.has_own_terms and _is_anybody(scope)
    head = reply.head_for(coding, is_public=is_public)
    if _has(asked.get(b"if-none-match", b""), reply.tag_in(coding)):
        await _sent(send, 304, [(name, value) for name, value in head if name not in _OF_THE_BODY], b"")
        return
    body = reply.body
    if coding:
        is_long = len(body) > _BESIDE_THE_LOOP
        body = await run_in_threadpool(reply.compressed, coding) if is_long else reply.compressed(coding)
    head = [*head, (b"content-length", str(len(body)).encode())]
    await _sent(send, 200, head, b"" if scope["method"] == "HEAD" else body)


async def _sent(send: Send, status: int, head: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _is_anybody(scope: Scope) -> bool:
    """True if the same is shown to whoever asks, without a key and without signing in."""
    reader: Reader | None = scope.get("state", {}).get("reader")
    if reader is None or reader.role or visitor_in(scope).name:
        return False
    return reader.ceiling is Marking.PUBLIC


def _has(known: bytes, tag: bytes) -> bool:
    """True if a header If-None-Match (RFC 9110, 13.1.2: compared weakly) names a tag."""
    return bool(known) and not {b"*", tag}.isdisjoint(one.strip().removeprefix(b"W/") for one in known.split(b","))


def _weight(parameters: str) -> float:
    """Return how much a coding is wanted."""
    name, _, value = parameters.partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
