"""Reads and writes the text of filters: ``member_of:bali-process,tier@2025:tier-3,party_to:!c189``.

A comma is *and*, a semicolon parts groups of which one is to be fulfilled, ``|`` parts values of which one is to be
had, ``!`` before them is *not*. After the name comes what it is asked about (``times_on.tier-3:>=10``) and when
(``@2025``, ``@2015..2020``, ``@ever``). A name with one of these signs in it stands in quotation marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from iga.graph.errors import UsageError
from iga.queries.sets.cell import Comparison
from iga.queries.sets.column import SetColumn

SIGN = "@"
"""What stands before the name of a saved list, where a body or a party may stand."""
_SAVED = re.compile(rf"{SIGN}[a-z0-9][a-z0-9-]*", re.IGNORECASE)

_VALUE = re.compile(r"(>=|<=|>|<)?\s*(.*)", re.DOTALL)
_HEAD = re.compile(r"(?P<name>[^.@]+)(?:\.(?P<argument>\"[^\"]*\"|[^@]*))?(?:@(?P<when>.*))?", re.DOTALL)
_ON_LINE = re.compile(r"(?P<argument>.*?)\s*(?P<rest>(?:>=|<=|>|<|=).*)", re.DOTALL)
# Longer than any question of the office, and short enough to be read at once.
_LONGEST = 4_000
_SIGNS = re.compile(r"[,;|!@:<>=\"]|\.\.")


@dataclass(frozen=True)
class TypedValue:
    """One value of a filter as typed, and how it is compared."""

    text: str
    comparison: Comparison = "is"


@dataclass(frozen=True)
class Term:
    """One filter as typed, or a column to show: nothing of it is looked up yet.

    Attributes:
        argument: What it is asked about; blank is nothing.
        when: For when it is asked; blank is the day of the whole.
        values: Of which one is to be had; none in a column to show.
        is_not: Whether none may be had.
    """

    name: str
    argument: str = ""
    when: str = ""
    values: tuple[TypedValue, ...] = ()
    is_not: bool = False

    def __str__(self) -> str:
        head = (
            f"{self.name}{f'.{quoted(self.argument)}' if self.argument else ''}{f'@{self.when}' if self.when else ''}"
        )
        values = "|".join(f"{_SPELT[it.comparison]}{quoted(it.text)}" for it in self.values)
        return f"{head}:{'!' if self.is_not else ''}{values}" if self.values else head


_SPELT: dict[Comparison, str] = {"is": "", ">": ">", ">=": ">=", "<": "<", "<=": "<="}


def quoted(text: str) -> str:
    """Return a text as it stands in a filter: in quotation marks where it has a sign of the grammar in it."""
    is_range = text.count("..") == 1 and not _SIGNS.search(text.replace("..", ""))
    return f'"{text}"' if _SIGNS.search(text) and not is_range else text


def groups_in(text: str) -> tuple[tuple[Term, ...], ...]:
    """Return the filters of a text, by groups of which one is to be fulfilled.

    Raises:
        UsageError: It does not follow the grammar; the error names the filter.
    """
    groups = (tuple(_term(part) for part in _parts(group, ",")) for group in _parts(text, ";"))
    return tuple(group for group in groups if group)


def columns_in(text: str) -> tuple[Term, ...]:
    """Return the columns that a text names, parted by commas, each with what it is asked about and when.

    Of a yes or no what it is asked about may stand behind a colon as in a filter: ``party_to:c189``.

    Raises:
        UsageError: One has no name.
    """
    return tuple(_term(part, has_value=False) for part in _parts(text, ","))


def _term(text: str, *, has_value: bool = True) -> Term:
    head, *values = _parts(text, ":", most=1)
    found = _HEAD.fullmatch(head)
    if not found or (has_value and not (values and values[0].strip(" !"))):
        raise UsageError(f"filter {text!r}: write the column, a colon and a value, such as tier:tier-3")
    is_not, value = _negated(values[0] if values else "")
    name, argument, when = (_plain(found[part] or "") for part in ("name", "argument", "when"))
    return Term(name.lower().replace("-", "_").replace(" ", "_"), argument, when, tuple(_values(value)), is_not)


def _negated(text: str) -> tuple[bool, str]:
    bare = text.strip()
    return bare.startswith("!"), bare.removeprefix("!")


def _values(text: str) -> Iterator[TypedValue]:
    for part in _parts(text, "|"):
        found = _VALUE.fullmatch(part)
        if found and found[2].strip():
            yield TypedValue(_plain(found[2]), found[1] or "is")  # type: ignore[arg-type]  # as the expression has them


def is_saved_name(text: str) -> bool:
    """True if a text names a saved list: ``@watch-bali``."""
    return bool(_SAVED.fullmatch(text.strip()))


def on_line(column: SetColumn, text: str, *, is_not: bool) -> Term:
    """Return the filter that an option of a command and its text make: ``Tier 3@2018``, ``Palermo > 2015``.

    Args:
        column: The column that the option is of.
        text: What it is asked about, a comparison and a value, and ``@`` before when; all but the value may be missing.
        is_not: Whether it is denied.

    Raises:
        UsageError: There is no value, or no comparison where one is needed.
    """
    if column.is_flag:
        return Term(column.name, when=text.strip().lstrip("@"), values=(TypedValue("yes"),), is_not=is_not)
    if is_saved_name(text):
        return Term(column.name, values=(TypedValue(text.strip()),), is_not=is_not)
    *before, last = _parts(text, "@") or [""]
    value, when = ("@".join(before), last) if before else (last, "")
    argument = ""
    if column.takes_argument:
        found = _ON_LINE.fullmatch(value)
        if not found:
            option = column.name.replace("_", "-")
            raise UsageError(f"--{option} {text!r}: write a name, a comparison and a value, such as {column.example}")
        argument, value = _plain(found["argument"]), found["rest"].removeprefix("=")
    return Term(column.name, argument, _plain(when), tuple(_values(value)), is_not)


def _plain(text: str) -> str:
    return text.strip().strip('"').strip()


def _parts(text: str, sign: str, *, most: int = 0) -> list[str]:
    """Return the parts of a text between signs that stand outside quotation marks; blank ones are left out."""
    if text.count('"') % 2:
        raise UsageError(f"filter {text[:100]!r}: a quotation mark has no second one")
    if len(text) > _LONGEST:
        raise UsageError(f"filter: a text may have {_LONGEST:,} letters; this one has {len(text):,}")
    parts = re.split(rf'{re.escape(sign)}(?=(?:[^"]*"[^"]*")*[^"]*$)', text, maxsplit=most)
    return [part.strip() for part in parts if part.strip()]
