"""What was judged when and by whom, and the way back, step by step."""

import pytest

from iga.graph.errors import Contradiction, InputError, NotFound
from iga.graph.ledger.judgement_log import judgement_log, undo_last
from iga.graph.ledger.judgements import judge, judgements, withdraw_judgement
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import RULE_JUDGE, Verdict, Word


def verdict(first: str, second: str, word: Word = "same", *, by: str = "Ana") -> Verdict:
    return Verdict(first, second, word, by=by, because="same address")


def standing(ledger: Ledger) -> list[tuple[str, str, str]]:
    return [(j.verdict.first, j.verdict.second, j.verdict.word) for j in judgements(ledger)]


def test_the_log_tells_each_load_newest_first(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b")])
    judge(ledger, [verdict("ngo:a", "ngo:b", "different")])
    withdraw_judgement(ledger, "ngo:a", "ngo:b", by="Ben", because="mistake")
    log = judgement_log(ledger)
    assert [(entry.load, entry.by) for entry in log] == [(3, "Ben"), (2, "Ana"), (1, "Ana")]
    assert [(c.before, c.now) for entry in log for c in entry.changes] == [
        ("different", None),
        ("same", "different"),
        (None, "same"),
    ]


def test_undo_takes_back_the_last_judgement_and_what_it_replaced_stands_again(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b")])
    judge(ledger, [verdict("ngo:a", "ngo:b", "different")])
    _, undone = undo_last(ledger, by="Ana")
    assert (undone.load, standing(ledger)) == (2, [("ngo:a", "ngo:b", "same")])


def test_undoing_again_goes_one_step_further_back(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b")])
    judge(ledger, [verdict("ngo:a", "ngo:b", "different")])
    judge(ledger, [verdict("ngo:c", "ngo:d")])
    assert [undo_last(ledger, by="Ana")[1].load for _ in range(3)] == [3, 2, 1]
    assert standing(ledger) == []
    with pytest.raises(NotFound, match="Ana has judged nothing that could be undone"):
        undo_last(ledger, by="Ana")


def test_a_withdrawal_can_be_undone(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b")])
    withdraw_judgement(ledger, "ngo:a", "ngo:b", by="Ana", because="mistake")
    undo_last(ledger, by="Ana")
    assert standing(ledger) == [("ngo:a", "ngo:b", "same")]


def test_nobody_undoes_what_another_or_a_rule_judged(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b", by="Ben")])
    judge(ledger, [verdict("ngo:c", "ngo:d")], source=RULE_JUDGE)
    with pytest.raises(NotFound):
        undo_last(ledger, by="Ana")


def test_what_another_judged_since_is_not_overruled(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b")])
    judge(ledger, [verdict("ngo:a", "ngo:b", "different", by="Ben")])
    with pytest.raises(InputError, match="judged again in load 2"):
        undo_last(ledger, by="Ana")


def test_an_undo_that_would_contradict_is_refused(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b")])
    judge(ledger, [verdict("ngo:a", "ngo:b", "unsure")])
    judge(ledger, [verdict("ngo:b", "ngo:c", by="Ben"), verdict("ngo:a", "ngo:c", "different", by="Ben")])
    with pytest.raises(Contradiction):
        undo_last(ledger, by="Ana")
    assert len(standing(ledger)) == 3
