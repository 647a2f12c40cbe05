"""Restrict, hold and erase: a restricted person is for the few, and of an erased one no byte is left in the folder."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from iga.cli.opening import OwnWorkspaces
from iga.graph.audit_log import AuditLog
from iga.graph.domain.marking import Marking
from iga.graph.ledger.load import RowSaid
from tests.cli.conftest import Iga, commands_at, files_in, workspaces_in
from tests.queries.world import card, edge, node, rows

NAME, MAIL, OTHER = "Zuleika Canaryperson", "zuleika.canary@example.org", "Bureau of Examples"
CANARIES = ("Canaryperson", "zuleika.canary", "Zuleikachen")
BECAUSE = ("--because", "asked by letter")
AUTHORITY = ("--authority", "Privacy Office 2026-31")
MAPPING = """
card: {source: "list:people", title: People}
row_key: [id]
nodes: {n: {class: Person, id: {template: "person:{id}"}, fields: {name: name}}}
"""
BOOK = card("list:book", "Book")


def said() -> list[RowSaid]:
    return rows(
        f"{NAME}.csv",
        node("Person", "person:z", name=NAME, aliases=["Zuleikachen"], public_role="Director Canaryperson"),
        node("Post", "post:z", name="Director"),
        node("PublicBody", "body:z", name=OTHER),
        edge("HOLDS", "person:z", "post:z"),
        edge("POST_IN", "post:z", "body:z"),
        node("ContactPoint", "contact:z", name="mail", channel={"kind": "email", "value": MAIL}),
        edge("REACHED_AT", "person:z", "contact:z"),
    )


def load_book(workspaces: OwnWorkspaces) -> None:
    files = [(f"{NAME}.csv", "0")]
    with workspaces(None, None).changing("test") as ledger, ledger.open_load(BOOK, files=files) as load:
        load.put(said())
        load.commit({"read": 7})


@pytest.fixture(scope="module")
def book_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a book that names one person, read once by each ceiling; to be copied."""
    folder = files_in(tmp_path_factory.mktemp("book"))
    with workspaces_in(folder) as workspaces:
        load_book(workspaces)
        iga = commands_at(workspaces, folder)
        for ceiling in ("public", "internal"):
            assert iga("export", "graph", "--to", "json", "--ceiling", ceiling, "-o", "../g.json", "--force").code == 0
        assert iga("find", NAME).code == 0
    return folder


@pytest.fixture
def book(book_folder: Path, iga: Iga, folder: Path) -> Iga:
    """Give commands over such a book."""
    shutil.copytree(book_folder, folder, dirs_exist_ok=True)
    return iga


def bytes_with_canaries(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        f"{path.relative_to(folder)}: {canary}"
        for path in files
        for canary in CANARIES
        if canary.encode() in path.read_bytes() or canary.casefold().encode() in path.read_bytes()
    ]


def test_of_an_erased_person_no_byte_is_left_in_the_folder(book: Iga, folder: Path) -> None:
    assert book("resolve", "candidates").code == 0
    assert book("watch", "add", "mine", "profile", "--party", "body:z").code == 0
    assert book("correct", "person:z", "public_role", "Head Canaryperson", "--because", "said Canaryperson").code == 0
    assert book("restrict", NAME, *BECAUSE).code == 0
    assert bytes_with_canaries(folder)
    ran = book("erase", NAME, *AUTHORITY, "--json")
    assert ran.code == 0, ran.err
    assert ran.document["person"] == "person:z"
    assert any("dumps" in sentence for sentence in ran.document["outside"])
    assert bytes_with_canaries(folder) == []
    assert b"person:z" not in (folder / "ledger.sqlite").read_bytes()
    assert book("show", "person:z").code == 4
    assert book("show", "body:z").code == 0


def test_a_later_load_does_not_bring_an_erased_person_back(book: Iga, folder: Path) -> None:
    assert book("erase", "person:z", *AUTHORITY).code == 0
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "p.csv").write_text(f"id,name\nz,Somebody\nnew,{NAME}\nb,Bea\n", encoding="utf-8")
    ran = book("load", "p.csv", "--mapping", "m.yaml", "--json")
    assert (ran.document["new"], ran.document["rejected"], ran.document["correction_file"]) == (1, 2, "")
    assert "it names somebody who was erased" in ran.document["rejections"][0]["reason"]
    (folder / "p.csv").unlink()
    assert bytes_with_canaries(folder) == []
    added = book("add", "contact", "--party", "body:z", "--person", NAME, "--role", "head", "--email", "x@example.org",
                 "--because", "x")  # fmt: skip  # a command line reads as one
    assert (added.code, "erased" in added.err) == (2, True)


def test_erasing_is_refused_under_a_hold_and_an_open_access_request(book: Iga) -> None:
    for kind in ("legal", "access-request"):
        held = book("hold", NAME, "--kind", kind, "--authority", "Ref 7", "--json")
        assert held.document == {"person": "person:z", "kind": kind, "stands": "held"}
        refused = book("erase", NAME, *AUTHORITY)
        assert (refused.code, "Ref 7" in refused.err) == (6, True)
        entry = "hold" if kind == "legal" else kind
        assert book("holds", "--json").document["holds"] == [{"kind": entry, "authority": "Ref 7"}]
        assert book("hold", NAME, "--kind", kind, "--authority", "Ref 8", "--release").code == 0
    assert "Nobody is held" in book("holds").out
    assert book("hold", NAME, "--authority", "Ref 9", "--release").code == 4
    assert book("erase", NAME, "--authority", f"on {NAME}").code == 2
    nobody = book("erase", "Nobody", *AUTHORITY)
    assert (nobody.code, "nothing was ever called 'Nobody'" in nobody.err) == (4, True)
    assert book("erase", NAME, *AUTHORITY).code == 0
    again = book("erase", NAME, *AUTHORITY).out.splitlines()
    assert (
        again[0]
        == "This person was erased before. The graph was made anew. Rejected rows destroyed now: 0. Not reached:"
    )
    assert any("dumps" in sentence for sentence in again[1:])


@pytest.mark.parametrize(("at", "is_erased"), [("erasure.put", False), ("erasure.texts_left", True)])
def test_an_erasure_that_was_killed_is_finished_by_running_it_again(
    book: Iga, folder: Path, at: str, *, is_erased: bool
) -> None:
    killed = (
        "import os, signal, sys\nfrom iga.graph.ledger import erasure\n"
        "def dies(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{at} = dies\nfrom iga.cli.main import main\nsys.exit(main())\n"
    )
    environ = os.environ | {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_LEDGER": str(folder / "ledger.sqlite")}
    ran = subprocess.run([sys.executable, "-c", killed, "erase", NAME, *AUTHORITY], env=environ, check=False)
    assert ran.returncode == -signal.SIGKILL
    again = book("erase", NAME, *AUTHORITY, "--json")
    assert again.code == 0, again.err
    assert ("erased_before" in again.document) == is_erased
    assert bytes_with_canaries(folder) == []


def test_a_restricted_person_is_shown_only_to_those_who_see_what_is_sensitive(
    book: Iga, workspaces: OwnWorkspaces, folder: Path
) -> None:
    assert book("restrict", NAME, *BECAUSE).code == 0
    assert book("undo", "--yes").code == 4  # it is lifted, not undone
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "p.csv").write_text(f"id,name\nz,{NAME}\n", encoding="utf-8")
    assert book("load", "p.csv", "--mapping", "m.yaml").code == 0
    for ceiling, code in (("public", 4), ("internal", 4), ("sensitive", 0)):
        assert book("export", "person", NAME, "--ceiling", ceiling, "--to", "json").code == code, ceiling
        with workspaces(None, None).reading(ceiling=Marking.named(ceiling)) as seen:
            names = [row["name"] for row in seen.store.look("MATCH (n:Entity) RETURN n.name AS name")]
        assert OTHER in names
        assert (NAME in names, "mail" in names) == (code == 0, code == 0)
    assert book("export", "graph", "--to", "json", "-o", "g.json").code == 0
    assert "Canaryperson" not in (folder / "g.json").read_text(encoding="utf-8")
    contact = book("ask", "contact", "--party", "body:z", "--json")
    assert NAME not in json.dumps(contact.document["rows"])
    assert MAIL not in contact.out


@pytest.mark.slow
def test_a_restriction_is_lifted_and_what_loads_say_counts_with_its_own_marking(
    book: Iga, workspaces: OwnWorkspaces, folder: Path
) -> None:
    def seen_by(ceiling: str) -> bool:
        with workspaces(None, None).reading(ceiling=Marking.named(ceiling)) as seen:
            rows = seen.store.look("MATCH (n:Entity) WHERE n.id IN ['person:z', 'contact:z'] RETURN n.id AS id")
        return len(rows) == 2

    assert book("restrict", NAME, "--release", *BECAUSE).code == 4
    assert (seen_by("public"), seen_by("internal")) == (True, True)
    assert book("restrict", NAME, *BECAUSE).code == 0
    assert book("restrict", NAME, "--because", "asked once more").code == 0
    assert (seen_by("public"), seen_by("internal")) == (False, False)
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "p.csv").write_text(f"id,name\nz,{NAME}\n", encoding="utf-8")
    assert book("load", "p.csv", "--mapping", "m.yaml").code == 0
    released = book("restrict", NAME, "--release", *BECAUSE).out
    assert released.startswith("person:z is released. Rows that have their own marking again: 4.\n  Rows that stay se")
    assert (seen_by("public"), seen_by("internal")) == (True, True)
    assert MAIL in book("ask", "contact", "--party", "body:z").out
    again = book("load", "p.csv", "--mapping", "m.yaml", "--json")
    assert again.document["changed"] == 1
    refused = book("restrict", NAME, "--release", *BECAUSE)
    assert (refused.code, "person:z is not restricted" in refused.err) == (4, True)
    assert "person:z is restricted: 5 rows marked sensitive." in book("restrict", NAME, *BECAUSE).out
    whole = book("restrict", NAME, "--release", *BECAUSE, "--json").document
    assert (whole["stands"], whole["rows_marked_anew"], whole["rows_kept"]) == ("released", 5, 0)


def test_another_person_of_an_erased_name_is_let_in_by_id_and_that_is_noted(book: Iga, folder: Path) -> None:
    assert book("erase", "person:z", *AUTHORITY).code == 0
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "p.csv").write_text(f"id,name\nnew,{NAME}\nother,{NAME}\nz,Somebody\n", encoding="utf-8")
    rejected = book("load", "p.csv", "--mapping", "m.yaml", "--json").document["rejections"]
    admitting = [row["fix"].partition("iga erase ")[2] for row in rejected]
    assert admitting == ["person:new --admit", "person:other --admit", ""]
    admitted = book("erase", "person:new", "--admit", *AUTHORITY, "--json").document
    assert admitted == {"person": "person:new", "stands": "admitted"}
    again = book("load", "p.csv", "--mapping", "m.yaml", "--json").document
    assert (again["new"], again["rejected"]) == (1, 2)
    assert book("show", "person:new").code == 0
    assert book("erase", "person:z", "--admit", *AUTHORITY).code == 6
    assert book("erase", "nobody", "--admit", *AUTHORITY).code == 2
    noted = AuditLog(folder / "ledger.sqlite.audit").entries()
    assert [(act.about, act.outcome) for act in noted if act.act == "erase --admit"] == [
        (("person:new",), "done"),
        (("person:z",), "refused"),
        (("nobody",), "refused"),
    ]
    assert book("erase", "person:new", "--admit", "--release", *AUTHORITY).code == 0
    assert book("load", "p.csv", "--mapping", "m.yaml", "--json").document["rejected"] == 3
    assert book("erase", "person:new", "--admit", "--release", *AUTHORITY).code == 4
    assert book("erase", "person:new", "--release", *AUTHORITY).code == 2
    assert book("erase", "person:new", *AUTHORITY).code == 0
    assert book("load", "p.csv", "--mapping", "m.yaml", "--json").document["rejected"] == 3


def test_whoever_counted_as_an_erased_person_stays_hidden_and_is_named(book: Iga, folder: Path) -> None:
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "p.csv").write_text("id,name\nnew,Zuleyka Canaryperson\nother,Ada Example\n", encoding="utf-8")
    assert book("restrict", "person:z", *BECAUSE).code == 0
    assert book("load", "p.csv", "--mapping", "m.yaml").code == 0
    said = book("erase", "person:z", *AUTHORITY).out
    assert "person:new may be the same person, and is restricted now. If it is: iga erase person:new." in said
    assert "person:other" not in said
    assert book("export", "graph", "--to", "json", "-o", "g.json").code == 0
    everybody = (folder / "g.json").read_text("utf-8")
    assert "Ada Example" in everybody
    for shown in (everybody, book("find", "Canaryperson").out, book("show", "person:new").out):
        assert "Zuleyka" not in shown
    assert book("restrict", "person:new", "--release", *BECAUSE).code == 0
    assert "Zuleyka Canaryperson" in book("find", "Zuleyka").out


@pytest.mark.slow
def test_what_named_an_erased_person_stays_restricted_until_it_is_released(book: Iga, folder: Path) -> None:
    assert book("restrict", "person:z", *BECAUSE).code == 0
    entered = book("add", "engagement", "--name", "Call with Zuleika Canaryperson", "--party", "body:z", "--json")
    key = entered.document["entry"]
    mailbox = ("add", "contact", "--party", "body:z", "--email", "desk@example.org", "--role", f"Adviser {NAME}")
    assert book(*mailbox).code == 0
    assert key.startswith("engagement:held-")
    assert not (folder / "g.json").exists()
    ways = ("ask", "contact", "body:z")
    said = book("erase", "person:z", *AUTHORITY).out
    assert "desk@example.org" not in book(*ways).out
    assert f"{key} names the person, or is an address of theirs, and is restricted now." in said
    export = ("export", "graph", "--to", "json", "--ceiling", "internal", "--force", "-o", "g.json")
    assert book(*export).code == 0
    shown = (folder / "g.json").read_text("utf-8")
    assert OTHER in shown
    assert not [text for text in ("Canaryperson", "canaryperson", key, "post:held-") if text in shown]
    assert book("restrict", key, "--release", *BECAUSE).code == 0
    assert book(*export).code == 0
    assert "Call with Zuleika Canaryperson" in (folder / "g.json").read_text("utf-8")


def test_no_id_is_made_of_the_name_of_somebody_protected(book: Iga) -> None:
    assert book("restrict", "person:z", *BECAUSE).code == 0
    mailbox = ("add", "contact", "--party", "body:z", "--email", "desk@example.org", "--role", f"Adviser {NAME}")
    again = [book(*mailbox) for _ in range(2)]
    assert [ran.code for ran in again] == [0, 0]
    told = {word for ran in again for word in (ran.out + ran.err).split() if word.startswith("post:")}
    assert len(told) == 1
    assert told.pop().startswith("post:held-")


NAMING = {
    "the title of the source": ("title: People", f"title: People of {NAME}"),
    "the publisher of the source": ("title: People", f"title: People, publisher: Heirs of {NAME}"),
    "the gaps of the source": ("title: People", f'title: People, gaps: ["What {NAME} has."]'),
    "the id of the source": ("list:people", "list:zuleika-canaryperson"),
    "the name of a file": ("", ""),
}
"""By what of a source names somebody: how its mapping is written otherwise."""


@pytest.mark.parametrize(("what", "written"), NAMING.items(), ids=NAMING)
def test_a_source_that_is_named_after_somebody_protected_is_told_and_after_somebody_erased_refused(
    book: Iga, folder: Path, what: str, written: tuple[str, str]
) -> None:
    (folder / "m.yaml").write_text(MAPPING.replace(*written) if all(written) else MAPPING, encoding="utf-8")
    file = f"{NAME} 2.csv" if what == "the name of a file" else "p.csv"
    (folder / file).write_text("id,name\nb,Bea Other\n", encoding="utf-8")
    assert book("restrict", "person:z", *BECAUSE).code == 0
    ran = book("load", file, "--mapping", "m.yaml", "--json")
    assert [note for note in ran.document["notes"] if note.startswith(f"{what} names somebody protected")]
    shown = [book(*line).out for line in (("sources",), ("why", "person:b"), ("show", "person:b"), ("log",))]
    assert all(shown)
    assert "canary" not in "".join(shown).casefold()
    assert book("erase", "person:z", *AUTHORITY).code == 0
    (folder / file).write_text("id,name\nc,Cy Other\n", encoding="utf-8")
    ran = book("load", file, "--mapping", "m.yaml")
    assert (ran.code, what in ran.err) == (3, True)


def rejecting(*said: str) -> str:
    """Return a file of rejected rows, one for each text."""
    lines = "".join(f"{line},name,no name,write it,{text}\n" for line, text in enumerate(said, 2))
    return f"\ufeff_line,_column,_reason,_fix,id,name,family,mail\n{lines}"


def test_rejected_rows_of_an_erased_person_are_destroyed_and_other_files_left_alone(book: Iga, folder: Path) -> None:
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    names = ("p.csv", "q.csv", "linked.csv", "folder.csv", "odd.csv")
    for name in names:
        (folder / name).write_text("id,name\nb,Bea\n", encoding="utf-8")
    (folder / "sub").mkdir()
    assert book("load", *names, "--mapping", "m.yaml").code == 0
    hers = (f"x,{NAME},,", "x,Zuleika,Canaryperson,", f"x,Director,,{MAIL}", "person:z,,,")
    others = ("b,Bea,Example,", "c,Zuleika,Other,")
    mixed, mine = rejecting(*hers, *others), rejecting(f"x,{NAME},,")
    for name, text in (("p", mixed), ("q", mine), ("never-loaded", mine), ("odd", f"{NAME};Bea\n"), ("sub/p", mine)):
        (folder / f"{name}.csv.rejected.csv").write_text(text, encoding="utf-8")
    (folder / "linked.csv.rejected.csv").symlink_to(folder / "never-loaded.csv.rejected.csv")
    (folder / "folder.csv.rejected.csv").mkdir()
    ran = book("erase", NAME, *AUTHORITY, "--beside", "sub", "--json")
    assert (ran.code, ran.document["rejected_rows"]) == (0, 6), ran.err
    rest = (folder / "p.csv.rejected.csv").read_text(encoding="utf-8").splitlines()
    assert [line.partition("write it,")[2] for line in rest[1:]] == list(others)
    assert (folder / "p.csv.rejected.csv").stat().st_mode & 0o777 == 0o600
    assert not (folder / "q.csv.rejected.csv").exists()
    assert not (folder / "sub" / "p.csv.rejected.csv").exists()
    assert (folder / "never-loaded.csv.rejected.csv").read_text(encoding="utf-8") == mine
    named = [sentence for sentence in ran.document["outside"] if "nothing was taken out" in sentence]
    assert [Path(sentence.partition(":")[0]).name.partition(".")[0] for sentence in named] == [
        "folder",
        "linked",
        "odd",
    ]
    (folder / "p.csv.rejected.csv").write_text(mine, encoding="utf-8")
    assert book("erase", NAME, *AUTHORITY, "--json").document["rejected_rows"] == 1


CONSENTS = """
card: {source: "office:consents", title: Consents, marking: sensitive}
row_key: [id]
nodes:
  c:
    class: Consent
    id: {template: "consent:{id}"}
    fields: {name: purpose, person: person, purpose: purpose, decision: decision, withdrawn_on: taken back}
"""


def take_back(book: Iga, folder: Path) -> None:
    """State a consent to be named in papers that was given and is taken back."""
    (folder / "consents.yaml").write_text(CONSENTS, encoding="utf-8")
    row = "1,person:z,be named in a paper,allowed,2026-05-20\n"
    (folder / "c.csv").write_text(f"id,person,purpose,decision,taken back\n{row}", encoding="utf-8")
    assert book("load", "c.csv", "--mapping", "consents.yaml").code == 0


SINCE: dict[str, Callable[[Iga, Path], object]] = {
    "a consent taken back": take_back,
    "restricted": lambda book, _: book("restrict", NAME, *BECAUSE),
    "erased": lambda book, _: book("erase", NAME, *AUTHORITY),
}


@pytest.mark.parametrize("since", SINCE.values(), ids=SINCE)
def test_a_check_of_papers_lists_what_names_somebody_who_is_not_to_be_named_any_more(
    book: Iga, workspaces: OwnWorkspaces, folder: Path, since: Callable[[Iga, Path], object]
) -> None:
    ours = node("Government", "gov:usa"), node("PublicBody", "body:us-state-tip", government="gov:usa")
    with workspaces(None, None).changing("test") as ledger, ledger.open_load(card("list:home", "Home")) as load:
        load.put(rows("home.csv", *ours))
        load.commit({"read": 2})
    for kind, named in ((("meeting", "--party"), "body:z"), (("handover",), "person:z")):
        assert book("memo", *kind, named, "-o", f"{kind[0]}.md").code == 0
        assert NAME in (folder / f"{kind[0]}.md").read_text(encoding="utf-8")
    assert book("memo", "check", "meeting.md").code == book("memo", "check", "handover.md").code == 0
    since(book, folder)
    on_body = book("memo", "check", "meeting.md", "--json")
    assert on_body.code == 3
    was = [said["text"] for said in on_body.document["gone"]] + [said["was"] for said in on_body.document["changed"]]
    now = [said["text"] for said in on_body.document["new"]] + [said["now"] for said in on_body.document["changed"]]
    assert any(NAME in text for text in was)
    assert NAME not in " ".join(now)
    on_person = book("memo", "check", "handover.md")
    assert on_person.code == 3
    assert "It cannot be written again: " in on_person.out
    assert "0 changed, 0 no longer said" not in on_person.out


def test_what_lies_beside_the_ledger_goes_or_is_named(book: Iga, folder: Path) -> None:
    for name in ("uploads", "uploads-2"):  # as a service leaves them that was killed
        (folder / f"ledger.sqlite.{name}" / "tmp").mkdir(parents=True)
        (folder / f"ledger.sqlite.{name}" / "tmp" / "list.csv").write_text(NAME, encoding="utf-8")
    copies = ["ledger.sqlite.damaged-1", "ledger.sqlite.damaged-1-wal", "ledger.sqlite.damaged-2"]
    for copy in copies:
        (folder / copy).write_text(NAME, encoding="utf-8")
    for copy in ("ledger.sqlite.copy-x", "ledger.sqlite.dumps/2026-01-01"):
        (folder / copy).mkdir(parents=True)
    outside = book("erase", NAME, *AUTHORITY, "--json").document["outside"]
    named = sorted(copy.partition(" is a copy")[0] for copy in outside if "destroy it" in copy)
    assert named == sorted(
        str(folder / copy) for copy in (*copies, "ledger.sqlite.copy-x", "ledger.sqlite.dumps/2026-01-01")
    )
    assert not [*folder.glob("ledger.sqlite.uploads*")]
    assert any("is a copy" in sentence for sentence in book("erase", NAME, *AUTHORITY, "--json").document["outside"])


def test_a_cell_of_an_erased_person_that_was_not_read_is_destroyed_though_it_does_not_say_the_name(
    book: Iga, folder: Path
) -> None:
    people = (("Ann Other", "ao"), (NAME, "zc"))
    lines = "".join(f"Acts,{name},Director,{mail}@@example.org,+1 202 555 0102,Ghana\n" for name, mail in people)
    lines = f"Organization,Name,Title,E-mail,Phone,Country\n{lines}"
    (folder / "people.csv").write_text(lines, encoding="utf-8")
    for _ in range(2):
        assert book("load", "people.csv", "--because", "a list").code == 0
    assert not [*folder.glob(".*.tmp")]
    left = folder / "people.csv.could-not.csv"
    assert "zc@@example.org" in left.read_text(encoding="utf-8")
    [person] = [hit["id"] for hit in book("find", NAME, "--json").document["hits"] if hit["id"] != "person:z"][:1]
    assert book("erase", person, *AUTHORITY).code == 0
    assert "zc@@example.org" not in left.read_text(encoding="utf-8")
    assert "ao@@example.org" in left.read_text(encoding="utf-8")


def list_of_contacts(book: Iga, folder: Path) -> tuple[str, Path]:
    """Load a list of another folder, of which cells are not read, and give a person's id and that folder."""
    far = folder / "far"
    far.mkdir()
    people = ("Ann Other", "ao", "+1"), (NAME, "zuleika.canary", "+2")
    lines = "".join(f"Acts,{name},Director,{mail}@@example.org,{phone},Ghana\n" for name, mail, phone in people)
    text = f"Organization,Name,Title,E-mail,Phone,Country\nActs,,,,,Atlantis\n{lines}"
    (far / "people.csv").write_text(text, encoding="utf-8")
    assert book("load", "far/people.csv", "--because", "a list").code == 3
    hits = book("find", NAME, "--json").document["hits"]
    return next(hit["id"] for hit in hits if hit["id"] != "person:z"), far


def is_clean(folder: Path) -> bool:
    """True if nothing of the person, and all of others, is in what the load left."""
    unread = (folder / "people.csv.could-not.csv").read_text(encoding="utf-8")
    return "ao@@example.org" in unread and "zuleika.canary" not in unread


def test_what_a_load_left_in_another_folder_loses_the_rows_of_whoever_is_erased(book: Iga, folder: Path) -> None:
    person, far = list_of_contacts(book, folder)
    assert not is_clean(far)
    told = book("erase", person, *AUTHORITY, "--json").document
    assert is_clean(far)
    assert told["rejected_rows"] > 0
    assert not any("--beside" in sentence for sentence in told["outside"])


HERS = (
    *(f"x,{NAME},,", "x,Zuleika,Canaryperson,", "x,Canaryperson Zuleika,,", f"x,Director,,{MAIL}", "{person},,,"),
    *(f"x,,,now {NAME} again", "x,Canaryperson,of,Zuleika"),
)
OTHERS = ("b,Bea,Example,", "c,Zuleika,Other,", "d,Zuleika Canarypersons,,")


def test_what_was_moved_before_an_erasure_is_named_and_a_second_one_knows_the_person_by_digests(
    book: Iga, folder: Path
) -> None:
    person, far = list_of_contacts(book, folder)
    hers = [row.format(person=person) for row in HERS]
    (far / "people.csv.rejected.csv").write_text(rejecting(*hers, *OTHERS), encoding="utf-8")
    far.rename(folder / "moved")
    told = book("erase", person, *AUTHORITY, "--json").document["outside"]
    assert any(f"Not where a load left it: {far / 'people.csv.could-not.csv'}" in sentence for sentence in told)
    assert not is_clean(folder / "moved")
    again = book("erase", person, *AUTHORITY, "--beside", "moved", "--json").document
    assert is_clean(folder / "moved")
    assert not any("--beside" in sentence for sentence in again["outside"])
    rest = (folder / "moved" / "people.csv.rejected.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.partition("write it,")[2] for row in rest] == list(OTHERS)


def test_of_loads_that_noted_no_folder_the_files_are_named(book: Iga, folder: Path) -> None:
    person, far = list_of_contacts(book, folder)
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger, ledger:  # as a version before made it
        ledger.execute("DELETE FROM ledger_meta WHERE key LIKE 'left %'")
    told = book("erase", person, *AUTHORITY, "--json").document["outside"]
    [named] = [sentence for sentence in told if "--beside" in sentence]
    assert "people.csv" in named
    assert not any(
        "--beside" in it for it in book("erase", person, *AUTHORITY, "--beside", "far", "--json").document["outside"]
    )
    assert is_clean(far)
