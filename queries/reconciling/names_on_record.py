"""Names of parties and agreements that a load brings, looked up by the rules by which lists are reconciled."""

from collections.abc import Mapping, Sequence

from graph.domain.catalog import NODES, fits
from graph.names.asked import AskedName, KnownName
from graph.names.comparison import compared
from graph.names.index import Only
from graph.names.ranking import meant, ranked
from queries.core.session import Session
from queries.reconciling.reconcile import Likely
from queries.reconciling.rows import SHOWN, Name, Narrowed, decided

_PARTIES = tuple(
    node.label() for node in NODES if fits(node.label(), ("Party",)) and node.label() not in ("Person", "Government")
)
_AGREEMENTS = tuple(node.label() for node in NODES if fits(node.label(), ("Agreement",)))
_OPEN = "Organization"
_MET = 60


class NamesOfSession:
    """Looks up names in the graph of a session."""

    def __init__(self, session: Session) -> None:
        """Look names up in a session."""
        self._session = session

    def meant(self, names: Sequence[AskedName]) -> Mapping[AskedName, KnownName]:
        """Return the party that each name means beyond doubt; names that mean none, or one of several, are left out."""
        called = [name for name in names if self._is_called(name)]  # most names of a load are new, and soon seen to be
        likely = {name: self._likely(name) for name in called}
        return {name: _known(ones[0]) for name, (is_sure, ones) in likely.items() if is_sure and _fits(name, ones[0])}

    def near(self, name: AskedName) -> Sequence[KnownName]:
        """Return the parties that a name may have been meant for, the likeliest first, at most three."""
        likely = [_known(one) for one in self._likely(name)[1]]
        if name.cls == "Government" or name.cls in _AGREEMENTS:
            return likely
        only = Only(classes=frozenset(_kinds(name)))
        hits = self._session.looked_up(ranked, name.text, only)[:_MET]
        rated = [(compared(name.text, hit.matched, "organization"), hit) for hit in hits]
        alike = sorted((it.points, hit.name, hit.id, hit.cls) for it, hit in rated if it.tier != "unlike")
        exact = [one for one in likely if one.is_exact]
        near = [*exact, *(KnownName(id_, cls, printed) for _, printed, id_, cls in alike), *likely]
        first: dict[str, KnownName] = {}
        for one in near:
            first.setdefault(one.id, one)
        return list(first.values())[:SHOWN]

    def _is_called(self, name: AskedName) -> bool:
        only = Only(classes=frozenset(_kinds(name)))
        return bool(self._session.looked_up(meant, name.text, only))

    def _likely(self, name: AskedName) -> tuple[bool, tuple[Likely, ...]]:
        [found] = decided(self._session, [Name(name.text, name.government)], Narrowed(_kinds(name)))
        return found.decision == "sure", found.candidates


def _kinds(name: AskedName) -> tuple[str, ...]:
    if name.cls in _AGREEMENTS:
        return _AGREEMENTS
    # AU is Australia as well as the African Union, to whoever does not say which kind is meant
    return ("Government",) if name.cls == "Government" else (*_PARTIES, "Government")


def _known(one: Likely) -> KnownName:
    return KnownName(one.thing.id, one.thing.cls, one.thing.name, one.is_exact)


def _fits(name: AskedName, one: Likely) -> bool:
    """Say whether what is meant may be of the class that the source says."""
    return name.is_kind_guessed or name.cls == one.thing.cls or _OPEN in (name.cls, one.thing.cls)
