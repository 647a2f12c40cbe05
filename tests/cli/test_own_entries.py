"""What an officer enters is echoed in words, listed, taken back; our side is implied; the name is asked for once."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Console
from iga.cli.main import ask_for_name
from iga.cli.opening import OwnWorkspaces
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from tests.cli.conftest import Iga
from tests.clock import TODAY

CALL = ("add", "engagement", "--kind", "call", "--on", "2026-11-24", "--status", "held", "--party", "Ghana")


OURS = """
card: {source: "test:us", title: Our side, as_of: 2026-01-01, rank: 20}
row_key: [id]
nodes:
  us: {class: Government, id: {const: "gov:usa"}, fields: {name: {const: United States}}}
  team: {class: PublicBody, id: {const: "body:team"}, fields: {name: {const: Team}, government: {const: "gov:usa"}}}
  post: {class: Post, id: {template: "post:{id}"}, fields: {name: post}}
  person: {class: Person, id: {template: "person:{id}"}, fields: {name: name}}
edges:
  - {type: POST_IN, source: {block: post}, target: {block: team}}
  - {type: HOLDS, source: {block: person}, target: {block: post}}
"""


def said(iga: Iga, *arguments: str) -> str:
    ran = iga(*arguments)
    assert ran.code == 0, ran.err
    return ran.out


def test_an_engagement_is_echoed_in_words_before_and_after(loaded: Iga) -> None:
    lines = said(loaded, *CALL).splitlines()
    assert lines[0] == (
        "Entering: Engagement “Call with Ghana”: call, held, 2026-11-24; Ghana and gov:usa took part in it."
    )
    assert lines[1].startswith("Entered: engagement:call-with-ghana-2026-11-24 (load ")
    assert lines[1].endswith("signed J. Example); iga undo takes it back.")
    assert lines[2].startswith("For us: gov:usa; no post of J. Example is on record. If we were not there: ")
    document = loaded(*CALL, "--json").document
    assert document["words"].startswith("Engagement “Call with Ghana”")


def our_side_in(folder: Path, iga: Iga) -> None:
    """Load our government, and a post held by whoever signs."""
    (folder / "us.yaml").write_text(OURS, encoding="utf-8", newline="\n")
    (folder / "us.csv").write_text("id,name,post\na,J. Example,IGA Officer\n", encoding="utf-8", newline="\n")
    said(iga, "load", "us.csv", "--mapping", "us.yaml")


def test_our_side_takes_part_unless_told_otherwise(loaded: Iga, folder: Path) -> None:
    our_side_in(folder, loaded)
    assert "no meeting, call or other engagement" in said(loaded, "ask", "last-touch", "--party", "Ghana")
    meeting = ("add", "engagement", "--name", "Big Conference", "--on", "2026-11-20", "--status", "held")
    out = said(loaded, *meeting, "--party", "Ghana", "--without-us")
    assert "Our side took no part" in out
    assert "no meeting, call or other engagement of ours" in said(loaded, "ask", "last-touch", "--party", "Ghana")
    said(loaded, *meeting, "--party", "Ghana")
    assert "Big Conference" in loaded("ask", "last-touch", "--party", "Ghana", "--json").document["headline"]


def test_the_post_of_whoever_signs_takes_part(loaded: Iga, folder: Path) -> None:
    our_side_in(folder, loaded)
    out = said(loaded, *CALL)
    assert "For us: United States and IGA Officer." in out
    answer = loaded("ask", "last-touch", "--party", "Ghana", "--json").document
    assert answer["rows"][0]["ours"] == ["IGA Officer", "United States"]
    named = said(loaded, *CALL[:-1], "Kenya", "--party", "IGA Officer")
    assert "For us" not in named  # ours are named


def test_an_engagement_without_name_and_party_is_refused(loaded: Iga) -> None:
    ran = loaded("add", "engagement", "--status", "held")
    assert ran.code == 2
    assert "say what it is called (name), or who took part (party)" in ran.err


def test_one_just_held_is_of_today(loaded: Iga) -> None:
    said(loaded, "add", "engagement", "--party", "Ghana", "--status", "held")
    answer = loaded("ask", "last-touch", "--party", "Ghana", "--json").document
    [row] = answer["rows"]
    assert (row["what_name"], row["on"]) == ("Meeting with Ghana", answer["as_of"])


def test_the_log_lists_own_entries_newest_first_with_what_became_of_them(loaded: Iga) -> None:
    assert "are on record yet" in said(loaded, "log")
    said(loaded, *CALL)
    said(loaded, "add", "contact", "--party", "Ghana", "--email", "desk@example.org")
    first, second = said(loaded, "log").splitlines()
    assert "Email desk@example.org; Ghana is reached at it" in first
    assert "Engagement “Call with Ghana”" in second
    assert said(loaded, "log", "--limit", "1").splitlines()[1] == "and 1 more (--limit)"
    said(loaded, "undo", "--yes")
    assert "[taken back]" in said(loaded, "log").splitlines()[0]
    assert [entry["standing"] for entry in loaded("log", "--json").document["entries"]] == ["taken back", "stands"]


def test_undo_takes_back_the_last_entry_then_the_one_before(loaded: Iga) -> None:
    before = said(loaded, "hash")
    said(loaded, *CALL)
    between = said(loaded, "hash")
    said(loaded, "add", "contact", "--party", "Ghana", "--email", "desk@example.org")
    out = said(loaded, "undo", "--yes")
    assert out.startswith("Taking back: Email desk@example.org; Ghana is reached at it.\nTaken back: contact:")
    assert said(loaded, "hash") == between
    assert "Call with Ghana" in said(loaded, "undo", "--yes")
    assert said(loaded, "hash") == before
    nothing = loaded("undo", "--yes")
    assert (nothing.code, "nothing that J. Example entered still stands" in nothing.err) == (4, True)


def test_undo_lets_what_was_said_before_stand_again(loaded: Iga) -> None:
    said(loaded, "correct", "ngo:acme", "name", "Acme One", "--because", "first")
    said(loaded, "correct", "ngo:acme", "name", "Acme Two", "--because", "second")
    said(loaded, "correct", "ngo:acme", "name", "Acme Three", "--because", "third")
    for stands in ("Acme Two", "Acme One", "Acme Relief"):
        said(loaded, "undo", "--yes")
        assert said(loaded, "show", "ngo:acme").startswith(stands)
    assert said(loaded, "log").count("[taken back]") == 3


def test_nothing_is_taken_back_unasked(loaded: Iga) -> None:
    said(loaded, *CALL)
    ran = loaded("undo")
    assert (ran.code, "would take back: Engagement “Call with Ghana”" in ran.err) == (2, True)
    assert "Call with Ghana" in said(loaded, "log")


def test_at_a_terminal_it_is_asked_whether_to_take_it_back(
    loaded: Iga, workspaces: OwnWorkspaces, folder: Path
) -> None:
    said(loaded, *CALL)
    asked: list[str] = []
    replies = iter(("", " Yes "))

    def answer(question: str) -> str:
        asked.append(question)
        return next(replies)

    for code, told in ((2, "nothing was taken back"), (0, "")):
        err = StringIO()
        console = Console(out=StringIO(), err=err, answer=answer)
        assert run(["undo"], Call(console, workspaces, folder, Reader("J. Example"))) == code
        assert told in err.getvalue()
    assert asked[0].startswith("Take back: Engagement “Call with Ghana”: ")
    assert asked[0].endswith(f" (entered {TODAY})? [y/N] ")


def test_withdraw_says_in_words_what_it_takes_back(loaded: Iga) -> None:
    said(loaded, "correct", "ngo:acme", "name", "Acme Fund", "--because", "x")
    out = said(loaded, "withdraw", "correct:ngo:acme:name", "--because", "it was right")
    assert out.startswith("Taking back: Ngo “Acme Fund”.\nTaken back: correct:ngo:acme:name (load ")


class Typist:
    """Somebody at a terminal, who is asked."""

    def __init__(self, *answers: str) -> None:
        self.answers: Iterator[str] = iter(answers)
        self.asked = 0

    def console(self) -> Console:
        return Console(out=StringIO(), err=StringIO(), answer=self.answer)

    def answer(self, question: str) -> str:
        assert question.startswith("Your name, ")
        self.asked += 1
        return next(self.answers)


def test_the_name_is_asked_for_once_and_kept_and_the_environment_goes_before_it(tmp_path: Path) -> None:
    environ = {"IGA_HOME": str(tmp_path / "home"), "USER": "root"}
    typist = Typist("", " Ada   Example ")
    ask_for_name(["ask", "contact"], typist.console(), environ)
    ask_for_name(["add", "--help"], typist.console(), environ)
    assert (typist.asked, read_settings(environ).who) == (0, "root")
    ask_for_name(["undo"], typist.console(), environ)  # a blank answer keeps nothing
    assert read_settings(environ).who == "root"
    ask_for_name(["add", "contact"], typist.console(), environ)
    assert (typist.asked, read_settings(environ).who) == (2, "Ada Example")
    ask_for_name(["add", "contact"], typist.console(), environ)
    ask_for_name(["add", "contact"], Console(out=StringIO(), err=StringIO()), environ)
    assert typist.asked == 2
    assert read_settings(environ | {"IGA_WHO": "Bea Example"}).who == "Bea Example"
