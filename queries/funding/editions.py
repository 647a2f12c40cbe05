"""What lists and files state of one thing, edition by edition: every version of every row, earlier loads included."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.domain.values import first_day, last_day
from graph.fold.history import RowHistory
from graph.fold.live import Lens, seen_statements
from graph.fold.recipes import recipe
from graph.statements import EdgeStatement, NodeStatement, RowVersion, Values
from queries.core.answer import Ref
from queries.core.session import Session
from queries.core.sourced_values import lens_of


@dataclass(frozen=True)
class Edition:
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

    def is_after(self, other: "Edition") -> bool:
        """Say whether it is stated for a day that surely lies later than that of another."""
        if not (self.stated_on and other.stated_on):
            return False
        if first_day(self.stated_on) > last_day(other.stated_on):
            return True
        return self.ref == other.ref and self.load > other.load


def editions_of(session: Session, ids: Collection[str]) -> list[Edition]:
    """Return what every row ever stated of the thing that has these ids, in the order of the days it is stated for.

    A version that says the same as the one before it is left out. What has no day comes last.
    """
    wanted, lens = frozenset(ids), lens_of(session)
    as_of = {header.no: header.card.as_of for header in session.headers}
    found = [edition for row in session.ledger.rows_naming(wanted) for edition in _of_row(row, lens, wanted, as_of)]
    return sorted(found, key=lambda each: (not each.stated_on, each.stated_on, each.ref, each.load))


def _of_row(row: RowHistory, lens: Lens, wanted: frozenset[str], as_of: dict[int, str]) -> Iterator[Edition]:
    counting = [version for version in row if version.load <= lens.upto]
    before: Edition | None = None
    for version in counting:
        edition = _edition(row, version, lens, wanted, as_of[version.load], is_last=version is counting[-1])
        if edition and (before is None or not _says_the_same(edition, before)):
            yield edition
            before = edition


def _edition(
    row: RowHistory, version: RowVersion, lens: Lens, wanted: frozenset[str], as_of: str, *, is_last: bool
) -> Edition | None:
    """Return what a version states of the thing under the ceiling; None if nothing."""
    said = [statement for _, statement, _ in seen_statements(row, version, lens)]
    about = [one for one in said if isinstance(one, NodeStatement) and one.id in wanted]
    if not about:
        return None
    values: Values = {}
    for one in reversed(about):
        values |= recipe(one.cls).visible(one.values, lens.ceiling)[0]
    edges = [one for one in said if isinstance(one, EdgeStatement) and one.source in wanted]
    return Edition(
        stated_on=about[0].stated_on or as_of,
        ref=(version.source, version.row_key),
        load=version.load,
        is_superseded=not is_last,
        values=values,
        lists=tuple(edge.target for edge in edges if edge.type == "UNDER" and edge.target.startswith("publication:")),
        places=tuple(edge.target for edge in edges if edge.type == "IMPLEMENTED_IN"),
    )


def _says_the_same(one: Edition, other: Edition) -> bool:
    return (one.values, one.lists, one.places) == (other.values, other.lists, other.places)
