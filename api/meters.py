"""What the service counts of itself for Prometheus: requests by kind, how long they took, what the process uses."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from starlette.types import Scope

from iga.graph.keys import SCOPES, VERSION

_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
_KINDS = frozenset({*SCOPES, "assets", "healthz", "readyz", "metrics", "command", "openapi.json"})
# From what a kept answer takes to where a request is given up.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meters:
    """Counts requests by the first part of the address alone: no name, id or value stands in a label."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "iga_requests", "Requests answered.", ("kind", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "iga_request_seconds", "How long they took.", ("kind",), registry=self._registry, buckets=_SECONDS
        )
        self._of = cache(self._labelled)

    def note(self, scope: Scope, *, status: int, seconds: float) -> None:
        """Count a request."""
        part = scope["path"].removeprefix(VERSION).strip("/").partition("/")[0]
        kind = part if part in _KINDS else "other"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        counter, histogram = self._of(kind, method, status)
        counter.inc()
        histogram.observe(seconds)

    def _labelled(self, kind: str, method: str, status: int) -> tuple[Counter, Histogram]:
        """Return what counts requests of a kind; looking it up by labels takes longer than counting."""
        return self._requests.labels(kind, method, str(status)), self._seconds.labels(kind)

    def page(self) -> bytes:
        """Return what was counted, in the text format of Prometheus."""
        return generate_latest(self._registry)
