"""Read the values that several FollowTheMoney schemata share: names, days, countries, identifiers."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

from graph.domain.values import refines
from ingest.formats.ftm_entity import Entity
from ingest.formats.stating import as_line
from ingest.names import governments

# Public registers of organizations; the numbers of people are never read.
_REGISTERS = {
    "leiCode": "XI-LEI",
    "wikidataId": "WIKIDATA",
    "dunsCode": "DUNS",
    "uniqueEntityId": "UEI",
    "cikCode": "SEC-CIK",
    "permId": "PERMID",
    "ogrnCode": "RU-OGRN",
    "registrationNumber": "REGISTRATION",
}
_TIME = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?", re.ASCII)


class LeftOut(Counter[str]):
    """Counts what an entity states and the graph has no place for, by schema and property."""


def names_of(entity: Entity) -> dict[str, Any]:
    """Return the name that is printed, and every other as an alias."""
    names = [as_line(name) for name in entity.of("name")]
    printed = as_line(entity.caption) if as_line(entity.caption) in names else next(iter(names), "")
    others = [*names, *(as_line(name) for name in entity.of("alias", "previousName"))]
    return {"name": printed, "aliases": [name for name in dict.fromkeys(others) if name != printed]}


def identifiers_of(entity: Entity, *, registers: bool) -> list[str]:
    """Return the entity's own id, and its numbers in public registers where they may be read."""
    found = [f"FTM:{entity.id}"]
    if registers:
        found += [f"{scheme}:{value}" for name, scheme in _REGISTERS.items() for value in entity.of(name)]
    return [as_line(value) for value in found]


def country_of(entity: Entity, left_out: LeftOut, *names: str) -> str:
    """Return the government that the first of some properties names; blank when it names several or an unknown one."""
    values = next((values for name in names if (values := entity.of(name))), ())
    if not values:
        return ""
    found = {governments().codes.get(value.upper()) for value in values}
    known = next(iter(found)) if len(found) == 1 else None
    if known is None:
        left_out[f"{entity.schema}.country (several, or not in the tables)"] += 1
    return known or ""


def day_of(entity: Entity, left_out: LeftOut, *names: str) -> str:
    """Return the day that the first of some properties states, the most precise; blank when days differ."""
    values = next((values for name in names if (values := entity.of(name))), ())
    days = sorted({found[1] if (found := _TIME.fullmatch(value)) else value for value in values}, key=len)
    if any(not refines(fine, coarse) for coarse, fine in pairwise(days)):
        left_out[f"{entity.schema}.{names[0]} (several days)"] += 1
        return ""
    return days[-1] if days else ""


def interval(start: str, end: str, *, is_open: bool = False) -> dict[str, str]:
    """Return an interval; empty when nothing is known of it."""
    if end:
        return {"start": start, "end": end}
    if is_open:
        return {"start": start, "end_kind": "open"}
    return {"start": start} if start else {}
