"""Every command once as a user would type it, and what each does with a mistake."""

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from docx import Document

from iga.cli import doctor
from iga.cli.commands import Iga as Commands
from iga.cli.remote import Server
from iga.graph.errors import StoreUnavailable
from iga.graph.workspace import Workspace
from iga.ingest import bundled
from iga.queries.registry import QUESTIONS
from tests.cli.conftest import PARTNERS, Iga


def test_every_command_has_help_with_an_example(iga: Iga, capsys: pytest.CaptureFixture[str]) -> None:
    iga("--help")
    listed = " ".join(capsys.readouterr().out.split())
    for name, (_, _, line) in Commands.listed.items():
        assert line in listed
        assert iga(name, "--help").code == 0
        shown = capsys.readouterr().out
        assert name == "add" or "Example: iga" in shown


def test_a_load_counts_every_row_and_says_where_the_graph_is(iga: Iga) -> None:
    report = iga("load", "partners.csv", "--mapping", "partners.yaml", "--json").document
    assert (report["read"], report["new"], report["rejected"], report["waiting"]) == (2, 2, 0, 0)
    again = iga("load", "partners.csv", "--mapping", "partners.yaml", "--json").document
    assert (again["unchanged"], again["new"], again["data_version"]) == (2, 0, report["data_version"])


def test_a_question_in_plain_words_is_said_and_answered(loaded: Iga) -> None:
    ran = loaded("ask", "what", "do", "we", "have", "on", "ghana")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Understood: iga ask profile --party Ghana")
    document = loaded("ask", "tell me about Ghana", "--json").document
    assert (document["question"], document["understood"]["parameters"]) == ("profile", {"party": "gov:gha"})
    other = loaded("ask", "profile", "tier")
    assert other.out.startswith("Understood: iga ask tier-history\n        or: iga ask tier-changes\n")
    refused = loaded("ask", "good", "morning")
    assert (refused.code, "none was asked" in refused.err) == (4, True)


def test_a_list_loads_when_it_is_asked_for_and_is_marked(loaded: Iga) -> None:
    assert "hotlines: Hotlines against trafficking" in loaded("sources", "--available").out
    assert "UNVERIFIED, 13 rows, as of 2024-10, rank 90, public, not loaded" in loaded("sources", "--available").out
    before = loaded("hash").out
    assert "13 new" in loaded("load", "--list", "hotlines", "--dry-run").out
    assert loaded("hash").out == before
    assert loaded("load", "--list", "hotlines").code == 0
    assert "(unverified)" in loaded("find", "National Human Trafficking Hotline").out
    listed = {each["name"]: each for each in loaded("sources", "--available", "--json").document["available"]}
    assert listed["hotlines"]["loaded_on"]
    assert listed["msr-companies"]["loaded_on"] is None


def test_a_list_that_was_loaded_is_told_though_the_next_is_refused(
    loaded: Iga, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotlines = bundled.list_named("hotlines")
    lists = {"hotlines": hotlines, "gone": replace(hotlines, file=folder / "gone.csv")}
    monkeypatch.setattr(bundled, "list_named", lists.__getitem__)
    ran = loaded("load", "--list", "hotlines", "--list", "gone")
    assert ran.code == 3
    assert "13 new" in ran.out
    assert "gone.csv" in ran.err
    alone = loaded("load", "--list", "gone")
    assert (alone.code, alone.out, "gone.csv" in alone.err) == (3, "", True)


def test_a_dry_run_shows_what_would_change_and_writes_nothing(loaded: Iga, folder: Path) -> None:
    before = loaded("hash").out
    (folder / "partners.csv").write_text(PARTNERS + "gamma,Gamma Trust,Peru\n", encoding="utf-8", newline="\n")
    ran = loaded("load", "partners.csv", "--mapping", "partners.yaml", "--dry-run")
    assert ran.code == 0
    assert "Gamma Trust (ngo:gamma)" in ran.out
    assert loaded("hash").out == before


def test_rejected_rows_are_named_kept_and_can_be_loaded_again(iga: Iga, folder: Path) -> None:
    (folder / "partners.csv").write_text(PARTNERS + ",Nameless,Ghana\n", encoding="utf-8", newline="\n")
    ran = iga("load", "partners.csv", "--mapping", "partners.yaml")
    assert ran.code == 3
    assert "partners.csv:4, column id" in ran.err
    correction = folder / "partners.csv.rejected.csv"
    text = correction.read_text(encoding="utf-8-sig")
    correction.write_text(text.replace(",Nameless", "nameless,Nameless"), encoding="utf-8", newline="")
    assert iga("load", correction.name, "--mapping", "partners.yaml").code == 0
    assert iga("show", "ngo:nameless").code == 0


@pytest.mark.parametrize(
    ("words", "named"), [((), [*Commands.listed]), (("ask",), [*QUESTIONS])], ids=["commands", "questions"]
)
def test_without_more_words_all_there_is_stands_on_one_screen(
    iga: Iga, words: tuple[str, ...], named: list[str]
) -> None:
    ran = iga(*words)
    assert ran.code == 0
    assert len(ran.out.splitlines()) < 24
    assert set(named) <= set(ran.out.replace(",", " ").split())


def test_a_reply_its_fields_and_its_first_rows_can_be_asked_for_alone(loaded: Iga) -> None:
    asked = ("ask", "profile", "--party", "Acme Relief")
    whole = loaded(*asked, "--json").document
    assert loaded(*asked, "--short").out == f"{whole['headline']}\n"
    assert loaded(*asked, "--fields", "section,what", "--json").document["rows"] == [
        {"section": row["section"], "what": row["what"]} for row in whole["rows"]
    ]
    first = loaded(*asked, "--limit", "0", "--json").document
    assert (first["rows"], first["total"]["value"] == len(whole["rows"]) > 0) == ([], True)
    assert loaded(*asked, "--format", "csv", "--fields", "what").out.splitlines()[0] == "what"


def test_the_questions_are_listed(iga: Iga) -> None:
    listed = iga("ask", "--json").document["questions"]
    assert [card["name"] for card in listed][:2] == ["contact", "stale-contacts"]


def test_an_answer_is_one_document_and_notes_stay_apart(loaded: Iga) -> None:
    ran = loaded("ask", "profile", "--party", "Ghana", "--json")
    assert ran.document["question"] == "profile"
    assert ran.err == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ask", "contakt", "--party", "Ghana"), 4, "did you mean contact"),
        (("ask", "members", "--party", "Gahna"), 4, "nothing here is called 'Gahna'"),
        (("ask", "members", "--party", "Ghana"), 2, "Ghana"),
        (("ask", "members", "--party", "Ghana", "--year", "2020"), 2, "No such option '--year'"),
        (("ask", "profile", "--party", "Ghana", "--as-of", "2026-13"), 2, "2026-13"),
        (("ask", "profile", "--party", "Ghana", "--known-on", "yesterday"), 2, "yesterday"),
        (("show", "ngo:nobody"), 4, "ngo:nobody"),
        (("why", "ngo:acme", "nmae"), 2, "name"),
        (("load", "missing.csv", "--mapping", "partners.yaml"), 3, "missing.csv"),
        (("load", "partners.csv", "--mapping", "missing.yaml"), 3, "missing.yaml"),
        (("load", "partners.csv"), 3, "--format"),
        (("load", "--list", "hotline"), 4, "did you mean hotlines"),
        (("load", "--list", "hotlines", "--title", "Mine"), 2, "--title goes without --list"),
        (("load", "--list", "hotlines", "--bundled"), 2, "--list NAME"),
        (("load", "partners.csv", "--format", "cvs"), 2, "there is no format 'cvs'"),
        (("correct", "ngo:acme", "shoe_size", "43", "--because", "x"), 2, "shoe_size"),
        (("verify", "ngo:acme", "--ok"), 2, "ContactPoint"),
        (("judge", "ngo:acme", "ngo:acme", "--same", "--because", "x"), 3, "two different ids"),
        (("withdraw", "correct:ngo:acme:name", "--because", "x"), 4, "correct:ngo:acme:name"),
        (("memo", "government", "Ghana", "-o", "ghana.txt"), 2, "ghana.docx"),
        (("memo", "government", "Ghana", "-o", "nowhere/ghana.md"), 2, "there is no folder"),
        (("restore", "nowhere"), 3, "nowhere"),
        (("help", "IGA-9999"), 4, "IGA-9999"),
        (("status", "--store", "mysql://x"), 2, "mysql://x"),
        (("serve", "--host", "192.0.2.1"), 6, "no key was given out"),
        (("serve", "--origin", "reconcile.example.org"), 2, "is no origin"),
        (("frobnicate",), 2, "frobnicate"),
        (("shwo", "Ghana"), 2, "Did you mean show?"),
        (("memo", "goverment", "Ghana"), 2, "Did you mean government?"),
        (
            ("add", "contact", "--party", "Ghana", "--email", "a@example.org", "--phone", "+233 1"),
            2,
            "name one channel",
        ),
        (("verify", "contact:x"), 2, "say what was found: --ok or --bounced"),
        (("judge", "ngo:acme", "ngo:beta", "--because", "x"), 2, "say which: --same, --different"),
        (("export", "party", "Acme Relief"), 2, "--editable -o FILE.xlsx for a workbook to correct"),
        (("export", "members", "--party", "Ghana", "--editable", "-o", "x.csv"), 2, "it is a workbook; name it x.xlsx"),
        (
            ("export", "members", "--party", "Ghana", "--editable", "-o", "x.xlsx"),
            2,
            "Members of Ghana: nothing is held",
        ),
        (("ask", "profile", "shelters"), 4, "profile has no place for 'shelters'; it takes party, as_of"),
        (("ask", "profile", "--as-of", "2026-01-01", "shelters"), 4, "profile has no place for 'shelters'"),
        (("correct", "rel:x", "start", "2020", "--because", "x"), 4, "no relationship has the key rel:x"),
        (("export", "graph", "--class", "Treaty", "--to", "json"), 2, "All of Treaty: nothing is held"),
        (("template", "members", "-o", "x.xlsx", "--source", "Mine"), 2, "a source is named kind:slug in lower case"),
        (("ask", "profile", "--party", "Ghana", "--fields", "nmae"), 2, "no 'nmae'"),
    ],
)
def test_a_mistake_gets_one_sentence_and_its_exit_code(
    loaded: Iga, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = loaded(*arguments)
    assert ran.code == code, ran.err
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_an_error_is_a_document_under_json(loaded: Iga) -> None:
    ran = loaded("show", "ngo:nobody", "--json")
    assert ran.document["error"]["code"] == "IGA-1401"


def test_a_contact_is_entered_verified_and_found(loaded: Iga) -> None:
    ran = loaded("add", "contact", "--party", "Ghana", "--email", "desk@example.org", "--role", "focal point", "--json")
    assert ran.code == 0, ran.err
    point = ran.document["entry"]
    assert loaded("verify", point, "--ok", "--how", "reply received").code == 0
    assert "desk@example.org" in loaded("ask", "contact", "--party", "Ghana").out
    assert "J. Example" in loaded("why", point, "verified_by").out
    assert loaded("verify", point, "--bounced").code == 0
    assert "bounced on" in loaded("show", point).out


def test_a_correction_wins_names_its_reason_and_can_be_taken_back(loaded: Iga) -> None:
    assert loaded("correct", "ngo:acme", "name", "Acme Relief Fund", "--because", "new name since May").code == 0
    assert loaded("show", "ngo:acme").out.startswith("Acme Relief Fund")
    why = loaded("why", "ngo:acme", "name").out
    assert "new name since May" in why
    assert "Acme Relief " in why
    assert loaded("withdraw", "correct:ngo:acme:name", "--because", "it was right").code == 0
    assert loaded("show", "ngo:acme").out.startswith("Acme Relief (")


def test_engagements_and_commitments_are_entered(loaded: Iga) -> None:
    ran = loaded(
        "add", "engagement", "--name", "Call with Ghana", "--on", "2026-11-24", "--status", "held", "--party", "Ghana"
    )
    assert ran.code == 0, ran.err
    assert "Call with Ghana" in loaded("ask", "engagements", "--party", "Ghana").out
    assert (
        loaded("add", "commitment", "--party", "Ghana", "--words", "We will open a shelter", "--due", "2027").code == 0
    )
    assert "We will open a shelter" in loaded("find", "shelter").out + loaded("ask", "profile", "--party", "Ghana").out


def test_an_introduction_says_what_became_of_it_last(loaded: Iga) -> None:
    assert loaded("add", "introduction", "--party", "Ghana", "--other", "ngo:acme").code == 0
    again = ("add", "introduction", "--party", "ngo:acme", "--other", "Ghana", "--status", "made", "--on", "2026-05-02")
    assert loaded(*again).code == 0
    [tie] = [row for row in loaded("ask", "neighbourhood", "--party", "Ghana", "--json").document["rows"]
             if row["type"] == "INTRODUCED_TO"]  # fmt: skip
    assert (tie["says"], tie["other_name"]) == ("was to be introduced to Acme Relief", "Acme Relief")
    assert "2026-05-02" in loaded("why", tie["key"]).out


def test_judged_ids_become_one_and_come_apart_again(loaded: Iga) -> None:
    before = loaded("hash").out
    assert loaded("judge", "ngo:acme", "ngo:beta", "--same", "--because", "same address").code == 0
    assert "ngo:beta" in loaded("show", "ngo:beta").out
    assert loaded("show", "ngo:beta", "--json").document["id"] == "ngo:acme"
    assert loaded("judge", "ngo:acme", "ngo:beta", "--withdraw", "--because", "it was not").code == 0
    assert loaded("hash").out == before


def test_the_hash_is_computed_and_a_rebuild_does_not_change_it(loaded: Iga) -> None:
    before = loaded("hash").out
    assert loaded("rebuild").code == 0
    assert loaded("hash").out == before
    rebuilt = loaded("rebuild", "--json").document
    assert rebuilt["hash"] == before.strip()
    assert loaded("status", "--json").document["data_version"] == rebuilt["data_version"] != before.strip()


def test_a_dump_restores_to_the_same_graph(loaded: Iga, folder: Path) -> None:
    assert loaded("status", "--json").document["last_dump"] is None
    assert loaded("dump", "backup").code == 0
    assert loaded("status", "--json").document["last_dump"]
    ran = loaded("restore", "backup", "--store", str(folder / "other" / "graph"), "--json")
    assert ran.code == 0, ran.err
    assert ran.document["hash"] == loaded("hash").out.strip()


def test_a_search_is_narrowed_and_says_how_to_narrow_it_further(loaded: Iga) -> None:
    assert loaded("find", "e", "--kind", "ngo", "--country", "Ghana", "--json").document["narrowed_to"] == {
        "kind": ["Ngo"],
        "country": ["gov:gha"],
    }
    shown = loaded("find", "house", "--country", "Ghana")
    assert shown.out.startswith("Nothing (country gov:gha) is called 'house' or holds these words.")
    assert loaded("find", "house", "--kind", "ngoo").code == 4


def test_show_and_why_take_names_as_well_as_ids(loaded: Iga) -> None:
    assert loaded("show", "acme relief").out == loaded("show", "ngo:acme").out
    assert loaded("why", "Acme Relief", "name").out == loaded("why", "ngo:acme", "name").out
    assert loaded("show", "acme", "relief").out == loaded("show", "ngo:acme").out
    assert loaded("why", "acme", "relief", "name").out == loaded("why", "ngo:acme", "name").out
    near = loaded("show", "Acme Relif")
    assert near.out == f"Understood: Acme Relif as Acme Relief (ngo:acme)\n{loaded('show', 'ngo:acme').out}"
    assert loaded("show", "Zebra Relif").code == 4


def test_a_graph_that_hangs_is_told_once_and_not_of_the_ledger(loaded: Iga, monkeypatch: pytest.MonkeyPatch) -> None:
    def hanging(_: Workspace) -> NoReturn:
        raise StoreUnavailable("it says nothing")

    monkeypatch.setattr(Workspace, "state", hanging)
    lines = loaded("doctor").out.splitlines()
    assert [line[:15].rstrip() for line in lines if "says nothing" in line] == ["LOOK  graph"]
    assert [line for line in lines if line.startswith("ok    ledger")]


def test_the_doctor_finds_nothing_wrong_after_a_load_and_says_what_to_do_before(iga: Iga) -> None:
    sick = iga("doctor")
    assert sick.code == 3
    assert "LOOK  ledger" in sick.out
    assert iga("load", "partners.csv", "--mapping", "partners.yaml").code == 0
    assert iga("doctor").code == 0


def test_the_doctor_names_a_package_that_is_missing_and_a_server_that_runs(
    loaded: Iga, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("click", "not-installed"))
    monkeypatch.setattr(doctor, "server_at", lambda _: Server(port=8765, pid=4711, token=""))
    ran = loaded("doctor")
    assert ran.code == 3
    assert "LOOK  packages  missing: not-installed; install them from requirements/run.txt\n" in ran.out
    assert "ok    server    running on port 8765 (process 4711); commands go through it\n" in ran.out


def test_sources_print_their_age(loaded: Iga) -> None:
    assert "as of 2026-01-01, complete, 2 rows" in loaded("sources").out


def test_error_codes_are_explained(iga: Iga) -> None:
    assert "The store is held by another process" in iga("help", "iga-1502").out


@pytest.mark.parametrize("kind", ["partner", "meeting"])
def test_a_name_of_several_words_needs_no_quotes_for_a_paper(loaded: Iga, folder: Path, kind: str) -> None:
    assert loaded("memo", kind, "Acme", "Relief", "-o", "acme.md").code == 0
    assert "Acme Relief" in (folder / "acme.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "md"])
def test_a_memo_is_checked_against_the_data_of_a_day(loaded: Iga, ending: str) -> None:
    loaded("memo", "government", "Ghana", "-o", f"checked.{ending}", "--as-of", "2026-11-25", "--full")
    same = loaded("memo", "check", f"checked.{ending}", "--as-of", "2026-11-25")
    assert same.code == 0, same.err
    assert same.out.splitlines()[-1].startswith("0 changed, 0 no longer said, 0 new, ")
    added = loaded("add", "contact", "--party", "Ghana", "--email", "new@example.org", "--role", "focal point")
    assert added.code == 0, added.err
    other = loaded("memo", "check", f"checked.{ending}", "--as-of", "2026-11-25", "--json")
    assert other.code == 3
    now = [one["text"] for one in other.document["new"]] + [one["now"] for one in other.document["changed"]]
    assert any("new@example.org" in text for text in now)


@pytest.mark.parametrize("ending", ["docx", "md"])
def test_a_memo_is_written_whole(loaded: Iga, folder: Path, ending: str) -> None:
    ran = loaded("memo", "government", "Ghana", "-o", f"ghana.{ending}", "--as-of", "2026-11-25")
    assert ran.code == 0, ran.err
    path = folder / f"ghana.{ending}"
    text = "\n".join(p.text for p in Document(str(path)).paragraphs) if ending == "docx" else path.read_text("utf-8")
    assert "Bottom line" in text
    assert "[DRAFTER:" in text
    assert [p.name for p in folder.glob("*.part")] == []


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "md"])
def test_a_draft_is_never_overwritten(loaded: Iga, folder: Path, ending: str) -> None:
    written = ("memo", "government", "Ghana", "-o", f"draft.{ending}", "--as-of", "2026-11-25")
    assert loaded(*written).code == loaded(*written).code == 0
    draft = folder / f"draft.{ending}"
    draft.write_bytes(draft.read_bytes() + b"and a drafter's words")
    mine = draft.read_bytes()
    ran = loaded(*written)
    assert (ran.code, ran.out.partition(":")[0]) == (0, f"draft-2.{ending}")
    assert f"draft.{ending} was edited or is not from here: left alone" in ran.err
    assert draft.read_bytes() == mine
    assert loaded(*written, "--force").code == 0
    assert draft.read_bytes() != mine


def test_a_memo_is_named_by_its_title_where_no_name_is_given(loaded: Iga, folder: Path) -> None:
    assert loaded("memo", "government", "Ghana", "--to", "md").code == 0
    text = (folder / "ghana.md").read_text(encoding="utf-8")
    assert "To make this paper again: `iga memo government " in text
    assert "ghana.md" not in text
    wrong = loaded("memo", "government", "Ghana", "--to", "md", "-o", "a.pdf")
    assert (wrong.code, "is no .md" in wrong.err) == (2, True)
