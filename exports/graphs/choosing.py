"""Chooses a part of the graph: all of it, some classes, or what lies around parties."""

from collections.abc import Iterable, Mapping, Sequence

from exports.graphs.part import Part, chunks
from exports.wording import counted
from graph.domain.catalog import fits
from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.days import held_on
from queries.core.reading import OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.core.wording import listed
from queries.whole.reads import DAYS_OF_EDGES, EVERYTHING_NAMED, Named

HUB = 200
"""Relationships from which on a thing that was not asked for is shown but not walked through: a government, the UN."""

MOST = 2_000
"""Things that lie around parties are listed up to this number, unless another is asked for."""


def everything(session: Session, *, classes: Sequence[str] = (), day: str | None = None) -> Part:
    """Return the whole graph, or the things of some classes or groups, with all that joins them.

    Args:
        session: The graph.
        classes: Classes or groups, such as Party; none is all.
        day: Day that relationships must not be known to have been over or not begun on.
    """
    named = session.store.read(EVERYTHING_NAMED, Everything())
    chosen = [each for each in named if not classes or fits(each.cls, tuple(classes))]
    what = f"All of {listed(list(classes))}" if classes else "The whole graph"
    return _part(session, chosen, day=day, what=what, parameters={"class": list(classes)} if classes else {})


def around(
    session: Session, parties: Sequence[Subject], *, depth: int, limit: int, classes: Sequence[str] = (),
    day: str | None = None,
) -> Part:  # fmt: skip
    """Return what lies within some steps of parties; the nearest first, up to a limit.

    Steps follow relationships in either direction, of the day where one is given. A thing with many relationships
    (`HUB`) that was not asked for itself is shown, but no step leads through it.

    Args:
        session: The graph.
        parties: Where the steps begin.
        depth: Most steps.
        limit: Most things.
        classes: Only things of these classes or groups, and the parties; steps lead through others all the same.
        day: Day that relationships must not be known to have been over or not begun on.
    """
    walked = _Walk(session, day, limit)
    walked.start(party.id for party in parties)
    for _ in range(depth):
        walked.step()
    started = {party.id for party in parties}
    chosen = [
        each
        for each in _named(session, walked.reached)
        if not classes or each.id in started or fits(each.cls, tuple(classes))
    ]
    parameters = {"party": [party.id for party in parties], "depth": depth, "limit": limit}
    if classes:
        parameters["class"] = list(classes)
    what = f"What lies within {counted(depth, 'step')} of {listed([party.name for party in parties])}"
    return _part(session, chosen, day=day, what=what, parameters=parameters, notes=walked.notes())


def of_ids(
    session: Session, ids: Iterable[str], *, day: str | None, what: str, parameters: Mapping[str, object],
    notes: tuple[str, ...] = (),
) -> Part:  # fmt: skip
    """Return things by their ids, with all that joins them."""
    return _part(session, _named(session, ids), day=day, what=what, parameters=parameters, notes=notes)


class _Walk:
    """Steps from things to their neighbours."""

    def __init__(self, session: Session, day: str | None, limit: int) -> None:
        self._asking, self._day, self._limit = session, day, limit
        self._left_out: set[str] = set()
        self._hubs: set[str] = set()
        self._edge: list[str] = []
        self._started: frozenset[str] = frozenset()
        self.reached: dict[str, None] = {}

    def start(self, ids: Iterable[str]) -> None:
        self._edge = list(dict.fromkeys(ids))
        self._started = frozenset(self._edge)
        self.reached = dict.fromkeys(self._edge)

    def step(self) -> None:
        found: dict[str, None] = {}
        for chunk in chunks(self._edge):
            for it, others in self._neighbours(chunk).items():
                if len(others) > HUB and it not in self._started:
                    self._hubs.add(it)
                else:
                    found |= dict.fromkeys(others)
        fresh = [it for it in sorted(found) if it not in self.reached]
        room = max(0, self._limit - len(self.reached))
        self._left_out |= set(fresh[room:])
        self._edge = fresh[:room]
        self.reached |= dict.fromkeys(self._edge)

    def notes(self) -> tuple[str, ...]:
        said = []
        if left := len(self._left_out - self.reached.keys()):
            said.append(
                f"{counted(left, 'further thing')} as near lie beyond the limit of {self._limit:,}; see --limit"
            )
        if self._hubs:
            names = sorted(each.name for each in _named(self._asking, self._hubs))
            said.append(
                f"no step leads through {listed(names)}: each has more than {HUB} neighbours; ask for it itself"
            )
        return tuple(said)

    def _neighbours(self, ids: tuple[str, ...]) -> dict[str, list[str]]:
        others: dict[str, dict[str, None]] = {}
        for tie in self._asking.store.read(DAYS_OF_EDGES, OfIds(ids=ids)):
            if tie.other != tie.id and (self._day is None or held_on(tie.model_dump(), day=self._day) != "no"):
                others.setdefault(tie.id, {})[tie.other] = None
        return {it: list(found) for it, found in others.items()}


def _named(session: Session, ids: Iterable[str]) -> list[Named]:
    return [
        Named(id=entity.id, cls=entity.cls, name=entity.name)
        for chunk in chunks(sorted(ids))
        for entity in session.store.read(ENTITIES_BY_ID, OfIds(ids=chunk))
    ]


def _part(
    session: Session, chosen: Sequence[Named], *, day: str | None, what: str, parameters: Mapping[str, object],
    notes: tuple[str, ...] = (),
) -> Part:  # fmt: skip
    return Part(
        session=session,
        names={each.id: each.name for each in chosen},
        classes={each.id: each.cls for each in chosen},
        day=day,
        notes=notes,
        parameters={**parameters, **({"as_of": day} if day else {})},
        what=what,
    )
