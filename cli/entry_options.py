"""The options of a command that enters something, made from what its kind of entry asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from iga.entering.kind import EntryKind
from iga.queries.core.question import takes_many

F = TypeVar("F", bound=Callable[..., Any])

_ANY_FIELD = click.option(
    "--field", "fields", nargs=2, multiple=True, metavar="NAME VALUE", help="Any field; docs/schema.md."
)


def options_of(kind: EntryKind[Any], *, but: Sequence[str] = ()) -> Callable[[F], F]:
    """Return a decorator that gives a command an option for each thing that an entry asks for, the reason last.

    Args:
        kind: The kind of entry.
        but: What the command takes otherwise.
    """

    def decorated(function: F) -> F:
        *own, reason = (_option(kind, name) for name in kind.parameters() if name not in but)
        for option in (reason, *([_ANY_FIELD] if "fields" in kind.params.model_fields else []), *reversed(own)):
            function = option(function)
        return function

    return decorated


def _option(kind: EntryKind[Any], name: str) -> Callable[[F], F]:
    field, flag = kind.params.model_fields[name], f"--{name.replace('_', '-')}"
    if field.annotation is bool:
        return click.option(flag, name, is_flag=True, help=field.description)
    extra = field.json_schema_extra
    metavar = str(extra["metavar"]) if isinstance(extra, dict) else "TEXT"
    many = takes_many(kind.params, name)
    return click.option(
        flag, name, multiple=many, required=field.is_required(), metavar=metavar, help=field.description
    )
