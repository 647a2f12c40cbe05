"""What docker-compose.yml says, for tests that hold it, run it by process, or try its images."""

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
NGINX = ROOT / "deploy" / "nginx.conf"
SECRETS = ROOT / "deploy" / "secrets.sh"


def services() -> dict[str, dict[str, Any]]:
    """Return the services by name."""
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return dict(composed["services"])
