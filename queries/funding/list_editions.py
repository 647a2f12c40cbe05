"""What lists and files state of one thing, edition by edition, and how each differs from those before it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graph.domain.values import first_day, last_day
from graph.fold.history import RowHistory
from graph.fold.live import Lens, seen_statements
from graph.fold.recipes import recipe
from graph.statements import EdgeStatement, NodeStatement, RowVersion, Values
from queries.core.answer import Ref
from queries.core.session import Session

AMOUNTS = ("stated_total", "ceiling", "total_obligated", "total_outlaid", "cost_share")
"""The amounts that a list may state of a project or an award."""


@dataclass(frozen=True)
class ListEdition:
    """What one version of one row states of a thing.

    Attributes:
        stated_on: Day it states it for, possibly partial; blank is unknown.
        ref: The row.
        load: Number of the load that said it.
        is_superseded: Whether a later load replaced it: the list now says something else, or nothing.
        values: Fields of the thing.
        lists: Ids of the publications that the row puts it under.
        places: Ids of the governments that the row says it runs in, in the order of the row.
    """

    stated_on: str
    ref: Ref
    load: int
    is_superseded: bool
    values: Values
    lists: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def period(self) -> Mapping[str, str]:
        """From when until when, by ``start`` and ``end``; empty if it is not stated."""
        period = self.values.get("period")
        return {end: day for end, day in period.items() if day} if isinstance(period, dict) else {}

    @property
    def amendments(self) -> tuple[str, ...]:
        """Amendments as stated."""
        said = self.values.get("amendments")
        return tuple(said) if isinstance(said, list) else ()

    def is_after(self, other: "ListEdition") -> bool:
        """Say whether it is stated for a day that surely lies later than that of another."""
        if not (self.stated_on and other.stated_on):
            return False
        if first_day(self.stated_on) > last_day(other.stated_on):
            return True
        return self.ref == other.ref and self.load > other.load


def editions_of(session: Session, ids: Collection[str]) -> list[ListEdition]:
    """Return what every row ever stated of the thing that has these ids, in the order of the days it is stated for.

    A version that says the same as the one before it is left out. What has no day comes last.
    """
    wanted, lens = frozenset(ids), session.lens
    as_of = {header.no: header.card.as_of for header in session.headers}
    found = [edition for row in session.ledger.rows_naming(wanted) for edition in _of_row(row, lens, wanted, as_of)]
    return sorted(found, key=lambda each: (not each.stated_on, each.stated_on, each.ref, each.load))


def _of_row(row: RowHistory, lens: Lens, wanted: frozenset[str], as_of: dict[int, str]) -> Iterator[ListEdition]:
    counting = [version for version in row if version.load <= lens.upto]
    before: ListEdition | None = None
    for version in counting:
        edition = _edition(row, version, lens, wanted, as_of[version.load], is_last=version is counting[-1])
        if edition and (before is None or not _says_the_same(edition, before)):
            yield edition
            before = edition


def _edition(
    row: RowHistory, version: RowVersion, lens: Lens, wanted: frozenset[str], as_of: str, *, is_last: bool
) -> ListEdition | None:
    """Return what a version states of the thing under the ceiling; None if nothing."""
    said = [statement for _, statement, _ in seen_statements(row, version, lens)]
    about = [one for one in said if isinstance(one, NodeStatement) and one.id in wanted]
    if not about:
        return None
    values: Values = {}
    for one in reversed(about):
        values |= recipe(one.cls).visible(one.values, lens.ceiling)[0]
    edges = [one for one in said if isinstance(one, EdgeStatement) and one.source in wanted]
    return ListEdition(
        stated_on=about[0].stated_on or as_of,
        ref=(version.source, version.row_key),
        load=version.load,
        is_superseded=not is_last,
        values=values,
        lists=tuple(edge.target for edge in edges if edge.type == "UNDER" and edge.target.startswith("publication:")),
        places=tuple(edge.target for edge in edges if edge.type == "IMPLEMENTED_IN"),
    )


def _says_the_same(one: ListEdition, other: ListEdition) -> bool:
    return (one.values, one.lists, one.places) == (other.values, other.lists, other.places)


def changes(
    edition: ListEdition, earlier: Sequence[ListEdition], names: Mapping[str, str]
) -> tuple[dict[str, Any], ...]:
    """Return how an edition differs from the latest earlier one that speaks of the same: values of *change* clauses.

    Where nothing tells which of two was stated later, they *differ*; nothing is called raised or extended then.

    Args:
        edition: The edition.
        earlier: Those before it in the order of `editions_of`, all of the same thing.
        names: Printed names of governments, by id.
    """
    found = [change for field in AMOUNTS if (change := _amount(field, edition, earlier))]
    found += [change for end in ("start", "end") if (change := _day(end, edition, earlier))]
    return (*found, *_status(edition, earlier), *_amendments(edition, earlier), *_places(edition, earlier, names))


def _amount(field: str, edition: ListEdition, earlier: Sequence[ListEdition]) -> dict[str, Any] | None:
    money = edition.values.get(field)
    if not isinstance(money, Mapping):
        return None
    before = next((each for each in reversed(earlier) if _is_alike(each.values.get(field), money)), None)
    if before is None:
        return None
    old: Any = before.values[field]
    if (was := Decimal(old["amount"])) == (now := Decimal(money["amount"])):
        return None
    how = ("raised" if now > was else "lowered") if edition.is_after(before) else "differs"
    return {"what": field, "how": how, "old": dict(old), "new": dict(money)}


def _is_alike(value: Any, money: Mapping[str, str]) -> bool:
    """Say whether a value is an amount of the same measure and currency; others cannot be compared."""
    return isinstance(value, Mapping) and all(value[part] == money[part] for part in ("currency", "measure"))


def _day(end: str, edition: ListEdition, earlier: Sequence[ListEdition]) -> dict[str, Any] | None:
    new = edition.period.get(end)
    before = next((each for each in reversed(earlier) if each.period.get(end)), None)
    if not new or before is None:
        return None
    old = before.period[end]
    is_later = first_day(new) > last_day(old)
    if not is_later and last_day(new) >= first_day(old):
        return None  # one is only the more precise
    moved = "moved" if end == "start" else "extended" if is_later else "shortened"
    return {"what": end, "how": moved if edition.is_after(before) else "differs", "old": old, "new": new}


def _status(edition: ListEdition, earlier: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    new = edition.values.get("status")
    old = next((said for each in reversed(earlier) if (said := each.values.get("status"))), None)
    if new and old and new != old:
        yield {"what": "status", "how": "changed", "old": old, "new": new}


def _amendments(edition: ListEdition, earlier: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    """Yield amendments that no earlier edition tells, where one tells any."""
    before = {told for each in earlier for told in each.amendments}
    if before:
        yield from ({"what": "amended", "new": told} for told in sorted(set(edition.amendments) - before))


def _places(edition: ListEdition, earlier: Sequence[ListEdition], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    before = next((each for each in reversed(earlier) if each.places), None)
    if before is None or not edition.places:
        return
    for how, some, others in (("now also", edition, before), ("no longer", before, edition)):
        if named := sorted(names.get(place, place) for place in set(some.places) - set(others.places)):
            yield {"what": "places", "how": how, "new": named}
