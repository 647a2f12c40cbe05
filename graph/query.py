"""A read: one .cypher file, typed parameters, typed rows."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Params(BaseModel):
    """Base of a query's parameters. Field names are the ``$names`` in its text."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Row(BaseModel):
    """Base of a query's rows. Field names are the aliases its text returns."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


P = TypeVar("P", bound=Params)
R = TypeVar("R", bound=Row)

_PARAM = re.compile(r"\$(\w+)")
_ALIAS = re.compile(r"^  .* AS (\w+),?$", re.MULTILINE)
_COMMENT = re.compile(r"//.*")


@cache
def _text(package: str, name: str) -> str:
    return (files(package) / "cypher" / f"{name}.cypher").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Query(Generic[P, R]):
    """A named read. A store's door runs nothing else, so no text comes from a user.

    Attributes:
        package: Package that the file ships in.
        name: File name without ``.cypher``, in the package's ``cypher`` folder.
        params: Model of the parameters.
        row: Model of one returned row.
    """

    package: str
    name: str
    params: type[P]
    row: type[R]

    @property
    def text(self) -> str:
        """The Cypher text, the same for both engines."""
        return _text(self.package, self.name)

    def parameters_in_text(self) -> set[str]:
        """Return the names written as ``$name``."""
        return set(_PARAM.findall(_COMMENT.sub("", self.text)))

    def aliases_in_text(self) -> list[str]:
        """Return the aliases of the last ``RETURN``: house style puts each on its own line."""
        return _ALIAS.findall(self.text.rpartition("\nRETURN")[2])


Record = dict[str, Any]
"""One returned row as an engine gives it: text, numbers, booleans, lists, maps."""
