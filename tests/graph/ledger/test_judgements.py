"""Verdicts on who is who: entered, replaced, withdrawn, and refused when they contradict each other."""

import pytest

from iga.graph.errors import Contradiction, InputError, NotFound
from iga.graph.ledger.judgements import judge, judgements, row_key, withdraw_judgement
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, Content, Verdict
from tests.graph.ledger.conftest import Sayings


def same(first: str, second: str) -> Verdict:
    return Verdict(first, second, "same", by="Ana", because="same address")


def different(first: str, second: str) -> Verdict:
    return Verdict(first, second, "different", by="Ana")


def standing(ledger: Ledger) -> list[tuple[str, str, str, str]]:
    return [(j.judge.partition(":")[2], j.verdict.first, j.verdict.second, j.verdict.word) for j in judgements(ledger)]


def test_a_verdict_is_kept_with_who_gave_it_and_why(ledger: Ledger) -> None:
    header = judge(ledger, [same("ngo:b", "ngo:a")])
    (found,) = judgements(ledger)
    assert found == (PERSON_JUDGE, same("ngo:a", "ngo:b"), 1)
    assert (header.source, header.by, header.because) == (PERSON_JUDGE, "Ana", "same address")
    assert row_key("ngo:b", "ngo:a") == '["ngo:a","ngo:b"]'


def test_the_same_verdict_again_leaves_no_trace(ledger: Ledger) -> None:
    assert judge(ledger, [same("ngo:a", "ngo:b")]) == judge(ledger, [same("ngo:b", "ngo:a")])
    assert ledger.through() == 1


def test_a_later_verdict_replaces_the_earlier(ledger: Ledger) -> None:
    judge(ledger, [same("ngo:a", "ngo:b")])
    judge(ledger, [different("ngo:a", "ngo:b")])
    assert standing(ledger) == [("person", "ngo:a", "ngo:b", "different")]


def test_a_withdrawn_verdict_is_gone_and_may_come_back(ledger: Ledger) -> None:
    judge(ledger, [same("ngo:a", "ngo:b")])
    header = withdraw_judgement(ledger, "ngo:b", "ngo:a", by="Ben", because="mistake")
    assert (standing(ledger), header.by, header.because) == ([], "Ben", "mistake")
    judge(ledger, [same("ngo:a", "ngo:b")])
    assert standing(ledger) == [("person", "ngo:a", "ngo:b", "same")]


def test_only_a_verdict_that_stands_can_be_withdrawn(ledger: Ledger) -> None:
    judge(ledger, [same("ngo:a", "ngo:b")], source=RULE_JUDGE)
    with pytest.raises(NotFound, match="judgements:person holds no verdict on ngo:a and ngo:b"):
        withdraw_judgement(ledger, "ngo:a", "ngo:b", by="Ana", because="")
    assert ledger.through() == 1


def test_many_verdicts_are_entered_in_one_load(ledger: Ledger) -> None:
    judge(ledger, [same("ngo:a", "ngo:b"), same("ngo:b", "ngo:c"), different("ngo:d", "ngo:e")], source=RULE_JUDGE)
    assert ledger.through() == 1
    assert len(standing(ledger)) == 3


@pytest.mark.parametrize("verdicts", [[], [same("ngo:a", "ngo:a")]])
def test_no_verdict_and_a_verdict_on_one_id_are_refused(ledger: Ledger, verdicts: list[Verdict]) -> None:
    with pytest.raises(InputError):
        judge(ledger, verdicts)
    assert ledger.through() == 0


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_contradiction_is_refused_whichever_verdict_comes_last(ledger: Ledger, turn: int) -> None:
    verdicts = [same("ngo:a", "ngo:b"), same("ngo:b", "ngo:c"), different("ngo:a", "ngo:c")]
    *first, last = verdicts[turn:] + verdicts[:turn]
    judge(ledger, first)
    with pytest.raises(
        Contradiction, match="ngo:a, ngo:b, ngo:c would all be the same, but ngo:a and ngo:c are judged"
    ):
        judge(ledger, [last])
    assert ledger.through() == 1


def test_a_batch_that_contradicts_itself_is_refused_whole(ledger: Ledger) -> None:
    with pytest.raises(Contradiction):
        judge(
            ledger,
            [same("ngo:x", "ngo:y"), same("ngo:a", "ngo:b"), same("ngo:b", "ngo:c"), different("ngo:a", "ngo:c")],
        )
    assert judgements(ledger) == []


def test_pairs_of_both_judges_count_and_a_persons_comes_before_a_rules(ledger: Ledger) -> None:
    judge(ledger, [same("ngo:a", "ngo:b"), same("ngo:b", "ngo:c")], source=RULE_JUDGE)
    with pytest.raises(Contradiction):
        judge(ledger, [different("ngo:a", "ngo:c")])
    judge(ledger, [different("ngo:a", "ngo:b")])
    judge(ledger, [different("ngo:a", "ngo:c")])


def test_withdrawing_is_refused_where_the_rules_verdict_would_then_contradict(ledger: Ledger) -> None:
    judge(ledger, [same("ngo:a", "ngo:b"), same("ngo:b", "ngo:c")], source=RULE_JUDGE)
    judge(ledger, [different("ngo:a", "ngo:b")])
    judge(ledger, [different("ngo:a", "ngo:c")])
    with pytest.raises(Contradiction):
        withdraw_judgement(ledger, "ngo:a", "ngo:b", by="Ana", because="")
    withdraw_judgement(ledger, "ngo:a", "ngo:c", by="Ana", because="")
    withdraw_judgement(ledger, "ngo:a", "ngo:b", by="Ana", because="")


def test_unsure_joins_and_parts_nobody(ledger: Ledger) -> None:
    judge(ledger, [same("ngo:a", "ngo:b"), Verdict("ngo:a", "ngo:c", "unsure"), different("ngo:b", "ngo:c")])
    assert len(standing(ledger)) == 3


def test_a_contradiction_that_was_imported_can_be_taken_apart(say: Sayings, ledger: Ledger) -> None:
    imported = [same("ngo:a", "ngo:b"), same("ngo:b", "ngo:c"), same("ngo:c", "ngo:d"), different("ngo:a", "ngo:c")]
    say.load({row_key(v.first, v.second): Content((v,)) for v in imported}, source=RULE_JUDGE)
    judge(ledger, [same("ngo:x", "ngo:y")])
    withdraw_judgement(ledger, "ngo:c", "ngo:d", by="Ana", because="", source=RULE_JUDGE)
    with pytest.raises(Contradiction):
        judge(ledger, [same("ngo:c", "ngo:d")])
    withdraw_judgement(ledger, "ngo:a", "ngo:c", by="Ana", because="", source=RULE_JUDGE)
    judge(ledger, [same("ngo:c", "ngo:d")])
