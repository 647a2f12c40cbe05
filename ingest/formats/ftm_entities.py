"""Entities of FollowTheMoney, our ids of them, and the record in which one is told."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise, product
from typing import Any

from iga.graph.domain.values import refines
from iga.ingest.name_tables import governments
from iga.ingest.record_builder import RecordBuilder, as_line, opaque_id
from iga.ingest.rejections import MISSING, Refusal

_LONGEST_TEXT = 20_000
_TIME = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?", re.ASCII)

KINDS: Mapping[str, str] = {
    "Company": "company",
    "LegalEntity": "organization",
    "Organization": "organization",
    "Payment": "transaction",
    "Person": "person",
    "Position": "post",
    "Project": "project",
    "PublicBody": "body",
}
"""The schemata that become nodes, with the kind of each; a LegalEntity does not tell its sort."""


@dataclass(frozen=True)
class FtmEntity:
    """An entity as its line states it.

    Attributes:
        schema: Such as ``Person`` or ``Directorship``.
        properties: Texts of each property, in order, without repetitions; numbers as written.
        caption: Its name as the source prints it; blank when it does not say.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    caption: str = ""

    def of(self, *names: str) -> tuple[str, ...]:
        """Return the values of some properties, in their order."""
        return tuple(dict.fromkeys(value for name in names for value in self.properties.get(name, ())))

    def one(self, *names: str) -> str:
        """Return the first value of the first of some properties that has one; blank when none has."""
        return next(iter(self.of(*names)), "")

    def first_of(self, *names: str) -> tuple[str, ...]:
        """Return the values of the first of some properties that has one."""
        return next((values for name in names if (values := self.of(name))), ())


class FtmIds:
    """Our ids of one load's entities.

    Attributes:
        absent: How many references point at entities that the files do not hold.
    """

    def __init__(self, source: str, entities: Iterable[FtmEntity]) -> None:
        """List entities; about 100 bytes stay in memory for each that becomes a node."""
        self.absent = 0
        self._source = source
        self._kinds = {_mark(entity.id): KINDS[entity.schema] for entity in entities if entity.schema in KINDS}

    def of(self, entity: FtmEntity) -> str:
        """Return the id of an entity that becomes a node. It tells nothing of the entity's own id or name."""
        return opaque_id(KINDS[entity.schema], self._source, entity.id)

    def named(self, reference: str, *, otherwise: str) -> str:
        """Return the id that a reference means; `otherwise` is the kind of one that the files do not hold."""
        kind = self._kinds.get(_mark(reference))
        self.absent += kind is None
        return opaque_id(kind or otherwise, self._source, reference)

    def post(self, reference: str, role: str) -> str:
        """Return the id of the post that a role in an organization is."""
        return opaque_id("post", self._source, reference, role.casefold())


def _mark(identifier: str) -> int:
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "big")


@dataclass(kw_only=True)
class FtmRecord(RecordBuilder):
    """What one entity says, while it is put together.

    Attributes:
        left_out: Counts what an entity states and the graph has no place for, by schema and property.
    """

    entity: FtmEntity
    ids: FtmIds
    left_out: Counter[str]

    def leave_out(self, what: str) -> None:
        """Count what is not taken of the entity."""
        self.left_out[f"{self.entity.schema}{what}"] += 1

    def line(self, *names: str) -> str:
        """Return the first value of some properties, on one line."""
        return as_line(self.entity.one(*names))

    def text(self, *names: str) -> str:
        """Return the first value of some properties, as far as a text goes."""
        return self.entity.one(*names)[:_LONGEST_TEXT]

    def thing(self, values: Mapping[str, Any], *, marking: int = 0, schemes: Mapping[str, str] | None = None) -> str:
        """State the node that the entity is, with its own id and its numbers in the registers of `schemes`."""
        numbers = (f"{scheme}:{value}" for name, scheme in (schemes or {}).items() for value in self.entity.of(name))
        identifiers = [as_line(number) for number in (f"FTM:{self.entity.id}", *numbers)]
        return self.node(self.ids.of(self.entity), {**values, "identifiers": identifiers}, marking=marking)

    def names(self) -> dict[str, Any]:
        """Return the name that is printed, and every other as an alias."""
        names = [as_line(name) for name in self.entity.of("name")]
        caption = as_line(self.entity.caption)
        printed = caption if caption in names else next(iter(names), "")
        others = [*names, *(as_line(name) for name in self.entity.of("alias", "previousName"))]
        return {"name": printed, "aliases": [name for name in dict.fromkeys(others) if name != printed]}

    def country(self, *names: str) -> str:
        """Return the government that the first of some properties names; blank when it names several or none known."""
        values = self.entity.first_of(*names)
        known = {governments().codes.get(value.upper()) for value in values}
        if len(known) == 1 and (government := known.pop()):
            return government
        if values:
            self.leave_out(".country (several, or not in the tables)")
        return ""

    def day(self, *names: str) -> str:
        """Return the day that the first of some properties states, the most precise; blank when days differ."""
        values = self.entity.first_of(*names)
        days = sorted({match[1] if (match := _TIME.fullmatch(value)) else value for value in values}, key=len)
        if any(not refines(fine, coarse) for coarse, fine in pairwise(days)):
            self.leave_out(f".{names[0]} (several days)")
            return ""
        return days[-1] if days else ""

    def period(self, start: str = "startDate", end: str = "endDate", *, is_open: bool = False) -> dict[str, str]:
        """Return the interval between two properties; empty when nothing is known of it."""
        first, last = self.day(start), self.day(end)
        if last:
            return {"start": first, "end": last}
        return {"start": first, "end_kind": "open"} if is_open else {"start": first} if first else {}

    def term(self, *, is_open: bool = False) -> dict[str, Any]:
        """Return when a relationship held, as far as the entity tells."""
        period = self.period(is_open=is_open)
        return {"period": period, "attested_on": [seen] if (seen := self.day("date")) else []}

    def ends(self, source: tuple[str, str], target: tuple[str, str]) -> list[tuple[str, str]]:
        """Return the ids of both ends, each with each; an end is a property and the kind it has where nothing tells.

        Raises:
            Refusal: One of them is missing.
        """
        for name, _ in (source, target):
            if not self.entity.of(name):
                reason = f"the {self.entity.schema} has no {name}"
                raise Refusal(reason, fix=f"name it in `{name}`", code=MISSING, column=name)
        sources, targets = (
            [self.ids.named(end, otherwise=kind) for end in self.entity.of(name)] for name, kind in (source, target)
        )
        return list(product(sources, targets))
