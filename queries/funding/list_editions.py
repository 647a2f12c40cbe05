"""What lists and files state of one thing, edition by edition, and how each differs from those before it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from iga.graph.domain.values import first_day, last_day
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import Lens, seen_statements
from iga.graph.fold.recipes import recipe
from iga.graph.statements import EdgeStatement, NodeStatement, RowVersion, Values
from iga.queries.core.answer import Ref
from iga.queries.core.session import Session

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
        stated = self.values.get("amendments")
        return tuple(stated) if isinstance(stated, list) else ()

    def amount(self, field: str) -> Mapping[str, str] | None:
        """Return an amount that it states, by its parts."""
        money = self.values.get(field)
        return money if isinstance(money, Mapping) else None

    def is_after(self, other: "ListEdition") -> bool:
        """Say whether it is stated for a day that surely lies later than that of another."""
        if not (self.stated_on and other.stated_on):
            return False
        is_later = first_day(self.stated_on) > last_day(other.stated_on)
        return is_later or (self.ref == other.ref and self.load > other.load)


def editions_of(session: Session, ids: Collection[str]) -> list[ListEdition]:
    """Return what every row ever stated of the thing that has these ids, in the order of the days it is stated for.

    A version that says the same as the one before it is left out. What has no day comes last.
    """
    wanted, lens = frozenset(ids), session.lens
    as_of = {header.no: header.card.as_of for header in session.headers}
    editions = [one for row in session.ledger.rows_naming(wanted) for one in _of_row(row, lens, wanted, as_of)]
    return sorted(editions, key=lambda one: (not one.stated_on, one.stated_on, one.ref, one.load))


def _of_row(row: RowHistory, lens: Lens, wanted: frozenset[str], as_of: dict[int, str]) -> Iterator[ListEdition]:
    counting = [version for version in row if version.load <= lens.upto]
    before: ListEdition | None = None
    for version in counting:
        edition = _edition(row, version, lens, wanted, as_of[version.load])
        if edition and (before is None or _statement(edition) != _statement(before)):
            before = replace(edition, is_superseded=version is not counting[-1])
            yield before


def _statement(edition: ListEdition) -> tuple[object, ...]:
    return (edition.values, edition.lists, edition.places)


def _edition(
    row: RowHistory, version: RowVersion, lens: Lens, wanted: frozenset[str], as_of: str
) -> ListEdition | None:
    """Return what a version states of the thing under the ceiling; None if nothing."""
    statements = [statement for _, statement, _ in seen_statements(row, version, lens)]
    about = [one for one in statements if isinstance(one, NodeStatement) and one.id in wanted]
    if not about:
        return None
    values: Values = {}
    for one in reversed(about):
        values |= recipe(one.cls).visible(one.values, lens.ceiling)[0]
    edges = [one for one in statements if isinstance(one, EdgeStatement) and one.source in wanted]
    return ListEdition(
        stated_on=about[0].stated_on or as_of,
        ref=(version.source, version.row_key),
        load=version.load,
        is_superseded=False,
        values=values,
        lists=tuple(edge.target for edge in edges if edge.type == "UNDER" and edge.target.startswith("publication:")),
        places=tuple(edge.target for edge in edges if edge.type == "IMPLEMENTED_IN"),
    )


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
    latest = earlier[::-1]
    changed = [change for field in AMOUNTS for change in _amount(field, edition, latest)]
    changed += [change for end in ("start", "end") for change in _day(end, edition, latest)]
    return (*changed, *_status(edition, latest), *_amendments(edition, latest), *_places(edition, latest, names))


def _amount(field: str, edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    """Yield how an amount changed, against the latest of the same measure and currency; others cannot be compared."""
    new = edition.amount(field)
    for before in latest if new else ():
        old = before.amount(field)
        if new and old and (old["currency"], old["measure"]) == (new["currency"], new["measure"]):
            was, now = Decimal(old["amount"]), Decimal(new["amount"])
            how = ("raised" if now > was else "lowered") if edition.is_after(before) else "differs"
            if was != now:
                yield {"what": field, "how": how, "old": dict(old), "new": dict(new)}
            return


def _day(end: str, edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    new, before = edition.period.get(end), next((one for one in latest if one.period.get(end)), None)
    if new and before:
        old = before.period[end]
        is_later = first_day(new) > last_day(old)
        moved = "moved" if end == "start" else "extended" if is_later else "shortened"
        if is_later or last_day(new) < first_day(old):  # otherwise one is only the more precise
            yield {"what": end, "how": moved if edition.is_after(before) else "differs", "old": old, "new": new}


def _status(edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    new, old = edition.values.get("status"), next(filter(None, (one.values.get("status") for one in latest)), None)
    if new and old and new != old:
        yield {"what": "status", "how": "changed", "old": old, "new": new}


def _amendments(edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    """Yield amendments that no earlier edition tells, where one tells any."""
    before = {amendment for one in latest for amendment in one.amendments}
    for amendment in sorted(set(edition.amendments) - before) if before else ():
        yield {"what": "amended", "new": amendment}


def _places(edition: ListEdition, latest: Sequence[ListEdition], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    before = next((one for one in latest if one.places), None)
    if before and edition.places:
        for how, some, others in (("now also", edition, before), ("no longer", before, edition)):
            if named := sorted(names.get(place, place) for place in set(some.places) - set(others.places)):
                yield {"what": "places", "how": how, "new": named}
