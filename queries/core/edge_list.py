"""The edges of one thing on a day: those that stood, those that may have, those of other days; and rows of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Self, TypeVar

from iga.graph.query import Query
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.columns import fits, sourced
from iga.queries.core.days import Passed, held_on
from iga.queries.core.question import Params, SourcedRow
from iga.queries.core.reading import EdgeRow, OfIds, by_name
from iga.queries.core.session import Session

R = TypeVar("R", bound=AnswerRow)


@dataclass(frozen=True)
class EdgeList:
    """The edges of one thing, by the name of the other end.

    Attributes:
        about: The thing.
        edges: All of them, of any day.
        day: Full day that is answered for.
    """

    about: Subject
    edges: tuple[EdgeRow, ...]
    day: str

    rule: ClassVar[Callable[..., Passed]] = staticmethod(held_on)
    """Whether an edge of these properties stood on a ``day``."""

    @classmethod
    def read(cls, session: Session, query: Query[OfIds, Any], about: Subject, *, day: str) -> Self:
        """Read the edges of a thing."""
        return cls(about, tuple(by_name(session.read(query, OfIds(ids=(about.id,))))), day)

    def only(self, keeps: Callable[[EdgeRow], bool]) -> Self:
        """Keep some of the edges."""
        return replace(self, edges=tuple(edge for edge in self.edges if keeps(edge)))

    def fitting(self, params: Params) -> Self:
        """Keep the edges that fit what the parameters declared with `filter_on` ask for."""
        return self.only(lambda edge: fits(params, edge.properties))

    @cached_property
    def states(self) -> Mapping[str, Passed]:
        """Whether each stood on the day, by key; those that did not are left out."""
        known = {edge.key: self.rule(edge.properties, day=self.day) for edge in self.edges}
        return {key: state for key, state in known.items() if state != "no"}

    @property
    def standing(self) -> list[EdgeRow]:
        """Those that stood, or may have."""
        return [edge for edge in self.edges if edge.key in self.states]

    @property
    def past_count(self) -> int:
        """How many did not stand on the day."""
        return len(self.edges) - len(self.states)

    def rows(self, model: type[R], ends: Callable[[EdgeRow], dict[str, Any]]) -> tuple[SourcedRow[R], ...]:
        """Return a row for each edge that stood or may have; columns declared with `of` are copied from it.

        Args:
            model: The row.
            ends: Gives the columns that name the two ends, as `sourced` takes them.
        """
        return tuple(
            sourced(model, edge.properties, day=self.day, held=self.states[edge.key], **ends(edge))
            for edge in self.standing
        )


def names_of(edges: Sequence[EdgeRow]) -> list[str]:
    """Return the names of the other ends, each once, in order."""
    return list({edge.id: edge.name for edge in edges}.values())
