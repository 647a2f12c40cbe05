"""Whatever the OpenAPI document allows, and what it does not, is answered as it says, to every role."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import ignored_auth, positive_data_acceptance
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.graph.keys import Key, KeyRing
from iga.graph.reader import ROLES
from tests.api import listed
from tests.clock import TODAY

pytestmark = pytest.mark.slow

LEFT_OUT = [
    positive_data_acceptance,  # a name that nothing has is refused, whatever its form
    ignored_auth,  # without a key, the same is asked as anybody, who sees public things
]
AT_HOME = {"Host": "localhost"}
PATIENTLY_S = 3600
"""Longest that an answer may take: how fast the machine is, is not what is asked."""
BRIEFLY = settings(
    max_examples=int(os.environ.get("IGA_TEST_EXAMPLES", "1")),  # more where every change is checked
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def service(listed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """Give the service over a small graph, at its port."""
    ring = KeyRing(tmp_path_factory.mktemp("roles") / "keys")
    with listed.opened(listed_in) as workspace:
        app = create_app(workspace, entrance=Entrance(anybody=ANYBODY, keys=ring), rate="1000000/second")
        app.state.ring = ring
        yield app


@pytest.fixture(scope="module")
def cases(service: FastAPI) -> list[schemathesis.Case[Any]]:
    """Give a few requests that the document allows, and does not, of each operation; each role asks all of them.

    Of what is not allowed each role had one of its own: made anew, they took two thirds of the time. Where every change
    is checked there are more, and many in a soak.
    """
    schema = schemathesis.openapi.from_asgi("/openapi.json", service, headers=AT_HOME, timeout=PATIENTLY_S)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 90
    made: list[schemathesis.Case[Any]] = []
    for operation in operations:
        takes_any = any(True for _ in operation.iter_parameters()) or len(operation.body) > 0
        for mode in GenerationMode if takes_any else [GenerationMode.POSITIVE]:
            seed(0)(BRIEFLY(given(case=operation.as_strategy(mode))(lambda case: made.append(case))))()
    assert len(made) > len(operations)
    return made


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_operation_answers_as_its_document_says(
    service: FastAPI, cases: list[schemathesis.Case[Any]], role: str
) -> None:
    headers = {**AT_HOME, **_as(service.state.ring, role)}
    findings = [finding for case in cases for finding in _findings(case, headers)]
    assert findings == [], "\n\n".join(findings)


def _findings(case: schemathesis.Case[Any], headers: dict[str, str]) -> list[str]:
    """Return what is not as the document says, of what one request is answered."""
    try:
        case.call_and_validate(headers=headers, excluded_checks=LEFT_OUT, timeout=PATIENTLY_S)
    except FailureGroup as found:
        return [f"{case.operation.label}: {one}" for one in found.exceptions]
    return []


def _as(ring: KeyRing, role: str) -> dict[str, str]:
    """Return the headers of a key of a role; none where there is no role."""
    if not role:
        return {}
    ceiling = "sensitive" if role == "auditor" else "internal"
    made = Key("", f"{role} of a test", role, ceiling, f"{TODAY}T00:00:00Z", "B", expires=TODAY)
    return {"Authorization": f"Bearer {ring.add(made)[1]}"}
