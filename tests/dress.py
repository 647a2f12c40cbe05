"""What the pages are dressed in, for tests that need it built."""

import os

import pytest

from hatch_build import PACKAGES
from iga.api.pages.assets import BUILT

AXE = PACKAGES / "axe-core" / "axe.min.js"
IS_BUILT = (BUILT / "manifest.json").exists() and AXE.exists()
_LACKING = "the dress of the pages is not built: python dev.py assets says why"
if not IS_BUILT and os.environ.get("IGA_REQUIRE_ASSETS"):
    raise RuntimeError(f"IGA_REQUIRE_ASSETS is set and {_LACKING}")

NEEDS_BUILD = pytest.mark.skipif(not IS_BUILT, reason=_LACKING)
