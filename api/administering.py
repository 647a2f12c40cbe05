"""Who administers: which parts of the administration are there for whoever asks. For all others no address of it is."""

from collections.abc import Mapping

from iga.api.sign_ins import Visitor
from iga.graph.reader import ROLES, Duty, Reader

ADMINISTRATION = "/administration"
BACKUPS = f"{ADMINISTRATION}/backups"

PARTS: Mapping[str, Duty] = {"keys": "keep", "holds": "keep", "backups": "keep", "audit": "audit"}
"""The duty that each part is for."""


def parts_for(reader: Reader, visitor: Visitor) -> tuple[str, ...]:
    """Return the parts that are there for a reader: none unless they are signed in and nothing is hidden from them."""
    if not visitor.token or not reader.sees_all:
        return ()
    return tuple(part for part, duty in PARTS.items() if not reader.role or duty in ROLES[reader.role])


def is_administration(path: str) -> bool:
    """Say whether an address is of the administration."""
    return path == ADMINISTRATION or path.startswith(f"{ADMINISTRATION}/")


def is_there(path: str, parts: tuple[str, ...]) -> bool:
    """Say whether an address of the administration is there for whoever has some parts; its first page is for any."""
    part = path.removeprefix(ADMINISTRATION).strip("/").partition("/")[0]
    return part in parts if part else bool(parts)
