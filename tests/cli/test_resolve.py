"""`iga resolve` as an officer types it: candidates, side by side, judged, taken back, exported, reviewed by keys."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import NoReturn

import click
import pytest

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured, Console
from iga.cli.opening import OwnWorkspaces
from iga.cli.resolve_review import ServerOr, print_candidates, reviewed
from iga.graph.errors import StoreUnavailable
from iga.graph.fold.shapes import ClusterContradiction
from iga.graph.reader import Reader
from tests.cli.conftest import Iga, commands_in

MAPPING = """
card: {source: "test:partners", title: Partners of a test, as_of: 2026-01-01, rank: 20}
row_key: [id]
nodes:
  partner:
    class: Ngo
    id: {template: "ngo:{id}"}
    fields: {name: name, identifiers: {column: number, split: [";"]}, country: {column: country, read: government}}
"""
PARTNERS = """id,name,number,country
acme,Acme Relief,UEI:A1,Ghana
acme2,ACME Relief Ltd.,UEI:A1,Ghana
acme3,Acme Relief,UEI:Z9,Ghana
beta,Beta House,,Kenya
beta2,Beta Hause,,Kenya
"""


@pytest.fixture(scope="module")
def partners_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resolve")
    (folder / "partners.yaml").write_text(MAPPING, encoding="utf-8", newline="\n")
    (folder / "partners.csv").write_text(PARTNERS, encoding="utf-8", newline="\n")
    with commands_in(folder) as iga:
        ran = iga("load", "partners.csv", "--mapping", "partners.yaml")
    assert "2 pairs of names may be one and the same: iga resolve" in ran.out
    return folder


@pytest.fixture
def partners(iga: Iga, folder: Path, partners_folder: Path) -> Iga:
    shutil.copytree(partners_folder, folder, dirs_exist_ok=True)
    return iga


def pairs(iga: Iga, *options: str) -> list[tuple[str, str, str]]:
    found = iga("resolve", "candidates", "--json", *options).document["candidates"]
    return [(each["tier"], each["first"]["id"], each["second"]["id"]) for each in found]


def test_candidates_are_listed_surest_first_with_a_sentence_for_each_piece_of_evidence(partners: Iga) -> None:
    assert pairs(partners) == [("certain", "ngo:acme", "ngo:acme2"), ("likely", "ngo:beta", "ngo:beta2")]
    shown = partners("resolve", "candidates").out
    assert "+ the same UEI: A1" in shown
    assert "- one letter differs in 'Hause' and 'House'" in shown


def test_a_load_reports_the_candidates_that_it_brought_up(partners: Iga, folder: Path) -> None:
    again = partners("load", "partners.csv", "--mapping", "partners.yaml", "--json").document
    assert (again["candidates"], again["uncompared"]) == (0, 0)
    more = PARTNERS + "beta3,Beta House Inc.,,Kenya\n"
    (folder / "partners.csv").write_text(more, encoding="utf-8", newline="\n")
    assert partners("load", "partners.csv", "--mapping", "partners.yaml", "--json").document["candidates"] == 2


def test_after_a_large_load_candidates_come_up_when_they_are_asked_for(
    partners: Iga, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.ingest.resolution.candidates.MOST_READ_AFTER_A_LOAD", 1)
    many = PARTNERS + "beta3,Beta House Inc.,,Kenya\ngamma,Gamma,,Peru\n"
    for text in (many, f"{many}delta,Delta,,Peru\n", f"{many}gamma2,Gama,,Peru\n"):
        (folder / "partners.csv").write_text(text, encoding="utf-8", newline="\n")
        loaded = partners("load", "partners.csv", "--mapping", "partners.yaml", "--json").document
        assert (loaded["candidates"], loaded["uncompared"]) == (None, 0)
    assert ("likely", "ngo:gamma", "ngo:gamma2") in pairs(partners)
    again = partners("load", "partners.csv", "--mapping", "partners.yaml", "--json").document
    assert (again["candidates"], again["uncompared"]) == (0, 0)


def test_two_parties_are_shown_side_by_side_with_what_rules_it_out_first(partners: Iga) -> None:
    shown = partners("resolve", "show", "ngo:acme", "ngo:acme3")
    assert "Something rules out that they are one:" in shown.out
    assert "! each has a UEI of its own: A1 and Z9" in shown.out


def test_judged_pairs_are_not_offered_again(partners: Iga) -> None:
    partners("resolve", "different", "ngo:beta", "ngo:beta2", "--because", "two houses")
    partners("resolve", "unsure", "ngo:acme", "ngo:acme2", "--because", "asked")
    assert pairs(partners) == []
    assert "They are judged: different" in partners("resolve", "show", "ngo:beta", "ngo:beta2").out


def test_a_merge_and_its_way_back_give_the_identical_graph(partners: Iga) -> None:
    before = partners("hash", "--json").document["hash"]
    partners("resolve", "same", "ngo:beta", "ngo:beta2", "--because", "one house")
    assert partners("hash", "--json").document["hash"] != before
    assert pairs(partners) == [("certain", "ngo:acme", "ngo:acme2")]
    partners("resolve", "undo")
    assert partners("hash", "--json").document["hash"] == before
    assert len(pairs(partners)) == 2


def test_old_ids_resolve_after_a_merge_wherever_an_id_is_asked_for(partners: Iga) -> None:
    partners("resolve", "same", "ngo:beta", "ngo:beta2", "--because", "one house")
    for words in (
        ("find", "ngo:beta2"),
        ("show", "ngo:beta2"),
        ("why", "ngo:beta2"),
        ("ask", "profile", "--party", "ngo:beta2"),
        ("resolve", "show", "ngo:beta2", "ngo:acme"),
    ):
        ran = partners(*words)
        assert ran.code == 0, words
        assert "Beta House" in ran.out, words


def test_a_judgement_that_contradicts_others_is_refused_and_says_which(partners: Iga) -> None:
    partners("resolve", "same", "ngo:acme", "ngo:acme2", "--because", "one")
    partners("resolve", "different", "ngo:acme", "ngo:acme3", "--because", "two numbers")
    ran = partners("resolve", "same", "ngo:acme2", "ngo:acme3", "--because", "one name")
    assert ran.code == 3
    assert "ngo:acme and ngo:acme3 are judged different" in ran.err


def test_a_rule_judges_only_what_is_certain_and_gives_its_evidence(partners: Iga) -> None:
    planned = partners("resolve", "rule", "--dry-run", "--json").document
    assert [(each["first"], each["second"]) for each in planned["judged"]] == [("ngo:acme", "ngo:acme2")]
    assert partners("resolve", "log", "--json").document["log"] == []
    partners("resolve", "rule")
    [entry] = partners("resolve", "log", "--json").document["log"]
    assert entry["judge"] == "judgements:rule"
    assert "the same UEI: A1" in entry["changes"][0]["because"]
    partners("resolve", "different", "ngo:acme", "ngo:acme2", "--because", "the number was mistyped")
    assert partners("show", "ngo:acme2", "--json").document["id"] == "ngo:acme2"


def test_judge_and_resolve_are_one(partners: Iga) -> None:
    partners("judge", "ngo:beta", "ngo:beta2", "--same", "--because", "one house")
    assert "ngo:beta and ngo:beta2: same" in partners("resolve", "log").out
    partners("resolve", "withdraw", "ngo:beta", "ngo:beta2", "--because", "no")
    assert partners("judge", "ngo:beta", "ngo:beta2", "--withdraw", "--because", "again").code == 4


def test_a_second_judgement_names_the_first_and_counts_only_where_it_is_said_to(partners: Iga) -> None:
    partners("resolve", "different", "ngo:beta", "ngo:beta2", "--because", "two registrations")
    second = ("resolve", "same", "ngo:beta2", "ngo:beta", "--because", "one house")
    refused = partners(*second)
    assert refused.code == 3
    assert "J. Example judged ngo:beta and ngo:beta2 different on " in refused.err
    assert "two registrations. Nothing was entered; to judge it again, add --again" in " ".join(refused.err.split())
    assert partners("judge", "ngo:beta", "ngo:beta2", "--unsure", "--because", "x").code == 3
    assert partners("resolve", "different", "ngo:beta", "ngo:beta2", "--because", "still two").code == 0
    assert partners(*second, "--again").code == 0
    assert partners("resolve", "show", "ngo:beta", "ngo:beta2").code == 3  # they are one now


@pytest.mark.parametrize(("typed", "code"), [("y", 0), ("", 3)])
def test_somebody_at_a_terminal_is_asked_whether_to_judge_again(
    partners: Iga, workspaces: OwnWorkspaces, folder: Path, typed: str, code: int
) -> None:
    partners("resolve", "different", "ngo:beta", "ngo:beta2", "--because", "two registrations")
    kept, asked = Captured(), list[str]()

    def answer(question: str) -> str:
        asked.append(question)
        return typed

    console = replace(kept.console(100), is_terminal=True, answer=answer)
    call = Call(console=console, workspaces=workspaces, folder=folder, reader=Reader("Ana"))
    assert run(["resolve", "same", "ngo:beta", "ngo:beta2", "--because", "one house"], call) == code
    assert len(asked) == 1
    assert "J. Example judged ngo:beta and ngo:beta2 different" in kept.err.getvalue()


def test_pairs_of_the_last_load_come_first_whatever_their_tier(partners: Iga, folder: Path) -> None:
    (folder / "more.csv").write_text(
        "id,name,number,country\nhope,Hope House,,\nhopes,Hope Hause,,\n", encoding="utf-8"
    )
    (folder / "more.yaml").write_text(MAPPING.replace("test:partners", "test:more"), encoding="utf-8")
    before = pairs(partners)
    assert partners("load", "more.csv", "--mapping", "more.yaml").code == 0
    assert pairs(partners) == [("likely", "ngo:hope", "ngo:hopes"), *before]
    assert before[0][0] == "certain"
    printed = partners("resolve", "candidates").out
    assert printed.index("likely, of the last load") < printed.index("\ncertain\n")
    partners("resolve", "different", "ngo:hope", "ngo:hopes", "--because", "two")
    assert pairs(partners) == before


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("resolve",), 2, "this review needs a terminal with a keyboard"),
        (("resolve", "review", "--tier", "likely"), 2, "this review needs a terminal with a keyboard"),
        (("resolve", "everything"), 2, "iga resolve has no command 'everything'"),
        (("resolve", "same", "Acme", "ngo:beta", "--because", "x"), 2, "'Acme' is not an id"),
        (("resolve", "same", "ngo:acme", "ngo:acme", "--because", "x"), 3, "named twice"),
        (("resolve", "same", "ngo:acme", "ngo:beta", "--because", " "), 2, "needs its reason"),
        (("resolve", "same", "ngo:acme", "ngo:beta", "--because", "SECRET//NOFORN"), 2, "looks classified"),
        (("resolve", "show", "ngo:nobody", "ngo:acme"), 4, "no party has the id ngo:nobody"),
        (("resolve", "undo"), 4, "has judged nothing that could be undone"),
        (("resolve", "import", "missing.tsv"), 3, "missing.tsv"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    partners: Iga, words: tuple[str, ...], code: int, sentence: str
) -> None:
    ran = partners(*words)
    assert ran.code == code, ran.err
    assert sentence in ran.err


@pytest.mark.parametrize("name", ["😀", "name:(a OR b)~2", "MATCH (n) DETACH DELETE n", "\u202e", "x" * 10_000])
def test_any_name_gets_an_answer_or_a_refusal(partners: Iga, name: str) -> None:
    for words in (("resolve", "show", name, "ngo:acme"), ("resolve", "candidates", "--of", name)):
        ran = partners(*words)
        assert ran.code in (2, 4)
        assert "IGA-1000" not in ran.err


def test_judgements_go_through_a_text_file(partners: Iga, folder: Path) -> None:
    partners("resolve", "same", "ngo:beta", "ngo:beta2", "--because", "one house")
    assert partners("resolve", "export", "judgements.tsv", "--json").document["judgements"] == 1
    text = (folder / "judgements.tsv").read_text(encoding="utf-8")
    partners("resolve", "undo")
    (folder / "judgements.tsv").write_text(f"{text}person\tsame\tngo:acme\n", encoding="utf-8", newline="\n")
    refused = partners("resolve", "import", "judgements.tsv")
    assert (refused.code, "line 5:" in refused.err) == (3, True)
    (folder / "judgements.tsv").write_text(text, encoding="utf-8", newline="\n")
    planned = partners("resolve", "import", "judgements.tsv", "--dry-run", "--json").document
    assert (planned["read"], planned["new"], planned["dry_run"]) == (1, 1, True)
    assert partners("resolve", "import", "judgements.tsv").out == "1 judgement read, 1 new\n"
    assert "Load" in partners("resolve", "undo").out


@dataclass
class Typed:
    """A keyboard whose keys and lines were typed before."""

    keys: list[str]
    lines: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def key(self) -> str:
        return self.keys.pop(0)

    def line(self, question: str) -> str:
        self.asked.append(question)
        return self.lines.pop(0) if self.lines else ""


Review = Callable[..., tuple[str, Typed]]


@pytest.fixture
def review(folder: Path, workspaces: OwnWorkspaces) -> Review:
    def reviewing(
        *keys: str, lines: tuple[str, ...] = (), tier: str = "", server: ServerOr = lambda *_: None
    ) -> tuple[str, Typed]:
        keyboard, kept = Typed(list(keys), list(lines)), Captured()
        call = Call(console=kept.console(100), workspaces=workspaces, folder=folder, reader=Reader("J. Example"))
        reviewed(call, keyboard, tier=tier, server=server)
        return kept.out.getvalue() + kept.err.getvalue(), keyboard

    return reviewing


def test_the_review_takes_one_key_a_judgement_and_its_reason(partners: Iga, review: Review) -> None:
    shown, keyboard = review("s", "d", "q", lines=("", "two houses"))
    assert "2 pairs wait" in shown
    assert "the same UEI: A1" in keyboard.asked[0]
    assert "Nothing more waits to be judged." in shown
    assert "2 judged in this review. iga resolve log lists all.\n" in shown
    log = partners("resolve", "log", "--json").document["log"]
    assert (log[0]["changes"][0]["now"], log[0]["because"]) == ("different", "two houses")


def test_the_review_goes_back_leaves_out_explains_and_quits(partners: Iga, review: Review) -> None:
    shown, _ = review("b", "?", "x", "n", "s", "b", "q", lines=("one house",))
    assert "Nothing was judged in this review yet" in shown
    assert "s  both are one" in shown
    assert "'x' means nothing here" in shown
    assert "is undone" in shown
    assert "0 judged in this review. iga resolve log lists all.\n" in shown
    assert len(pairs(partners)) == 2


def test_the_review_may_be_of_one_tier_and_a_point_judges_nothing(partners: Iga, review: Review) -> None:
    shown, _ = review("u", "q", lines=(".",), tier="likely")
    assert "ngo:acme " not in shown
    assert "Nothing was judged." in shown
    assert len(pairs(partners)) == 2


def test_the_review_takes_back_the_last_judgement_and_ends_where_nothing_waits(partners: Iga, review: Review) -> None:
    shown, _ = review("s", "b", "q")
    assert "is undone" in shown
    assert shown.count("2 pairs wait") == 2
    assert len(pairs(partners)) == 2
    shown, _ = review(tier="possible")
    assert shown == "Nothing more waits to be judged.\n0 judged in this review. iga resolve log lists all.\n"


@pytest.mark.parametrize(
    ("refused", "keys", "told"),
    [("same", "sq", "Not judged. The disk is full.\n"), ("undo", "sbq", "Not undone. The disk is full.\n")],
)
def test_what_the_review_could_not_write_is_told_and_the_pair_stays(
    partners: Iga, review: Review, refused: str, keys: str, told: str
) -> None:
    def full(line: Sequence[str], console: Console) -> int | None:
        if line[1] != refused:
            return None
        console.note("The disk is full.")
        return 5

    shown, _ = review(*keys, server=full)
    assert told in shown
    assert f"{len(keys) - 2} judged in this review." in shown
    with pytest.raises(StoreUnavailable, match="The disk is full"):
        review(server=lambda _, console: full(["resolve", refused], console))
    assert len(pairs(partners)) == 4 - len(keys)


def test_ctrl_c_and_ctrl_d_quit_the_review_and_judge_nothing(
    partners: Iga, workspaces: OwnWorkspaces, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped() -> NoReturn:
        raise KeyboardInterrupt

    keys = iter("u")
    monkeypatch.setattr(click, "getchar", lambda: next(keys, None) or stopped())
    monkeypatch.setattr("sys.stdin", StringIO())
    out, err = StringIO(), StringIO()
    console = Console(out=out, err=err, is_terminal=True, ask=lambda _: "")
    assert run(["resolve"], Call(console, workspaces, folder, Reader("J. Example"))) == 0
    assert "Nothing was judged." in err.getvalue()
    assert out.getvalue().endswith("0 judged in this review. iga resolve log lists all.\n")
    assert len(pairs(partners)) == 2


def test_what_is_beyond_the_limit_is_counted_and_of_nothing_that_is_said(partners: Iga) -> None:
    assert partners("resolve", "log").out == "Nothing was judged yet.\n"
    assert "\n… and 1 more (--limit)\n" in partners("resolve", "candidates", "--limit", "1").out
    partners("resolve", "different", "ngo:beta", "ngo:beta2", "--because", "two houses")
    partners("resolve", "same", "ngo:acme", "ngo:acme2", "--because", "one")
    assert partners("resolve", "log", "--limit", "1").out.endswith("  because: one\n… and 1 more (--limit)\n")
    one = partners("resolve", "show", "ngo:acme", "ngo:acme2")
    assert (one.code, "are one already: Acme Relief (ngo:acme)" in one.err) == (3, True)
    undone = partners("resolve", "undo", "--json").document
    assert undone["pairs"] == [["ngo:acme", "ngo:acme2"]]


def test_judgements_that_contradict_each_other_are_named_with_the_way_out() -> None:
    kept = Captured()
    ring = ClusterContradiction("ring:1", ("ngo:a", "ngo:b", "ngo:c"), (("ngo:a", "ngo:c"),))
    print_candidates(kept.console(100), [], [ring], limit=1)
    assert kept.out.getvalue().startswith(
        "Not merged, because the judgements contradict each other: ngo:a, ngo:b, ngo:c\n"
        "  judged different: ngo:a and ngo:c. Take one judgement back: iga resolve log, iga resolve withdraw\n"
    )
