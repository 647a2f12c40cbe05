"""What the service says of itself: api/openapi.json, which tests/api/test_contract.py holds against the service."""

import json
from typing import Any

from iga.api.routes.health import CONTRACT


def described() -> dict[str, Any]:
    """Return the OpenAPI document."""
    document: dict[str, Any] = json.loads(CONTRACT.read_bytes())
    return document
