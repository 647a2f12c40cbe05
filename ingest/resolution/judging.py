"""Judgements on candidates: by a person on two ids, and by rule on those that are certain."""

from collections.abc import Iterable

from graph.errors import Contradiction
from graph.ledger.judgements import judge, judgements
from graph.ledger.ledger import Ledger
from graph.statements import RULE_JUDGE, LoadHeader, Verdict, Word, pair_key
from ingest.resolution.book import Book, Candidate
from ingest.resolution.candidates import open_candidates
from ingest.resolution.weighing import Finding

RULE = "a shared number in a public register, and nothing that contradicts it"


def judged(ledger: Ledger, first: str, second: str, word: Word, *, by: str, because: str) -> LoadHeader:
    """Enter a person's verdict on two ids and return its load.

    Raises:
        InputError: The two ids are one.
        Contradiction: Ids would be one although they are judged different.
        LedgerLocked: Another writer kept the lock.
    """
    one, other = pair_key(first, second)
    return judge(ledger, [Verdict(one, other, word, by, because)])


def certain(book: Book, ledger: Ledger) -> list[Candidate]:
    """Return the certain candidates on which nobody has judged: those that a rule may judge."""
    return [each for each in open_candidates(book, judgements(ledger)) if each.finding.tier == "certain"]


def judge_by_rule(ledger: Ledger, candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[str]]:
    """Enter that certain candidates are the same, each with its evidence; return those entered, and refusals.

    A refusal is a sentence: the pair would join ids that are judged different.

    Raises:
        LedgerLocked: Another writer kept the lock.
    """
    entered: list[Candidate] = []
    refused: list[str] = []
    for candidate in candidates:
        one, other = pair_key(candidate.first.id, candidate.second.id)
        verdict = Verdict(one, other, "same", RULE, evidence_of(candidate.finding))
        try:
            judge(ledger, [verdict], source=RULE_JUDGE)
        except Contradiction as error:
            refused.append(error.message)
        else:
            entered.append(candidate)
    return entered, refused


def evidence_of(finding: Finding) -> str:
    """Return what speaks for two being one, as one line: what a judgement gives as its reason."""
    told = [reason.sentence for reason in finding.reasons if reason.weight == "for"]
    return "; ".join(told) or "; ".join(reason.sentence for reason in finding.reasons)
