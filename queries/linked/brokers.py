"""Who stands between two groups: who has to do with somebody of both, where those have no tie of their own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, end_columns, named, needed, option
from iga.queries.core.home import our_side
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.rows import Rows
from iga.queries.linked.joined import EVERY_KIND, KINDS, AskedGroup, Join, JoinedParties, SaidJoins, group_of, joined_on
from iga.queries.linked.near import KeptNear, standing_on

JoinKind = Literal["contact", "money", "membership"]

# Nobody calls more than these.
_SHOWN = 15


class BrokersParams(Params):
    """What `brokers` is asked with."""

    party: str = needed("One group: a party with what belongs to it, or a topic.", "OSCE")
    other: str = needed("The other group: a party or a topic.", "ILO")
    kind: JoinKind | None = option("Only by this kind of relationship; all of them count if left out.", "contact")


class BrokerRow(AnswerRow):
    """One who stands between the two groups, with the best tie to each."""

    broker: str = needed("Id of who stands between.")
    broker_name: str = needed("Name of it.")
    broker_class: str = needed("Its class.")
    broker_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    pairs: int = needed("Pairs of one of each group that it stands between and that have no tie of their own.")
    only: int = column("Those of them that nobody else stands between.", 0)
    ours: bool = column("Whether it is of our own side.", False)
    first: str = needed("Id of whom of the first group it has most to do with.")
    first_name: str = needed("Name of that.")
    first_says: str = needed("How, in words, as a sentence goes on from who stands between.")
    second: str = needed("Id of whom of the second group it has most to do with.")
    second_name: str = needed("Name of that.")
    second_says: str = needed("How, in words.")


@dataclass(frozen=True)
class Between:
    """Who stands between two groups.

    Attributes:
        share: Sum over the pairs of the share that is its own: one over how many stand between a pair.
        first: How it is joined to whom it has most to do with in the first group.
    """

    broker: str
    share: float
    pairs: int
    only: int
    first: Join
    second: Join


def between(joined: JoinedParties, one: Collection[str], other: Collection[str]) -> tuple[list[Between], list[str]]:
    """Return who stands between two groups, whoever joins most first; and the hubs and countries that were left out.

    A pair counts that has no tie of its own, and each who stands between it has an equal share: the betweenness of
    pairs that are two steps apart.
    """
    reach = {id_: joined.of(id_) for id_ in sorted({*one, *other})}
    ends: dict[str, tuple[list[str], list[str]]] = {}
    for side, group in enumerate((one, other)):
        for id_ in sorted(group):
            for met in reach[id_]:
                if met not in one and met not in other:
                    ends.setdefault(met, ([], []))[side].append(id_)
    both = {met: sides for met, sides in ends.items() if all(sides)}
    closed = sorted(met for met in both if not joined.leads_on(met))
    stands: dict[tuple[str, str], list[str]] = {}
    for met in sorted(both.keys() - set(closed)):
        for a in both[met][0]:
            for b in both[met][1]:
                if a != b and b not in reach[a] and not {a, b} <= set(one) and not {a, b} <= set(other):
                    stands.setdefault((a, b), []).append(met)
    return _ranked(joined, both, stands), closed


def _ranked(
    joined: JoinedParties,
    both: Mapping[str, tuple[list[str], list[str]]],
    stands: Mapping[tuple[str, str], Sequence[str]],
) -> list[Between]:
    of: dict[str, list[int]] = {}
    for brokers in stands.values():
        for broker in brokers:
            of.setdefault(broker, []).append(len(brokers))
    ranked = [
        Between(
            broker,
            sum(1 / number for number in sorted(numbers)),
            len(numbers),
            numbers.count(1),
            *(_best(joined, broker, both[broker][side]) for side in (0, 1)),
        )
        for broker, numbers in of.items()
    ]
    return sorted(ranked, key=lambda it: (-it.share, it.broker))


def _best(joined: JoinedParties, broker: str, ends: Sequence[str]) -> Join:
    joins = joined.of(broker)
    return min((joins[end] for end in ends if end in joins), key=lambda join: (join.weight, join.end))


def brokers(request: Request[BrokersParams]) -> Result[BrokerRow]:
    """List who stands between two groups on a day: descriptive, of what is on record; who joins most comes first.

    ``held`` is *unknown* where no date tells that one of the ties stands.

    Raises:
        UsageError: Both groups are one.
    """
    one, other, session = request.one("party"), request.one("other"), request.session
    if one.id == other.id:
        raise UsageError(f"party and other are both {one.name}: name two different ones")
    ties = session.ties
    if ties is None:
        return Result(clauses=(clause("too-many"),))
    standing = standing_on(request.session, ties, day=request.day)
    groups = [group_of(session, it, standing, day=request.day) for it in (one, other)]
    joined = joined_on(standing, KINDS[request.params.kind] if request.params.kind else EVERY_KIND)
    found, closed = between(joined, groups[0].ids, groups[1].ids)
    countries = [id_ for id_ in closed if joined.cls(id_) == "Government"]
    ends = [id_ for it in found[:_SHOWN] for id_ in (it.broker, it.first.end, it.second.end)]
    known = entities(session, [*ends, *closed])
    shown = [it for it in found[:_SHOWN] if {it.broker, it.first.end, it.second.end} <= known.keys()]
    said = SaidJoins(KeptNear(session, standing), [it for b in shown for it in (b.first, b.second)], day=request.day)
    shown = [it for it in shown if said.is_so(it.first, it.second)]
    ours = our_side(session)
    rows = Rows.of(_row(it, known[it.broker].subject, said, is_ours=it.broker in ours) for it in shown)
    both = groups[0].ids & groups[1].ids
    direct = sum(1 for a in groups[0].ids for b in groups[1].ids if a != b and b in joined.of(a))
    left = sorted((known[id_].name for id_ in closed if id_ in known and id_ not in countries), key=folded)
    more = len(found[_SHOWN:])
    descriptive = caveat("partial", "descriptive", by=request.params.kind, names=left, countries=len(countries))
    clauses = _clauses(groups, rows, total=len(rows) + more, both=len(both), direct=direct)
    return Result.of(clauses, rows, (descriptive, *_caveats(groups, more=more)))


def _row(of: Between, broker: Subject, said: SaidJoins, *, is_ours: bool) -> SourcedRow[BrokerRow]:
    first, second = of.first, of.second
    return said.row(
        BrokerRow,
        first,
        second,
        **end_columns("broker", broker),
        pairs=of.pairs,
        only=of.only,
        ours=is_ours,
        **named("first", said.end(first)),
        first_says=said.words(first),
        **named("second", said.end(second)),
        second_says=said.words(second),
    )


def _clauses(
    groups: Sequence[AskedGroup], rows: Rows[BrokerRow], *, total: int, both: int, direct: int
) -> Iterator[SourcedClause]:
    first, names = rows.first(), [row.broker_name for row in rows]
    values = {"party": groups[0].about.name, "other": groups[1].about.name, "total": total, "direct": direct}
    topics = [it.about.name for it in groups if it.about.cls == "Topic"]
    yield first.clause("headline", **values, topics=topics, names=names)
    for best in first:
        says = (best.first_says, best.second_says)
        yield first.clause("best", broker=best.broker_name, says=says, pairs=best.pairs)
    for id_ in ("only", "ours"):
        if of := rows.keeping(attrgetter(id_)):
            yield of.clause(id_, names=[row.broker_name for row in of])
    if both or (direct and rows):
        yield clause("direct", both=both, direct=direct if rows else 0)


def _caveats(groups: Sequence[AskedGroup], *, more: int) -> Iterator[UnwordedCaveat]:
    for group in groups:
        if group.left_count:
            yield caveat("partial", "large", name=group.about.name, read=len(group.ids), more=group.left_count)
    if more:
        yield caveat("partial", "more", shown=_SHOWN, more=more)


BROKERS = Question.of(
    brokers,
    title="Who stands between these two groups, bodies or topics?",
    names={"party": ("Party", "Post", "Topic"), "other": ("Party", "Post", "Topic")},
    example={"party": "OSCE", "other": "ILO"},
    columns=("broker_name", "pairs", "only", "first_says", "second_says", "held", "evidence"),
    maturity="trial",
)
