"""The review of candidates in the terminal: one pair on the screen, one key a judgement, the reason with it."""

import json
import textwrap
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

import click
import msgspec

from iga.cli.command import Call
from iga.cli.console import Captured, Console
from iga.cli.opening import elsewhere
from iga.entering.pairs import facts, usual_reason
from iga.graph.errors import StoreUnavailable
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
    console: Console, pairs: Sequence[PairCandidate], rings: Sequence[Ring], *, limit: int, latest: Collection[str] = ()
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


# As many as `iga resolve candidates` lists at most.
_MOST_PASSED = 1_000

_KEYS = "s same   d different   u unsure   n next   b back (undo the last one)   q quit   ? help"
_HELP = """
s  both are one: all that was said of either then stands together
d  they are two: they are not offered again, and nothing joins them
u  it cannot be told: the pair is not offered again
n  leave it for another time (also space)
b  take back the judgement given last, and see its pair again
q  stop; what was judged stays, and each judgement can be taken back later: iga resolve undo
After s, d and u you are asked why: Enter takes the evidence shown; a text of your own stands in its place; a single
point takes nothing back and asks for the key again.
"""
_WORDS: Mapping[str, Word] = {"s": "same", "d": "different", "u": "unsure"}


class Keyboard(Protocol):
    """Who types: one key, or a line."""

    def key(self) -> str:
        """Return the key pressed."""
        ...

    def line(self, question: str) -> str:
        """Return a line typed in answer to a question."""
        ...


class Terminal:
    """The keyboard of the terminal."""

    def key(self) -> str:
        """Return the key pressed; Ctrl-C and Ctrl-D quit."""
        try:
            return click.getchar()
        except (KeyboardInterrupt, EOFError):
            return "q"

    def line(self, question: str) -> str:
        """Return a line typed; Ctrl-C and Ctrl-D answer with a point."""
        click.echo(question, nl=False, err=True)
        try:
            return input()
        except (KeyboardInterrupt, EOFError):
            return "."


ServerOr: TypeAlias = Callable[[Sequence[str], Console], int | None]
"""Runs a command line inside the server that holds the graph; None when there is none."""


@dataclass(frozen=True)
class Lines:
    """Runs command lines for the review: inside the server that holds the graph, or else in this process."""

    call: Call
    server: ServerOr

    def __call__(self, *words: str) -> tuple[int, str, str]:
        """Run a command line; return its exit code, what it printed, and its notes without colour or bars."""
        call = self.call
        places = [
            word
            for name, place in (("--store", call.store), ("--ledger", call.ledger))
            if place
            for word in (name, place)
        ]
        kept = Captured()
        console = kept.console(call.console.width)
        line = [*words, *places]
        code = self.server(line, console)
        if code is None:
            from iga.cli.commands import run

            code = run(line, replace(call, console=console, store=None, ledger=None, as_json=False))
        return code, kept.out.getvalue(), kept.err.getvalue()


@dataclass
class _Review:
    """A review under way.

    Attributes:
        lines: Runs the commands that it is made of.
        tier: Tier that is reviewed; blank is all.
        passed: Pairs that were left for another time.
    """

    console: Console
    keyboard: Keyboard
    lines: Lines
    tier: str
    passed: set[tuple[str, str]] = field(default_factory=set)
    judged_count: int = 0

    def run(self) -> None:
        """Show pair after pair until there is none, or the officer quits."""
        goes_on = True
        while goes_on:
            pair, left = self._next()
            if pair:
                self._show(pair, left)
                goes_on = self._answered(pair)
            else:
                goes_on = self._ended()
        self.console.say(f"{self.judged_count} judged in this review. iga resolve log lists all.")

    def _ended(self) -> bool:
        """Say that nothing is left; the last judgement can still be taken back, and the review then goes on."""
        self.console.say("Nothing more waits to be judged.")
        if not self.judged_count:
            return False
        self.console.say("b takes back the last judgement; any other key ends.")
        return self.keyboard.key().lower() == "b" and self._back()

    def _answered(self, pair: PairCandidate) -> bool:
        """Take keys until one settles the pair; False quits."""
        while True:
            key = self.keyboard.key().lower()
            if key in _WORDS:
                if self._judge(pair, _WORDS[key]):
                    return True
            elif key in ("n", " "):
                self.passed.add((pair.first.id, pair.second.id))
                return True
            elif key == "b":
                if self._back():
                    return True
            elif key in ("q", "\x03", "\x04"):
                return False
            else:
                self.console.note(_HELP.strip() if key == "?" else f"{key!r} means nothing here. {_KEYS}")

    def _judge(self, pair: PairCandidate, word: Word) -> bool:
        usual = usual_reason(pair, word)
        typed = self.keyboard.line(f"{word}, because [{usual}]: ").strip()
        if typed == ".":
            self.console.note(f"Nothing was judged. {_KEYS}")
            return False
        code, _, notes = self.lines("resolve", word, pair.first.id, pair.second.id, "--because", typed or usual)
        if code:
            self.console.note(f"Not judged. {notes.strip()}\n{_KEYS}")
            return False
        self.judged_count += 1
        return True

    def _back(self) -> bool:
        if not self.judged_count:
            self.console.note(f"Nothing was judged in this review yet. {_KEYS}")
            return False
        code, text, notes = self.lines("resolve", "undo")
        if code:
            self.console.note(f"Not undone. {notes.strip()}\n{_KEYS}")
            return False
        self.judged_count -= 1
        self.console.say(text.strip())
        return True

    def _next(self) -> tuple[PairCandidate | None, int]:
        """Return the surest pair that waits, and how many wait; what an earlier judgement settled is left out."""
        tier = ("--tier", self.tier) if self.tier else ()
        limit = str(min(len(self.passed) + 1, _MOST_PASSED))
        code, printed, notes = self.lines("resolve", "candidates", "--json", "--limit", limit, *tier)
        if code:
            raise StoreUnavailable(notes.strip())
        document = json.loads(printed)
        pairs = [candidate_of(pair) for pair in document["candidates"]]
        waiting = [pair for pair in pairs if (pair.first.id, pair.second.id) not in self.passed]
        return (waiting[0] if waiting else None), document["total"]["value"] - len(pairs) + len(waiting)

    def _show(self, pair: PairCandidate, left: int) -> None:
        width = self.console.width
        self.console.say(f"\n{'─' * min(width, 100)}\n{left} {'pair waits' if left == 1 else 'pairs wait'}\n")
        for line in (*side_by_side(pair.first, pair.second, width), "", *evidence(pair, width)):
            self.console.say(line)
        self.console.say(f"\n{_KEYS}")


def reviewed(call: Call, keyboard: Keyboard, *, tier: str, server: ServerOr = elsewhere) -> None:
    """Review the candidates that wait.

    Raises:
        StoreUnavailable: The candidates could not be read.
    """
    _Review(call.console, keyboard, Lines(call, server), tier).run()
