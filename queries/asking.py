"""What every question needs besides its parameters: the graph, the ledger, the day and the clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from graph.query import P, Query, R
from graph.stores.door import Reader
from queries.answer import Ref


class EvidenceRow(Protocol):
    """What the ledger knows of one row that evidence names."""

    @property
    def source(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def locator(self) -> str: ...
    @property
    def stated_on(self) -> str: ...
    @property
    def load(self) -> int: ...
    @property
    def confidence(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def gaps(self) -> tuple[str, ...]: ...


class EvidenceBook(Protocol):
    """Where evidence is looked up: the ledger."""

    def evidence(self, refs: Collection[Ref], upto: int | None = None) -> Mapping[Ref, EvidenceRow]:
        """Return what the ledger knows of each row; rows that it lacks are absent."""


@dataclass(frozen=True)
class Standing:
    """How the projection that answers stands to the ledger.

    Attributes:
        data_version: Graph hash; blank when nothing was ever projected.
        projecting: Whether a load is being projected right now, so that answers may be incomplete.
        known_on: Day or load the view was built for; None is everything loaded.
        upto: Number of the last load that counts; None is all.
    """

    data_version: str = ""
    projecting: bool = False
    known_on: str | None = None
    upto: int | None = None


@dataclass(frozen=True)
class Asking:
    """The context of a question; nothing in it is hidden state, so equal contexts give equal answers.

    Attributes:
        store: The graph as one view of it shows.
        ledger: Where evidence is looked up.
        today: Day that stands for ``as_of`` when none is asked for.
        standing: Version and state of the projection.
    """

    store: Reader
    ledger: EvidenceBook
    today: str
    standing: Standing = Standing()

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read, in the order its text asks for.

        Raises:
            StoreError: The store did not answer.
        """
        return self.store.read(query, params)
