"""What sentences say of conditions and columns: the values that the templates ``predicates`` and ``reasons`` take."""

from collections.abc import Iterable
from typing import Any

from iga.graph.domain.values import FIRST_DAY
from iga.queries.core.clauses import ShortNames, worded
from iga.queries.sets.cell import Cell, Extent
from iga.queries.sets.column import Asked
from iga.queries.sets.condition import SetCondition

_COMPARED = {"is": "", ">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "at most "}
_DATED = {"is": "in ", ">": "after ", ">=": "from ", "<": "before ", "<=": "by "}


def told(condition: SetCondition, *, day: str) -> dict[str, Any]:
    """Return what a sentence says of a condition: its column, of what, which values, when, and whether it is denied."""
    asked = [test.asked for test in condition.tests]
    wanted = dict.fromkeys(_in_words(test.comparison, test.wanted) for test in condition.tests if test.wanted)
    values = {"column": condition.asked.column.name, "is_not": condition.is_not, "values": list(wanted)}
    return {**values, "of": list(dict.fromkeys(it.called for it in asked)), "when": when(asked, day=day)}


def _in_words(comparison: str, wanted: object) -> str:
    if not isinstance(wanted, Extent):
        return str(wanted)
    is_day = isinstance(wanted.least, str)
    if comparison == "is" and wanted.least != wanted.most and not is_day:
        return f"{wanted.least:,} to {wanted.most:,}"
    ends = {">": wanted.most, "<=": wanted.most}
    end = ends.get(comparison, wanted.least)
    if not is_day:
        return f"{_COMPARED[comparison]}{end:,}"
    return f"{_DATED[comparison]}{wanted}"


def when(asked: Iterable[Asked], *, day: str) -> dict[str, Any]:
    """Return for when a column is asked: the years, or the days where they are not those of the whole list."""
    asked = list(asked)
    first, years = asked[0], sorted({it.year for it in asked if it.year})
    if first.column.adds_up:
        years = [int(first.since), years[-1]]
    days = {"since": "" if first.since == FIRST_DAY else first.since, "day": first.day, "is_ever": bool(first.since)}
    shown = {"kind": first.column.when, "first": years[0] if years else None, "last": years[-1] if years else None}
    if first.column.when != "day" or (not first.since and first.day == day):
        days = {"since": "", "day": "", "is_ever": False}
    return {**shown, **days, "is_given": first.is_given, "until": "" if first.day == day else first.day}


def predicate(condition: SetCondition, *, day: str, names: ShortNames) -> str:
    """Return what a condition says of one party, in words: ``is on Tier 3 (2025)``."""
    return worded(__package__, "predicates", "said", {"condition": told(condition, day=day)}, names=names)


def years_of(asked: Asked) -> str:
    """Return the year or years that a column is asked for."""
    return f"{asked.since}-{asked.year}" if asked.column.adds_up and asked.since != str(asked.year) else str(asked.year)


def heading_of(asked: Asked) -> str:
    """Return what heads a column: its name, of what, and for when: ``party to Palermo Protocol``, ``tier (2025)``."""
    year = f"({years_of(asked)})" if asked.year else ""
    return " ".join(filter(None, (asked.column.name.replace("_", " "), asked.called, year)))


_NO = "no"


def cell_text(cell: Cell, asked: Asked) -> str:
    """Return a cell of a table: what is known, or that it is not."""
    values = "; ".join(map(str, cell.values))
    is_flag = asked.column.kind == "truth"
    shown = cell.shown or values
    if cell.state == "unknown":
        return f"not confirmed ({shown})" if shown else "not known"
    if cell.state == "no":
        return f"{_NO} ({shown})" if shown else _NO if is_flag else "none"
    return f"yes ({shown})" if is_flag and shown and asked.column.name not in _ITSELF else shown or "yes"


# Columns of a yes or no of which what is shown says it all.
_ITSELF = ("ambassador", "mission", "plan")


def field_of(asked: Asked) -> str:
    """Return the name of the field that a column has in a row: ``tier_2025``, ``party_to_treaty_palermo``."""
    of = asked.thing.id.partition(":")[2] if asked.thing else asked.word
    parts = [asked.column.name, of, str(asked.year) if asked.year and asked.is_given else ""]
    if asked.is_given and asked.column.when == "day":
        parts.append(asked.day if not asked.since else f"{asked.since}_{asked.day}")
    text = "_".join(filter(None, parts)).lower()
    return "".join(letter if letter.isalnum() else "_" for letter in text)
