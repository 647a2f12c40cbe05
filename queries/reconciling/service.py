"""What the reconciliation service says of itself, and its answers to batches, in the shapes of the API."""

from collections.abc import Iterator, Mapping

from graph.errors import UsageError
from queries.core.session import Session
from queries.reconciling.extend import extended
from queries.reconciling.query import MOST_QUERIES, ReconQuery, read_batch, read_extension, read_one
from queries.reconciling.reconcile import Likely, descriptions, likely
from queries.reconciling.shapes import (
    Address,
    Candidate,
    Extend,
    Extension,
    Feature,
    Manifest,
    MatchResult,
    Place,
    Preview,
    Results,
    Setting,
    SuggestPlaces,
)
from queries.reconciling.types import default_types, types_of

IDENTIFIER_SPACE = "urn:iga:entity:"
SCHEMA_SPACE = "urn:iga:class:"
_WIDTH, _HEIGHT = 430, 260


def manifest(base: str, *, version: str) -> Manifest:
    """Return what the service is and offers.

    Args:
        base: Address of the service without a slash at its end: ``http://127.0.0.1:8750/reconcile``.
        version: Version of the program.
    """
    return Manifest(
        versions=("0.2",),
        name="IGA Graph",
        identifierSpace=IDENTIFIER_SPACE,
        schemaSpace=SCHEMA_SPACE,
        serviceVersion=version,
        defaultTypes=default_types(),
        batchSize=MOST_QUERIES,
        view=Address(url=f"{base}/view?id={{{{id}}}}"),
        preview=Preview(url=f"{base}/preview?id={{{{id}}}}", width=_WIDTH, height=_HEIGHT),
        suggest=SuggestPlaces(**{name: _suggest(base, name) for name in ("entity", "property", "type")}),
        extend=Extend(
            propose_properties=Place(service_url=base, service_path="/properties"),
            property_settings=(
                Setting(
                    name="limit",
                    label="Limit",
                    type="number",
                    default=0,
                    help_text="Most values of a row; 0 fetches all",
                ),
            ),
        ),
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
    given = [name for name in ("queries", "query", "extend") if name in asked]
    if len(given) != 1:
        said = f"{' and '.join(given)} at once" if given else "nothing"
        raise UsageError(f"the request asks for {said}; send one of queries, query and extend")
    if "extend" in asked:
        return extended(session, read_extension(asked["extend"]))
    if "query" in asked:
        return batch(session, {"": read_one(asked["query"], more=asked)}).root[""]
    return batch(session, read_batch(asked["queries"]))


def batch(session: Session, queries: Mapping[str, ReconQuery]) -> Results:
    """Return the candidates of each query of a batch, by its key, best first."""
    found = likely(session, queries)
    told = descriptions(session, (one for ones in found.values() for one in ones))
    return Results(
        {key: MatchResult(result=tuple(_candidate(one, told, ones) for one in ones)) for key, ones in found.items()}
    )


def _suggest(base: str, name: str) -> Place:
    return Place(service_url=base, service_path=f"/suggest/{name}", flyout_service_path=f"/flyout/{name}?id=${{id}}")


def _candidate(one: Likely, told: Mapping[str, str], all_of_them: tuple[Likely, ...]) -> Candidate:
    by = "" if one.hit.matched in (one.thing.name, one.thing.id) else f"; found by {one.hit.matched}"
    return Candidate(
        id=one.thing.id,
        name=one.thing.name,
        description=f"{told[one.thing.id]}{by}",
        type=types_of(one.thing.cls),
        score=one.score,
        features=tuple(_features(one, all_of_them)),
        match=one.is_sure,
    )


def _features(one: Likely, all_of_them: tuple[Likely, ...]) -> Iterator[Feature]:
    yield Feature(id="name_score", value=one.hit.score)
    yield Feature(id="exact_name", value=one.is_exact)
    yield Feature(id="type_match", value=one.is_of_type)
    yield Feature(id="claims", value=float(sum(each.is_claim for each in all_of_them)))
    for pid, verdict in one.verdicts.items():
        yield Feature(id=f"property_{pid}", value=verdict == "agrees")
