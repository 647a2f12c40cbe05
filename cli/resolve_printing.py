"""Prints candidates, two parties side by side, and the log of judgements."""

import textwrap
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from iga.cli.console import Console
from iga.entering.pairs import facts
from iga.graph.fold.shapes import ClusterContradiction as Ring
from iga.graph.ledger.judgement_log import Logged
from iga.graph.names.comparison import TIERS
from iga.graph.statements import PERSON_JUDGE, Word
from iga.ingest.resolution.book import PairCandidate
from iga.ingest.resolution.last_load import is_of
from iga.ingest.resolution.party import Party
from iga.ingest.resolution.weighing import PairFinding, PairReason

_SIGNS = {"for": "+", "against": "-", "contradicts": "!", "neutral": "."}
_LABEL = 10


def candidate_document(candidate: PairCandidate) -> dict[str, Any]:
    """Return a candidate as JSON prints it."""
    finding = candidate.finding
    return {
        "tier": finding.tier,
        "points": finding.points,
        "contradicted": finding.is_contradicted,
        "first": _party_document(candidate.first),
        "second": _party_document(candidate.second),
        "reasons": [msgspec.to_builtins(reason) for reason in finding.reasons],
    }


def candidate_of(document: Mapping[str, Any]) -> PairCandidate:
    """Return the candidate that `candidate_document` printed."""
    finding = {name: document[name] for name in ("tier", "points", "reasons")}
    first, second = (_party_of(document[name]) for name in ("first", "second"))
    return PairCandidate(first, second, msgspec.convert(finding, PairFinding))


def logged_document(entry: Logged) -> dict[str, Any]:
    """Return a load of judgements as JSON prints it."""
    return {**entry._asdict(), "changes": [change._asdict() for change in entry.changes]}


def print_candidates(
    console: Console,
    pairs: Sequence[PairCandidate],
    rings: Sequence[Ring],
    *,
    limit: int,
    latest: Collection[str] = (),
) -> None:
    """Print candidates by tier, those of the last load (`latest`) apart, and what is judged against itself."""
    for ring in rings:
        apart = "; ".join(f"{first} and {second}" for first, second in ring.pairs)
        console.say(f"Not merged, because the judgements contradict each other: {', '.join(ring.members)}")
        console.say(f"  judged different: {apart}. Take one judgement back: iga resolve log, iga resolve withdraw\n")
    if not pairs:
        console.say("Nothing waits to be judged: no two parties look like one, or all that do are judged.")
        return
    counts = Counter(pair.finding.tier for pair in pairs)
    counted = ", ".join(f"{counts[tier]} {tier}" for tier in TIERS if counts[tier])
    console.say(f"{len(pairs)} {'pair' if len(pairs) == 1 else 'pairs'} may be one and the same: {counted}.")
    heading = ""
    for number, pair in enumerate(pairs[:limit], start=1):
        own = f"{pair.finding.tier}{', of the last load' if is_of(pair, latest) else ''}"
        if own != heading:
            heading = own
            console.say(f"\n{heading}")
        console.say(f"{number:>3}. {pair.first.name} ({pair.first.id})")
        console.say(f"     {pair.second.name} ({pair.second.id})")
        for reason in pair.finding.reasons:
            console.say(_reason(reason, console.width, indent=7))
    if len(pairs) > limit:
        console.say(f"\n… and {len(pairs) - limit} more (--limit)")
    console.say('\nReview them key by key: iga resolve. Or judge one: iga resolve same ID ID --because "…"')


def print_pair(console: Console, pair: PairCandidate, *, word: Word | None) -> None:
    """Print two parties side by side, then the evidence."""
    for line in side_by_side(pair.first, pair.second, console.width):
        console.say(line)
    console.say()
    for line in evidence(pair, console.width):
        console.say(line)
    if word:
        console.say(f"They are judged: {word}. iga resolve log says when and by whom.")


def side_by_side(first: Party, second: Party, width: int) -> Iterator[str]:
    """Give the lines of two parties in two columns; what neither has is left out."""
    column = max(20, (width - _LABEL - 3) // 2)
    for (label, mine), (_, theirs) in zip(facts(first), facts(second), strict=True):
        if not (mine or theirs):
            continue
        left = textwrap.wrap(mine, column) or [""]
        right = textwrap.wrap(theirs, column) or [""]
        for place in range(max(len(left), len(right))):
            head = label if place == 0 else ""
            one = left[place] if place < len(left) else ""
            other = right[place] if place < len(right) else ""
            yield f"{head:<{_LABEL}} {one:<{column}}  {other}".rstrip()


def evidence(pair: PairCandidate, width: int) -> Iterator[str]:
    """Give the lines of the evidence: the tier, then each reason with its sign."""
    if pair.finding.is_contradicted:
        yield "Something rules out that they are one:"
    else:
        yield f"By the evidence it is {pair.finding.tier} that they are one:"
    for reason in pair.finding.reasons:
        yield _reason(reason, width, indent=2)


def print_log(console: Console, entries: Sequence[Logged], *, limit: int) -> None:
    """Print loads of judgements, the first `limit` of them."""
    if not entries:
        console.say("Nothing was judged yet.")
    for entry in entries[:limit]:
        who = entry.by if entry.judge == PERSON_JUDGE else f"by rule: {entry.by}"
        console.say(f"load {entry.load}, {entry.at[:16].replace('T', ' ')} UTC, {who or 'nobody named'}")
        for line in changes_of(entry):
            console.say(f"  {line}")
        if entry.because:
            console.say(textwrap.fill(f"because: {entry.because}", console.width, initial_indent="  "))
    if len(entries) > limit:
        console.say(f"… and {len(entries) - limit} more (--limit)")


def changes_of(entry: Logged) -> list[str]:
    """Return what a load made of each pair, a sentence each."""
    return [
        f"{change.first} and {change.second}: {change.now or 'taken back'}"
        + (f" (before: {change.before})" if change.before else "")
        for change in entry.changes
    ]


def _reason(reason: PairReason, width: int, *, indent: int) -> str:
    blank = " " * indent
    sign = f"{blank}{_SIGNS[reason.weight]} "
    return textwrap.fill(reason.sentence, max(40, width), initial_indent=sign, subsequent_indent=f"{blank}  ")


def _party_document(party: Party) -> dict[str, Any]:
    fields = {field: getattr(party, field) for field in party.__struct_fields__}
    plain: dict[str, Any] = msgspec.to_builtins(fields)
    return {"class" if name == "cls" else name: value for name, value in plain.items()}


def _party_of(document: Mapping[str, Any]) -> Party:
    return msgspec.convert({"cls" if name == "class" else name: value for name, value in document.items()}, Party)
