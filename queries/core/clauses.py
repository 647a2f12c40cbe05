"""Puts clauses in words: what a question found out is said by the template of its name, last of all."""

import pickle
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Macro

from iga.graph.text import counted
from iga.queries.core.answer import CaveatKind, Ref
from iga.queries.core.reading import refs
from iga.queries.core.wording import (
    as_said,
    capitalized,
    days,
    in_full,
    in_words,
    kind_in_words,
    listed,
    long_day,
    money,
    outcome,
    quoted,
    replied,
    sentence,
    the,
    with_article,
    years_listed,
)


class KeptTemplates(FileSystemBytecodeCache):
    """Compiled templates in ``__pycache__`` beside this module; where nobody may write there, they are not kept."""

    def __init__(self) -> None:
        super().__init__(str(Path(__file__).parent / "__pycache__"), "%s.template")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a compiled template, if what is kept is of its text and whole."""
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if the system lets us."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


@dataclass(frozen=True)
class SourcedClause:
    """One sentence of an answer before it is put in words.

    Attributes:
        id: What it says, in a word or two; papers choose it by this. The macro of the template is called so.
        values: What the sentence is made from, all of it: text, numbers, days, lists of these.
        refs: Source rows that it rests on; None is all that the answer rests on.
    """

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    refs: tuple[Ref, ...] | None = None


def clause(id: str, *rests_on: Mapping[str, Any], **values: Any) -> SourcedClause:  # noqa: A002 - its name in an answer
    """Return a clause: what it says, the properties whose sources it rests on, and its values.

    Without properties it rests on all that the answer rests on. One whose sentence is blank is left out of the answer.
    """
    return SourcedClause(id, values, refs(*rests_on) if rests_on else None)


@dataclass(frozen=True)
class UnwordedCaveat:
    """What an answer does not know before it is put in words.

    Attributes:
        id: Name of its macro in the template of the question.
        clause: Id of the clause that it concerns, if it concerns one.
        rows: Whether it concerns each row of the answer, in their order; None if it does not go by rows.
    """

    kind: CaveatKind
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    clause: str | None = None
    rows: tuple[bool, ...] | None = None


def caveat(
    kind: CaveatKind,
    id: str,  # noqa: A002 - as above
    *,
    clause: str | None = None,
    rows: Iterable[bool] | None = None,
    **values: Any,
) -> UnwordedCaveat:
    """Return a caveat: its kind, its macro, the clause or the rows that it concerns, and its values.

    One that goes by rows and concerns none, or whose sentence is blank, is left out of the answer.
    """
    return UnwordedCaveat(kind, id, values, clause, None if rows is None else tuple(rows))


def resting_on(of: Iterable["tuple[Ref, ...]"], id: str, **values: Any) -> SourcedClause:  # noqa: A002 - as above
    """Return a clause that rests on the source rows of some rows of the answer, or of anything else."""
    return SourcedClause(id, values, tuple(dict.fromkeys(ref for known in of for ref in known)))


# A name of fewer words may be a part of another name.
_LONG = 2


class ShortNames(dict[str, str]):
    """Short names, by the printed ones that they stand for."""

    @cached_property
    def long(self) -> tuple[str, ...]:
        """The printed names that are looked for in texts, the longest first."""
        return tuple(sorted((name for name in self if len(name.split()) > _LONG), key=len, reverse=True))


_AS_PRINTED = ShortNames()


def worded(
    package: str,
    name: str,
    id: str,  # noqa: A002 - as above
    values: Mapping[str, Any],
    *,
    names: ShortNames = _AS_PRINTED,
    in_paper: bool = False,
    is_caveat: bool = False,
) -> str:
    """Return a sentence: the macro of a template, given those of the values that it names.

    Args:
        package: Package with a folder ``sentences``, such as ``iga.queries.multilateral``.
        name: Name of the question, or of the template: ``sentences/treaty_status.j2`` of ``treaty-status``.
        id: Name of the macro, with a hyphen or an underscore; where the template has none, the macro that all
            questions share (``queries/core/sentences/shared.j2``).
        values: By name; what the macro needs and is not here is an error of the question, not of its user.
        names: Short names that stand in the sentence for printed ones, by these.
        in_paper: Whether days are written as the office writes them in papers (March 6, 2026), not in ISO 8601.
        is_caveat: Whether it is a caveat: those of a room may be in its ``sentences/caveats.j2``, which goes first.
    """
    macro = _macro(package, name, id.replace("-", "_"), in_paper=in_paper, is_caveat=is_caveat)
    wanted = {argument: renamed(values[argument], names) for argument in macro.arguments if argument in values}
    return " ".join(str(macro(**wanted)).split())


def _shortened(text: str, names: ShortNames) -> str:
    """Return text with short names in place of printed ones in it, each with the article that it is said with."""
    for name in [name for name in names.long if name in text]:
        text = re.sub(rf"(?<=[a-z] ){re.escape(name)}", the(names[name]), text).replace(name, names[name])
    return text.replace("the the ", "the ")


def renamed(value: Any, names: ShortNames) -> Any:
    """Return a value with names put in the place of others, by these; also in the middle of texts."""
    if not names:
        return value
    if isinstance(value, str):
        return names[value] if value in names else _shortened(value, names)
    if isinstance(value, Mapping):
        return {renamed(key, names): renamed(part, names) for key, part in value.items()}
    return [renamed(part, names) for part in value] if isinstance(value, (list, tuple)) else value


@cache
def _macro(package: str, name: str, id: str, *, in_paper: bool, is_caveat: bool) -> Macro:  # noqa: A002 - as above
    room, core = _environment(package, in_paper=in_paper), _environment(_CORE, in_paper=in_paper)
    of_room = is_caveat and (files(package) / "sentences" / "caveats.j2").is_file()
    own = [room.get_template(f"{template}.j2") for template in (*(["caveats"] * of_room), name.replace("-", "_"))]
    macros = (getattr(template.module, id, None) for template in (*own, core.get_template("shared.j2")))
    macro: Macro = next(filter(None, macros))
    return macro


_CORE = "iga.queries.core"


@cache
def _environment(package: str, *, in_paper: bool) -> Environment:
    written = long_day if in_paper else str
    made = Environment(
        loader=FileSystemLoader([str(files(room) / "sentences") for room in (package, _CORE)]),
        bytecode_cache=KeptTemplates(),
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    made.filters |= {
        "count": counted,
        "number": "{:,}".format,
        "listed": listed,
        "money": lambda amount: money(amount["amount"], amount["currency"]),
        "be": lambda number: "is" if number == 1 else "are",
        "have": lambda number: "has" if number == 1 else "have",
        "article": with_article,
        "the": the,
        "kind": kind_in_words,
        "years": years_listed,
        "day": written,
        # A paper has no question that a Yes could reply to: it states the same.
        "reply": (lambda text, _: capitalized(text.strip())) if in_paper else replied,
        "value": partial(in_words, written=written),
        "days": days,
        "outcome": outcome,
        "in_full": in_full,
        "sentence": sentence,
        "capitalized": capitalized,
        "quoted": quoted,
        "as_said": as_said,
    }
    return made
