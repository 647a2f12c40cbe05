"""The service against the official schemas and examples of the Reconciliation API 0.2, kept beside the checkout."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tests.app_client import AppClient
from tests.reading import some

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def official(shared: Path) -> Path:
    return shared / "test_inputs" / "reconciliation_api" / "0.2"


@pytest.fixture(scope="module")
def faults(official: Path) -> Any:
    """Give the faults that a schema finds in a document."""
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in (official / "schemas").glob("*.json")}
    known = [(schema["$id"].rstrip("#"), DRAFT7.create_resource(schema)) for schema in schemas.values()]
    registry: Registry[Any] = Registry().with_resources(known)

    def found(name: str, document: Any) -> list[str]:
        validator = Draft7Validator(schemas[name], registry=registry)
        return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]

    return found


def examples(official: Path, name: str, kind: str) -> Iterator[tuple[str, str]]:
    found = sorted((official / "examples" / name / kind).glob("*.json"))
    assert found, f"no {kind} examples of {name}"
    yield from ((path.name, path.read_text("utf-8")) for path in found)


def test_the_schemas_tell_good_documents_from_bad_ones(official: Path, faults: Any) -> None:
    for name in ("manifest", "reconciliation-query-batch", "reconciliation-result-batch"):
        for file, text in some(examples(official, name, "invalid")):
            assert faults(name, json.loads(text)), file
        for file, text in some(examples(official, name, "valid")):
            assert faults(name, json.loads(text)) == [], file


def test_the_manifest_fits(service: AppClient, faults: Any) -> None:
    assert faults("manifest", service.get("/v1/reconcile").json()) == []


def test_every_valid_batch_is_answered(service: AppClient, official: Path, faults: Any) -> None:
    for file, text in some(examples(official, "reconciliation-query-batch", "valid")):
        for reply in (
            service.post("/v1/reconcile", data={"queries": text}),
            service.get("/v1/reconcile", params={"queries": text}),
        ):
            assert reply.status_code == 200, file
            assert reply.json().keys() == json.loads(text).keys()
            assert faults("reconciliation-result-batch", reply.json()) == []


def test_every_invalid_batch_is_refused_with_a_problem(service: AppClient, official: Path) -> None:
    for file, text in some(examples(official, "reconciliation-query-batch", "invalid")):
        reply = service.post("/v1/reconcile", data={"queries": text})
        assert reply.status_code == 422, file
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["detail"].startswith("queries: q")


def test_candidates_fit(service: AppClient, faults: Any) -> None:
    names = ["Ghana", "Congo", "ESO", "Ministry of Justice", "Exampel Relief", "Zzyzx"]
    beside = [{"pid": "country", "v": "Kenya"}]
    queries = {name: {"query": name, "properties": beside, "limit": 3} for name in names}
    found = service.post("/v1/reconcile", data={"queries": json.dumps(queries)}).json()
    assert sum(len(each["result"]) for each in found.values()) > len(names)
    assert faults("reconciliation-query-batch", queries) == []
    assert faults("reconciliation-result-batch", found) == []


@pytest.mark.parametrize(
    ("what", "schema", "prefix"),
    [
        ("entity", "suggest-entities-response", "min"),
        ("property", "suggest-properties-response", "co"),
        ("type", "suggest-types-response", "organ"),
    ],
)
def test_suggestions_fit(service: AppClient, faults: Any, what: str, schema: str, prefix: str) -> None:
    found = service.get(f"/v1/reconcile/suggest/{what}", params={"prefix": prefix}).json()
    assert len(found["result"]) > 1
    assert faults(schema, found) == []
    it = found["result"][0]["id"]
    flyout = service.get(f"/v1/reconcile/flyout/{what}", params={"id": it}).json()
    assert flyout.keys() == {"id", "html"}


def test_proposed_properties_and_their_values_fit(service: AppClient, faults: Any) -> None:
    for kind, it in (("Government", "gov:gha"), ("InternationalOrganization", "org:eso"), ("Ngo", "ngo:relief")):
        proposal = service.get("/v1/reconcile/properties", params={"type": kind}).json()
        assert faults("data-extension-property-proposal", proposal) == []
        wanted = [{"id": each["id"], "settings": {"limit": "5"}} for each in proposal["properties"][:50]]
        query = {"ids": [it, "ngo:nowhere"], "properties": wanted}
        assert faults("data-extension-query", query) == []
        extension = service.post("/v1/reconcile", data={"extend": json.dumps(query)}).json()
        assert faults("data-extension-response", extension) == []
        assert sum(map(len, extension["rows"][it].values())) > 1


def test_properties_of_another_service_are_refused_by_name(service: AppClient, official: Path) -> None:
    for file, text in some(examples(official, "data-extension-query", "valid")):
        reply = service.post("/v1/reconcile", data={"extend": text})
        assert reply.status_code == 404, file
        assert "there is no property 'variantName'" in reply.json()["detail"]
