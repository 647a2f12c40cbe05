"""Processes of tests that have imported the program already, which takes a new one longer than most tests."""

import multiprocessing
import sys

# Windows has no fork.
FORKED = multiprocessing.get_context("spawn") if sys.platform == "win32" else multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.acceptance.killable", "tests.acceptance.holder"])
