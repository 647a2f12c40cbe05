"""Judgements as a text file for version control: one a line, in a stable order, remarks allowed.

A line is five parts between tabs: judge (``person`` or ``rule``), word, the two ids, who, why. Lines that begin with
``#``, and blank ones, are remarks.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from iga.graph.errors import Contradiction, FileRefused, InputError
from iga.graph.fold.shapes import ClusterContradiction as Ring
from iga.graph.ledger.judgements import Judged, judge, judgements, rings_of
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, LoadHeader, Verdict, Word, pair_key
from iga.ingest.classified import looks_classified
from iga.ingest.readers.text_file import text_file
from iga.ingest.resolution.book import Book, PairCandidate
from iga.ingest.resolution.candidates import open_candidates
from iga.ingest.resolution.weighing import PairFinding
from iga.ingest.subjects import is_id

_HEAD = """# Judgements of IGA Graph: who is the same as whom. One a line, in this order, parted by tabs:
# judge (person, rule) | word (same, different, unsure) | id | id | who | why
# Lines that begin with # are remarks. Read it back with: iga resolve import FILE
"""
_JUDGES = {"person": PERSON_JUDGE, "rule": RULE_JUDGE}
_WORDS: dict[str, Word] = {"same": "same", "different": "different", "unsure": "unsure"}
_SAID: dict[Word, str] = {"same": "the same", "different": "different", "unsure": "unsure"}
_PARTS = 6
_MOST_TOLD = 20
# Some 300,000 judgements.
_MOST_BYTES = 50_000_000


class JudgementLine(NamedTuple):
    """A judgement of a file, and the number of its line."""

    number: int
    judged: Judged


class ImportCounts(NamedTuple):
    """What an import did: judgements read, and those among them that did not stand yet."""

    read: int
    new: int


def exported(judged: Iterable[Judged]) -> str:
    """Return judgements as the text of a file, by pair, a person's before a rule's."""
    ordered = sorted(judged, key=lambda judgement: (judgement.verdict.first, judgement.verdict.second, judgement.judge))
    return _HEAD + "".join(f"{_line(judgement)}\n" for judgement in ordered)


def text_of(path: Path) -> str:
    """Return the text of a file of judgements; raises FileRefused where it is missing, too big, or no text."""
    decoding = text_file(path, encoding=None)
    if path.stat().st_size > _MOST_BYTES:
        raise FileRefused(f"{path.name} has more than {_MOST_BYTES:,} bytes: no file of judgements is so big; part it")
    return path.read_text(encoding=decoding.encoding)


def import_text(
    ledger: Ledger, text: str, *, by: str, because: str = "", is_dry_run: bool = False, is_again: bool = False
) -> ImportCounts:
    """Enter the judgements of a file, all of them or none.

    Raises:
        InputError: Lines cannot be read, judge one pair twice, or contradict each other or what stands; the message
            tells each by its line, and nothing is entered.
        Contradiction: Somebody judged pairs otherwise, and this is not said to be a second judgement; told likewise.
        LedgerLocked: Another writer kept the lock.
    """
    lines = _lines(text, by)
    standing = judgements(ledger)
    _refuse_contradictions(lines, standing)
    if not is_again:
        _refuse_second_judgements(ledger, lines, standing)
    stands = {_key(judgement): judgement.verdict for judgement in standing}
    new = [line.judged for line in lines if stands.get(_key(line.judged)) != line.judged.verdict]
    for source in () if is_dry_run else (PERSON_JUDGE, RULE_JUDGE):
        if verdicts := [judgement.verdict for judgement in new if judgement.judge == source]:
            judge(ledger, verdicts, source=source, by=by, because=because)
    return ImportCounts(len(lines), len(new))


def _key(judged: Judged) -> tuple[str, str, str]:
    return judged.judge, judged.verdict.first, judged.verdict.second


def _line(judged: Judged) -> str:
    word = next(name for name, source in _JUDGES.items() if source == judged.judge)
    verdict = judged.verdict
    texts = (word, verdict.word, verdict.first, verdict.second, verdict.by, verdict.because)
    return "\t".join(" ".join(text.split()) for text in texts)


def _lines(text: str, by: str) -> list[JudgementLine]:
    """Return the judgements of a file."""
    wrong: list[str] = []
    read: dict[tuple[str, str, str], JudgementLine] = {}
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        try:
            judged = _judged(raw, by)
        except InputError as error:
            wrong.append(f"line {number}: {error.message}")
            continue
        if before := read.get(_key(judged)):
            wrong.append(f"line {number}: the pair is judged in line {before.number} already; keep one of the two")
            continue
        read[_key(judged)] = JudgementLine(number, judged)
    if wrong:
        raise InputError(_told("the file cannot be taken", wrong))
    return list(read.values())


def _judged(raw: str, by: str) -> Judged:
    parts = [part.strip() for part in raw.split("\t")]
    if not 4 <= len(parts) <= _PARTS:
        raise InputError(f"{len(parts)} parts between tabs; six are wanted: judge, word, id, id, who, why")
    judge_, word, first, second, who, because = (*parts, *[""] * (_PARTS - len(parts)))
    if judge_ not in _JUDGES or word not in _WORDS:
        raise InputError(f"{judge_!r}, {word!r}: write person or rule, then same, different or unsure")
    if unknown := next((part for part in (first, second) if not is_id(part)), None):
        raise InputError(f"{unknown!r} is not an id; ids are kind:slug, such as ngo:acme")
    if first == second:
        raise InputError(f"{first} is named twice: a verdict is on two different ids")
    if looks_classified(because) or looks_classified(who):
        raise InputError("the reason looks classified; it must not be kept here, and is not repeated")
    return Judged(_JUDGES[judge_], Verdict(*pair_key(first, second), _WORDS[word], who or by, because), 0)


def _refuse_contradictions(lines: list[JudgementLine], standing: list[Judged]) -> None:
    named = {_key(line.judged) for line in lines}
    unchanged = [judgement for judgement in standing if _key(judgement) not in named]
    before = {(ring.members, ring.pairs) for ring in rings_of(standing)}
    rings = rings_of([*unchanged, *(line.judged for line in lines)])
    if wrong := [_ring(ring, lines) for ring in rings if (ring.members, ring.pairs) not in before]:
        raise InputError(_told("the judgements contradict each other", wrong))


def _refuse_second_judgements(ledger: Ledger, lines: list[JudgementLine], standing: list[Judged]) -> None:
    told = {(it.judged.verdict.first, it.judged.verdict.second): it for it in lines if it.judged.judge == PERSON_JUDGE}
    pairs = {(it.verdict.first, it.verdict.second): it for it in standing if it.judge == PERSON_JUDGE}
    again = [
        f"line {line.number}: {_sentence(ledger, pairs[pair])}"
        for pair, line in told.items()
        if pair in pairs and pairs[pair].verdict.word != line.judged.verdict.word
    ]
    if again:
        raise Contradiction(_told("pairs are judged otherwise; add --again if these lines are to count", again))


def _ring(ring: Ring, lines: list[JudgementLine]) -> str:
    inside = [line for line in lines if {line.judged.verdict.first, line.judged.verdict.second} <= set(ring.members)]
    places = ", ".join(str(line.number) for line in inside)
    first, second = ring.pairs[0]
    where = f"lines {places}" if len(inside) > 1 else f"line {places}" if inside else "what stands"
    return f"{where}: {', '.join(ring.members)} would all be the same, but {first} and {second} are judged different"


def _told(what: str, wrong: list[str]) -> str:
    more = f"\n  and {len(wrong) - _MOST_TOLD} more" if len(wrong) > _MOST_TOLD else ""
    return "\n  ".join([f"{what}, and nothing was entered:", *wrong[:_MOST_TOLD]]) + more


RULE = "a shared number in a public register, and nothing that contradicts it"


def judged(
    ledger: Ledger, first: str, second: str, word: Word, *, by: str, because: str, is_again: bool = False
) -> LoadHeader:
    """Enter a person's verdict on two ids and return its load.

    Raises:
        InputError: The two ids are one.
        Contradiction: Ids would be one although they are judged different, or the pair is judged and this is not said
            to be a second judgement.
        LedgerLocked: Another writer kept the lock.
    """
    one, other = pair_key(first, second)
    if (before := judged_before(ledger, one, other, word)) and not is_again:
        raise Contradiction(f"{before}; nothing was entered")
    return judge(ledger, [Verdict(one, other, word, by, because)])


def judged_before(ledger: Ledger, first: str, second: str, word: Word) -> str:
    """Return what a person judged of two ids, as a sentence without its end; blank for nothing, and for the same."""
    pair = pair_key(first, second)
    standing = (it for it in judgements(ledger) if it.judge == PERSON_JUDGE)
    before = next((it for it in standing if (it.verdict.first, it.verdict.second) == pair), None)
    if before is None or before.verdict.word == word:
        return ""
    return _sentence(ledger, before)


def _sentence(ledger: Ledger, before: Judged) -> str:
    """Return what somebody judged, when and why, as a sentence without its end."""
    it, day = before.verdict, next(header.at for header in ledger.headers() if header.no == before.load)[:10]
    said = f"{_SAID[it.word]} on {day} (load {before.load}): {it.because}"
    return f"{it.by or 'Somebody'} judged {it.first} and {it.second} {said}"


def certain(book: Book, ledger: Ledger) -> list[PairCandidate]:
    """Return the certain candidates on which nobody has judged: those that a rule may judge."""
    return [candidate for candidate in open_candidates(book, judgements(ledger)) if candidate.finding.tier == "certain"]


def judge_by_rule(ledger: Ledger, candidates: Iterable[PairCandidate]) -> tuple[list[PairCandidate], list[str]]:
    """Enter that certain candidates are the same, each with its evidence; return those entered, and refusals.

    A refusal is a sentence: the pair would join ids that are judged different.

    Raises:
        LedgerLocked: Another writer kept the lock.
    """
    entered: list[PairCandidate] = []
    refused: list[str] = []
    for candidate in candidates:
        first, second = pair_key(candidate.first.id, candidate.second.id)
        verdict = Verdict(first, second, "same", RULE, evidence_of(candidate.finding))
        try:
            judge(ledger, [verdict], source=RULE_JUDGE)
        except Contradiction as error:
            refused.append(error.message)
        else:
            entered.append(candidate)
    return entered, refused


def evidence_of(finding: PairFinding) -> str:
    """Return what speaks for two being one, as one line: what a judgement gives as its reason."""
    clauses = [reason.sentence for reason in finding.reasons if reason.weight == "for"]
    return "; ".join(clauses) or "; ".join(reason.sentence for reason in finding.reasons)
