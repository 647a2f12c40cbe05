"""A .docx of the office whose styles, margins and page size a paper takes."""

from pathlib import Path


def read_reference(path: Path) -> bytes:
    """Return the bytes of a reference document."""
    return path.read_bytes()
