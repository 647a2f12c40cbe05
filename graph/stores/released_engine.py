"""ArcadeDB's released package, with a Java machine of its own, in the native build's place; see decision 0067."""

from typing import Any

import jpype  # type: ignore[import-not-found]  # none of these is among the pinned packages
from arcadedb_embedded import ArcadeDBError, Database  # type: ignore[import-not-found]
from arcadedb_embedded import DatabaseFactory as _AnyFactory
from arcadedb_embedded.type_conversion import convert_java_to_python  # type: ignore[import-not-found]

__all__ = ["ArcadeDBError", "DatabaseFactory", "plain"]


class DatabaseFactory(_AnyFactory):  # type: ignore[misc]  # no stubs
    """Makes and opens databases, also for reading alone."""

    def open(self, is_read_only: bool = False) -> Any:
        """Open the database."""
        if not is_read_only:
            return super().open()
        try:
            mode = jpype.JClass("com.arcadedb.engine.ComponentFile$MODE").READ_ONLY
            return Database(self._java_factory.open(mode))
        except jpype.JException as error:
            raise ArcadeDBError(f"Failed to open database: {error}") from error


def plain(value: Any) -> Any:
    """Return a value without Java's objects: a node or relationship is the dict of its properties."""
    if hasattr(value, "toMap"):
        value = convert_java_to_python(value.toMap())
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if not name.startswith("@")}
    return [plain(part) for part in value] if isinstance(value, list) else value
