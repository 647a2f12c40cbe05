"""Debian's Chromium, for tests of pages: the only browser that they are tried in."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None and os.environ.get("IGA_REQUIRE_CHROMIUM"):
    raise RuntimeError("IGA_REQUIRE_CHROMIUM is set and there is no chromium: apt-get install chromium")

NEEDS_CHROMIUM = (pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"))
