"""Where the reference data that comes with the program lies: a folder by subject, each file's name used once."""

from importlib.resources import files
from pathlib import Path

REFERENCE = Path(str(files("iga.ingest") / "reference"))

LOADED_WHEN_ASKED = ("sample", "on_request")
"""Folders that `iga load --bundled` leaves out: made-up people, and big lists that nobody checked."""


def reference_file(name: str) -> Path:
    """Return a file of the reference data by its name, whichever folder it lies in."""
    for path in REFERENCE.rglob(name):
        return path
    raise FileNotFoundError(name)
