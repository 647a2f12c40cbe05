"""Judgements on who is the same as whom: entered, checked for contradictions, withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from iga.graph.errors import Contradiction, InputError, NotFound
from iga.graph.fold.clusters import Pair, clusters_of
from iga.graph.fold.shapes import ClusterContradiction as Ring
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, Card, Content, LoadHeader, Verdict, Word, pair_key

CARDS: Mapping[str, Card] = {
    PERSON_JUDGE: Card(PERSON_JUDGE, "Judgements of our officers", rank=10),
    RULE_JUDGE: Card(RULE_JUDGE, "Judgements by rule", rank=40),
}
ROW_KEY = ("first", "second")


class Judged(NamedTuple):
    """A live verdict, with the judge that gave it and the load it was given in."""

    judge: str
    verdict: Verdict
    load: int


def judgements(ledger: Ledger) -> list[Judged]:
    """Return the live verdicts of both judges, ordered by pair and judge."""
    newest = (history[-1] for history in ledger.judged_rows(None))
    live_ones = [
        Judged(version.source, statement, version.load)
        for version in newest
        for statement in version.content.statements
        if isinstance(statement, Verdict)
    ]
    return sorted(live_ones, key=lambda j: (j.verdict.first, j.verdict.second, j.judge))


def judge(
    ledger: Ledger,
    verdicts: Sequence[Verdict],
    *,
    source: str = PERSON_JUDGE,
    by: str | None = None,
    because: str | None = None,
) -> LoadHeader:
    """Enter verdicts in one load and return its header; they replace what this judge said of the pairs.

    Verdicts that all stand already leave no trace.

    Raises:
        InputError: There is no verdict, or one is on an id and itself.
        Contradiction: Ids would be one although they are judged different; nothing is entered.
        LedgerLocked: Another writer kept the lock.
    """
    ordered = [_ordered(verdict) for verdict in verdicts]
    if not ordered:
        raise InputError("there is no verdict to enter: name two ids and say same, different or unsure")
    by = _common(v.by for v in ordered) if by is None else by
    because = _common(v.because for v in ordered) if because is None else because
    with ledger.open_load(CARDS[source], by=by, because=because, row_key=ROW_KEY) as load:
        before = judgements(ledger)
        load.put([(row_key(v.first, v.second), _place(source, v), Content((v,))) for v in ordered])
        refuse_contradiction(before, judgements(ledger))
        return load.commit({"read": len(ordered)})


def withdraw_judgement(
    ledger: Ledger, first: str, second: str, *, by: str, because: str, source: str = PERSON_JUDGE
) -> LoadHeader:
    """Withdraw a judge's verdict on two ids and return the header of the load that does so.

    Raises:
        NotFound: The judge has no verdict on the two.
        Contradiction: The other judge's verdict, which then counts, contradicts those already given.
        LedgerLocked: Another writer kept the lock.
    """
    with ledger.open_load(CARDS[source], by=by, because=because, row_key=ROW_KEY) as load:
        before = judgements(ledger)
        if not load.withdraw([row_key(first, second)]):
            raise NotFound(f"{source} holds no verdict on {first} and {second}: there is nothing to withdraw")
        refuse_contradiction(before, judgements(ledger))
        return load.commit({"withdrawn": 1})


def row_key(first: str, second: str) -> str:
    """Return the row key of the judgement on two ids, in either order: their pair as a JSON list."""
    return msgspec.json.encode(pair_key(first, second)).decode()


def _ordered(verdict: Verdict) -> Verdict:
    if verdict.first == verdict.second:
        raise InputError(f"{verdict.first} is named twice: a verdict is on two different ids")
    first, second = pair_key(verdict.first, verdict.second)
    return msgspec.structs.replace(verdict, first=first, second=second)


def _common(texts: Iterable[str]) -> str:
    return "; ".join(sorted(set(filter(None, texts))))


def _place(source: str, verdict: Verdict) -> str:
    return f"judged by {verdict.by}" if verdict.by else source


def rings_of(judged: Iterable[Judged]) -> list[Ring]:
    """Return the contradictions among all verdicts, a person's before a rule's, on loaded ids or not."""
    verdicts = (judgement.verdict for judgement in sorted(judged, key=lambda j: j.judge == PERSON_JUDGE))
    words: dict[Pair, Word] = {(verdict.first, verdict.second): verdict.word for verdict in verdicts}
    ends = {end for pair in words for end in pair}
    return list(clusters_of(words, ends).contradictions.values())


def refuse_contradiction(before: Iterable[Judged], after: Iterable[Judged]) -> None:
    """Refuse verdicts that make a ring of *same* with a *different* in it that was not there before.

    Raises:
        Contradiction: They do; the message names the ids and the pair that is judged different.
    """
    known = rings_of(before)
    for ring in rings_of(after):
        if not any(set(ring.members) <= set(old.members) and set(ring.pairs) <= set(old.pairs) for old in known):
            first, second = ring.pairs[0]
            raise Contradiction(
                f"{', '.join(ring.members)} would all be the same, but {first} and {second} are judged"
                " different: withdraw one of the judgements first; iga resolve log says who gave them"
            )
