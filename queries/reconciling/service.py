"""What the reconciliation service says of itself, and its answers to batches, in the shapes of the API."""

from collections.abc import Iterator, Mapping, Sequence

from iga.graph.errors import UsageError
from iga.queries.core.session import Session
from iga.queries.reconciling.extend import extended
from iga.queries.reconciling.query import MOST_QUERIES, ReconQuery, read_batch, read_extension, read_one
from iga.queries.reconciling.reconcile import Likely, descriptions, likely
from iga.queries.reconciling.schema import types, types_of
from iga.queries.reconciling.shapes import Candidate, Extension, Feature, Manifest, MatchResult, Results

# The types that most lists of names are about.
_DEFAULT = (
    *("Party", "Government", "InternationalOrganization", "PublicBody", "Forum", "Ngo", "Organization"),
    *("Person", "Post", "Agreement"),
)
_LIMIT = {
    "name": "limit",
    "label": "Limit",
    "type": "number",
    "default": 0,
    "help_text": "Most values of a row; 0 fetches all",
}


def manifest(base: str, *, version: str) -> Manifest:
    """Return what the service is and offers.

    Args:
        base: Address of the service without a slash at its end: ``http://127.0.0.1:8750/v1/reconcile``.
        version: Version of the program.
    """
    suggested = {
        name: {
            "service_url": base,
            "service_path": f"/suggest/{name}",
            "flyout_service_path": f"/flyout/{name}?id=${{id}}",
        }
        for name in ("entity", "property", "type")
    }
    return Manifest(
        {
            "versions": ["0.2"],
            "name": "IGA Graph",
            "identifierSpace": "urn:iga:entity:",
            "schemaSpace": "urn:iga:class:",
            "serviceVersion": version,
            "defaultTypes": [{"id": name, "name": types()[name].name} for name in _DEFAULT],
            "batchSize": MOST_QUERIES,
            "view": {"url": f"{base}/view?id={{{{id}}}}"},
            "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": 430, "height": 260},
            "suggest": suggested,
            "extend": {
                "propose_properties": {"service_url": base, "service_path": "/properties"},
                "property_settings": [_LIMIT],
            },
        }
    )


def answered(session: Session, asked: Mapping[str, str]) -> Results | MatchResult | Extension:
    """Return the answer to what a client asks: a batch, a single query, or values to fetch.

    Args:
        session: The graph.
        asked: One of ``queries``, ``query`` and ``extend``, as JSON; beside ``query`` may stand ``type``,
            ``type_strict``, ``limit`` and ``properties``.

    Raises:
        UsageError: It is none of these, several, or not as the API describes it.
        TooMuch: It asks for more than is answered at once.
        NotFound: A property to fetch does not exist.
    """
    kinds = [name for name in ("queries", "query", "extend") if name in asked]
    if len(kinds) != 1:
        several = f"{' and '.join(kinds)} at once" if kinds else "nothing"
        raise UsageError(f"the request asks for {several}; send one of queries, query and extend")
    if "extend" in asked:
        return extended(session, read_extension(asked["extend"]))
    if "query" in asked:
        return batch(session, {"": read_one(asked["query"], more=asked)}).root[""]
    return batch(session, read_batch(asked["queries"]))


def batch(session: Session, queries: Mapping[str, ReconQuery]) -> Results:
    """Return the candidates of each query of a batch, by its key, best first."""
    candidates = likely(session, queries)
    lines = descriptions(session, (one for ones in candidates.values() for one in ones))
    return Results(
        {
            key: MatchResult(result=tuple(_candidate(one, lines, ones) for one in ones))
            for key, ones in candidates.items()
        }
    )


def _candidate(one: Likely, lines: Mapping[str, str], rivals: Sequence[Likely]) -> Candidate:
    by = "" if one.hit.matched in (one.thing.name, one.thing.id) else f"; found by {one.hit.matched}"
    return Candidate(
        id=one.thing.id,
        name=one.thing.name,
        description=f"{lines[one.thing.id]}{by}",
        type=types_of(one.thing.cls),
        score=one.score,
        features=tuple(_features(one, rivals)),
        match=one.is_sure,
    )


def _features(one: Likely, rivals: Sequence[Likely]) -> Iterator[Feature]:
    yield Feature(id="name_score", value=one.hit.score)
    yield Feature(id="exact_name", value=one.is_exact)
    yield Feature(id="type_match", value=one.is_of_type)
    yield Feature(id="claims", value=float(sum(rival.is_claim for rival in rivals)))
    for pid, verdict in one.verdicts.items():
        yield Feature(id=f"property_{pid}", value=verdict == "agrees")
