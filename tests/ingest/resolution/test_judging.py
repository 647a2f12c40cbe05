"""Judgements as a text file: stable, with remarks, read back whole or not at all, faults told by line."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import get_args

import pytest

from iga.graph.errors import Contradiction, FileRefused, InputError
from iga.graph.ledger.judgements import judge, judgements
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import RULE_JUDGE, Verdict, Word
from iga.ingest.resolution import judging
from iga.ingest.resolution.judging import exported, import_text, text_of
from tests.reading import some


@pytest.fixture
def ledger(ledger_address: str) -> Iterator[Ledger]:
    with Ledger.open(ledger_address, clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)) as ledger:
        yield ledger


def verdict(first: str, second: str, word: Word = "same", because: str = "same address") -> Verdict:
    return Verdict(first, second, word, by="Ana Example", because=because)


def line(*parts: str) -> str:
    return "\t".join(parts) + "\n"


def test_what_is_exported_is_read_back_and_nothing_is_new(ledger: Ledger, tmp_path: Path) -> None:
    judge(ledger, [verdict("ngo:c", "ngo:d", because="tab\tand\nline"), verdict("ngo:a", "ngo:b", "different")])
    judge(ledger, [verdict("ngo:e", "ngo:f")], source=RULE_JUDGE)
    text = exported(judgements(ledger))
    lines = [each.split("\t") for each in text.splitlines() if not each.startswith("#")]
    assert [each[:4] for each in lines] == [
        ["person", "different", "ngo:a", "ngo:b"],
        ["person", "same", "ngo:c", "ngo:d"],
        ["rule", "same", "ngo:e", "ngo:f"],
    ]
    assert lines[1][5] == "tab and line"
    with Ledger.open(tmp_path / "other.sqlite", clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)) as other:
        assert import_text(other, text, by="Ben") == (3, 3)
        assert exported(judgements(other)) == text
        assert import_text(other, text, by="Ben") == (3, 0)


def test_remarks_and_blank_lines_are_passed_over_and_the_two_last_parts_may_be_missing(ledger: Ledger) -> None:
    assert import_text(ledger, "# remark\n\n" + line("person", "same", "ngo:b", "ngo:a"), by="Ben") == (1, 1)
    [judged] = judgements(ledger)
    assert (judged.verdict.first, judged.verdict.by) == ("ngo:a", "Ben")


def test_every_faulty_line_is_told_and_nothing_is_entered(ledger: Ledger) -> None:
    text = "".join(
        [
            line("person", "same", "ngo:a", "ngo:b", "Ana", "why"),
            line("nobody", "same", "ngo:a", "ngo:b"),
            line("person", "same", "Acme", "ngo:b"),
            line("person", "same", "ngo:a", "ngo:a"),
            line("person", "different", "ngo:b", "ngo:a"),
            "person same ngo:c ngo:d\n",
            line("person", "same", "ngo:c", "ngo:d", "Ana", "SECRET//NOFORN"),
        ]
    )
    with pytest.raises(InputError) as refused:
        import_text(ledger, text, by="Ben")
    told = refused.value.message.splitlines()
    assert [each.split(":")[0].strip() for each in some(told[1:])] == [f"line {n}" for n in (2, 3, 4, 5, 6, 7)]
    assert "line 5: the pair is judged in line 1 already" in refused.value.message
    assert "NOFORN" not in refused.value.message
    assert judgements(ledger) == []


def test_contradictions_are_told_by_line_with_each_other_and_with_what_stands(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:c", "different")])
    text = "# head\n" + line("person", "same", "ngo:a", "ngo:b") + line("rule", "same", "ngo:b", "ngo:c")
    with pytest.raises(InputError, match="lines 2, 3: ngo:a, ngo:b, ngo:c would all be the same, but ngo:a and ngo:c"):
        import_text(ledger, text, by="Ben")
    assert len(judgements(ledger)) == 1


def test_a_file_may_replace_what_would_contradict_it(ledger: Ledger) -> None:
    judge(ledger, [verdict("ngo:a", "ngo:b", "different")])
    import_text(ledger, line("person", "same", "ngo:a", "ngo:b"), by="Ben", is_again=True)
    assert [each.verdict.word for each in judgements(ledger)] == ["same"]


@pytest.mark.parametrize(("before", "now"), list(permutations(get_args(Word), 2)))
@pytest.mark.parametrize("is_dry_run", [False, True])
def test_a_second_judgement_names_the_first_and_is_entered_only_if_said_to_be_one(
    ledger: Ledger, before: Word, now: Word, is_dry_run: bool
) -> None:
    pairs = [("ngo:a", "ngo:b"), ("ngo:c", "ngo:d")]
    judge(ledger, [verdict(*pair, before, "two registrations") for pair in pairs], by="Ana")
    through = ledger.through()
    lines = [line("person", now, *pair) for pair in (("ngo:e", "ngo:f"), *((second, first) for first, second in pairs))]
    with pytest.raises(Contradiction) as caught:
        import_text(ledger, "".join(lines), by="Ben", is_dry_run=is_dry_run)
    for number, (first, second) in enumerate(pairs, start=2):
        assert f"line {number}: " in caught.value.message
        assert f"judged {first} and {second} " in caught.value.message
    assert "two registrations" in caught.value.message
    assert "--again" in caught.value.message
    assert ledger.through() == through
    assert import_text(ledger, "".join(lines), by="Ben", is_dry_run=is_dry_run, is_again=True) == (3, 3)


def test_a_dry_run_enters_nothing(ledger: Ledger) -> None:
    assert import_text(ledger, line("person", "same", "ngo:a", "ngo:b"), by="Ben", is_dry_run=True) == (1, 1)
    assert judgements(ledger) == []


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        text_of(tmp_path / "missing.tsv")
    (tmp_path / "book.tsv").write_bytes(b"PK\x03\x04" + bytes(40))
    with pytest.raises(FileRefused):
        text_of(tmp_path / "book.tsv")


def test_a_file_too_big_to_be_one_of_judgements_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_MOST_BYTES", 10)
    (tmp_path / "x.tsv").write_text("x" * 11, encoding="utf-8")
    with pytest.raises(FileRefused, match="has more than 10 bytes: no file of judgements is so big"):
        text_of(tmp_path / "x.tsv")
