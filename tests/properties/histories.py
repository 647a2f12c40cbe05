"""Random histories: few ids, few values, many collisions.

Strategies are made once, as making one takes longer than drawing from it.
"""

from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, Card, Content, EdgeStatement, NodeStatement, Statement, Value
from tests.properties.ledger_model import Load, judged, unjudged

GROUND = {
    "ngo:n1": "Ngo",
    "ngo:n2": "Ngo",
    "engagement:n3": "Engagement",
    "named:ngo:n0": "Ngo",
    "post:n4": "Post",
    "person:n5": "Person",
}
IDS = tuple(GROUND)
SOURCES = ("list:a", "list:b", "list:c")
INSTANTS = ("", "2026-02-01T00:00:00Z", "2026-03-01T12:00:00.5Z")
NOWS = ("2026-01-15T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T12:00:00Z", "2026-04-01T00:00:00Z", "")

Steady = st.sampled_from([0, 0, 0, 0, 1, 2])
_unmarked = st.just(0)
_days = st.sampled_from(["1963", "1963-12", "1963-12-16", "1975"])
_starts = st.sampled_from(["", "1963", "1963-12-16", "1975"])
_ids = st.sampled_from([*IDS, *IDS[:2], *IDS[:2]])  # some meet often

_kinds_of_end = st.sampled_from(["unknown", "open", "dated"])
_ends = st.sampled_from(["1980", "1980-05", "1981"])


@st.composite
def _intervals(draw: st.DrawFn) -> dict[str, str]:
    kind = draw(_kinds_of_end)
    end = draw(_ends) if kind == "dated" else ""
    return {"start": draw(_starts), "end_kind": kind, "end": end}


_moneys = st.builds(
    lambda amount: {"amount": amount, "currency": "USD", "measure": "budget", "value_date": ""},
    st.sampled_from(["40", "60"]),
)
_names = st.sampled_from(["x", "y"])
_lists = st.lists(_names, min_size=1, max_size=2)

_NODE_FIELDS: dict[str, dict[str, st.SearchStrategy[Value]]] = {
    "Ngo": {"name": _names, "aliases": _lists},
    "Government": {"name": _names, "sovereignty": _ids},
    "Project": {"name": _names, "period": _intervals(), "stated_total": _moneys},
    "Person": {"name": _names, "pronunciation": _names},
    "Post": {"name": _names, "aliases": _lists},
    "Transaction": {"provider": _ids, "money": _moneys},
    "Engagement": {"name": _names, "period": _intervals()},
    "ContactPoint": {"verified_on": _days, "name": _names},
}
_EDGE_FIELDS: dict[str, dict[str, st.SearchStrategy[Value]]] = {
    "PART_OF": {"period": _intervals(), "attested_on": st.lists(_days, min_size=1, max_size=2)},
    "HOLDS": {"period": _intervals(), "capacity": st.sampled_from(["acting", "substantive"])},
    "MEMBER_OF": {"period": _intervals(), "office": st.sampled_from(["chair"]), "status": _names},
    "PARTICIPATED": {"on_behalf_of": _ids, "registered": st.booleans(), "capacity": _names},
    "UNDER": {"attested_on": st.lists(_days, min_size=1, max_size=2)},
}

_classes = st.sampled_from(sorted(_NODE_FIELDS))
_node_values = {cls: st.fixed_dictionaries({}, optional=fields) for cls, fields in _NODE_FIELDS.items()}
_types = st.sampled_from(["PART_OF", *sorted(_EDGE_FIELDS)])
_edge_values = {kind: st.fixed_dictionaries({}, optional=fields) for kind, fields in _EDGE_FIELDS.items()}
_stated_on = st.sampled_from(["", "", "2021", "2021-03"])

_ENDS: dict[str, tuple[str, str]] = {
    "HOLDS": ("person:n5", "post:n4"),
    "MEMBER_OF": ("ngo:n1", "ngo:n2"),
    "PARTICIPATED": ("ngo:n1", "engagement:n3"),
    "UNDER": ("ngo:n1", "engagement:n3"),
}
"""Ends that fit, so that some edges stand."""


@st.composite
def _statements(draw: st.DrawFn, markings: st.SearchStrategy[int]) -> Statement:
    stated_on = draw(_stated_on)
    is_fitting = draw(st.booleans())
    if draw(st.booleans()):
        node = draw(_ids)
        cls = GROUND[node] if is_fitting else draw(_classes)
        values = draw(_node_values[cls])
        return NodeStatement(cls, node, values, stated_on, draw(markings))
    kind = draw(_types)
    ends = _ENDS[kind] if is_fitting and kind in _ENDS else (draw(_ids), draw(_ids))
    values = draw(_edge_values[kind])
    return EdgeStatement(kind, *ends, values, stated_on, draw(markings))


_sources = st.sampled_from(SOURCES)
_keys = st.sampled_from(["1", "2", "3"])
_withdrawn = st.lists(_keys, max_size=1)


@cache
def _rows(*, marked: bool, embargoes: bool) -> st.SearchStrategy[dict[str, Content]]:
    markings = Steady if marked else _unmarked
    contents = st.builds(
        lambda said, marking, public_from: Content(tuple(said), marking, public_from),
        st.lists(_statements(markings), min_size=1, max_size=3),
        markings,
        st.sampled_from(INSTANTS if embargoes else ("",)),
    )
    return st.dictionaries(_keys, contents, max_size=2)


_as_of = st.sampled_from(["", "2020", "2022"])
_ranks = st.sampled_from([20, 40])
_public_from = st.sampled_from(["", "", *INSTANTS])


def _card(draw: st.DrawFn, source: str, *, changing: bool) -> Card:
    """The card of a source: fixed by its name, or drawn."""
    if not changing:
        place = SOURCES.index(source)
        return Card(source, source, as_of=("2020", "2021-03", "")[place], rank=(20, 40, 40)[place])
    return Card(
        source,
        source,
        as_of=draw(_as_of),
        rank=draw(_ranks),
        marking=draw(Steady),
        complete=draw(st.booleans()),
        public_from=draw(_public_from),
    )


@st.composite
def _file_loads(draw: st.DrawFn, *, changing: bool, marked: bool) -> Load:
    source = draw(_sources)
    rows = draw(_rows(marked=marked, embargoes=changing))
    withdrawn = draw(_withdrawn)
    return Load(_card(draw, source, changing=changing), rows, tuple(key for key in withdrawn if key not in rows))


_pairs = st.lists(_ids, min_size=2, max_size=2, unique=True)
_judges = st.sampled_from([PERSON_JUDGE, RULE_JUDGE])
_withdrawals = st.integers(0, 4)
_words = st.sampled_from(["same", "same", "same", "different", "unsure"])


@st.composite
def _judgements(draw: st.DrawFn, *, marked: bool) -> Load:
    first, second = draw(_pairs)
    judge = draw(_judges)
    if draw(_withdrawals) == 0:
        return unjudged(first, second, judge=judge)
    word = draw(_words)
    return judged(first, second, word, judge=judge, marking=draw(Steady) if marked else 0)


_grounds = st.sets(st.sampled_from(IDS)).map(
    lambda absent: Load(
        Card("list:ground", "ground", rank=90),
        {node: Content((NodeStatement(cls, node),)) for node, cls in GROUND.items() if node not in absent},
    )
)
"""A first load that says what most ids are."""

_kinds = st.lists(st.integers(0, 9), min_size=3, max_size=16)


@st.composite
def histories(
    draw: st.DrawFn, *, judging: tuple[int, ...] = (1, 7), changing: bool = True, marked: bool = True
) -> list[Load]:
    """Histories of four to seventeen loads.

    ``judging`` are the tenths of the loads that are judgements (one is drawn), ``changing`` says whether
    cards change from load to load and things may be under embargo, ``marked`` whether anything is marked.
    """
    tenths = draw(st.sampled_from(judging))
    files = _file_loads(changing=changing, marked=marked)
    judgements = _judgements(marked=marked)
    kinds = draw(_kinds)
    return [draw(_grounds), *(draw(judgements if kind < tenths else files) for kind in kinds)]


ceilings = st.sampled_from(list(Marking))
views = st.builds(View, ceiling=ceilings, now=st.sampled_from(NOWS))


@st.composite
def cuts(draw: st.DrawFn, length: int) -> list[int]:
    """Growing numbers of loads to project at, the last one being all."""
    inner = draw(st.sets(st.integers(1, length)))
    return sorted(inner | {length})


@st.composite
def interleavings(draw: st.DrawFn, loads: Sequence[Load]) -> list[Load]:
    """The same loads in another order that keeps each source's own."""
    queues: dict[str, list[Load]] = {}
    for load in loads:
        queues.setdefault(load.card.source, []).append(load)
    order = draw(st.permutations([load.card.source for load in loads]))
    return [queues[source].pop(0) for source in order]
