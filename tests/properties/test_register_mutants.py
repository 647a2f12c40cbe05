"""Each rule on who was restricted or erased, written wrong: a check of that rule must then fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from iga.graph.errors import Denied, FileRefused, NotFound, UsageError
from iga.graph.ledger import people_register
from iga.graph.ledger.erasure import Erasure
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import (
    ERASURES,
    RegisteredPeople,
    admit,
    as_name,
    enter_hold,
    entered_by,
    holds_name,
    holds_on,
    own_channels,
    put,
)
from iga.graph.statements import OFFICERS, Card, Content, Statement
from iga.ingest import corrections, restricting
from iga.ingest.corrections import CORRECTION_COLUMNS, left_in, take_rows_out
from iga.ingest.officer_entries import Signed
from tests.acceptance.homes import noon
from tests.properties.source_mutants import MutantTable, rules_tried
from tests.queries.world import edge, node, rows

SUE, TOM, NAME = "person:sue", "person:tom", "Sue Example"
BY = Signed("A. Officer", "2026-06-01", "asked")


@contextmanager
def _ledger(folder: Path, *statements: Statement | tuple[Statement, ...]) -> Iterator[Ledger]:
    with Ledger.open(folder / "ledger.sqlite", clock=noon) as ledger:
        _load(ledger, *statements)
        yield ledger


def _load(ledger: Ledger, *statements: Statement | tuple[Statement, ...], source: str = "list:a") -> None:
    with ledger.open_load(Card(source, source)) as load:
        load.put(rows("a.csv", *statements))
        load.commit({"read": len(statements)})


def _erased(ledger: Ledger) -> RegisteredPeople:
    with ledger.open_load(ERASURES) as load:
        put(load, ledger, "erased", (SUE, "contact:sue", as_name(NAME)), authority="Ref 1")
        load.commit({"read": 1})
    return RegisteredPeople.of(ledger, "erased")


def _fails(act: Callable[[], object], error: type[Exception]) -> bool:
    try:
        act()
    except error:
        return True
    return False


def whoever_was_erased_is_known_by_id_channel_and_name(folder: Path) -> None:
    with _ledger(folder, node("Ngo", "ngo:n")) as ledger:
        erased = _erased(ledger)
        assert erased.named_in(Content((edge("MEMBER_OF", SUE, "org:o"),))) == {SUE}
        assert erased.named_in(Content((edge("REACHED_AT", TOM, "contact:sue"),))) == {"contact:sue"}
        assert erased.named_in(Content((node("Consent", "consent:x", person=SUE),))) == {SUE}
        assert erased.named_in(Content((node("Person", TOM, name="SUE  example"),))) == {TOM}
        assert erased.named_in(Content((node("Person", TOM, aliases=["sue  example"]),))) == {TOM}
        assert erased.named_in(Content((node("Ngo", "ngo:sue", name="sue example"), node("Person", TOM)))) == set()
        assert erased.named_in(Content((node("Ngo", "ngo:sue", name=NAME), node("Person", TOM)))) == {"ngo:sue"}
        assert erased.named_in(Content((edge("HOLDS", TOM, "post:x", role=f"Aide to {NAME}"),))) == {TOM}
        assert erased.named_in(Content((node("Ngo", "ngo:n"),), note=f"As {NAME} wrote")) == {"ngo:n"}


def a_namesake_is_let_in_by_id_alone(folder: Path) -> None:
    with _ledger(folder, node("Ngo", "ngo:n")) as ledger:
        namesakes = Content((node("Person", TOM, name=NAME), node("Person", "person:ann", name=NAME)))
        assert _erased(ledger).namesakes_in(namesakes) == {TOM, "person:ann"}
        assert _erased(ledger).namesakes_in(Content((node("Person", SUE, name=NAME),))) == set()
        admit(ledger, TOM, authority="Ref 2", by="J")
        assert RegisteredPeople.of(ledger, "erased").named_in(namesakes) == {"person:ann"}
        assert _fails(lambda: admit(ledger, SUE, authority="Ref 2", by="J"), Denied)
        assert _fails(lambda: admit(ledger, NAME, authority="Ref 2", by="J"), UsageError)


def a_hold_is_told_by_its_kind_and_one_taken_back_is_none(folder: Path) -> None:
    with _ledger(folder, node("Person", SUE)) as ledger:
        enter_hold(ledger, [SUE], kind="hold", authority="Ref 1", by="J")
        enter_hold(ledger, [TOM], kind="access-request", authority="Ref 2", by="J")
        assert [(hold.kind, hold.authority) for hold in holds_on(ledger, [SUE])] == [("hold", "Ref 1")]
        assert people_register.release(ledger, [SUE], kind="access-request", authority="x", by="J") == 0
        assert people_register.release(ledger, [SUE], kind="hold", authority="x", by="J") == 1
        assert holds_on(ledger, [SUE]) == []
        assert [hold.kind for hold in holds_on(ledger, [TOM])] == ["access-request"]


def an_entry_stands_since_it_was_made_anew(folder: Path) -> None:
    with _ledger(folder, node("Person", SUE)) as ledger:
        first = enter_hold(ledger, [SUE], kind="hold", authority="Ref 1", by="J").no
        enter_hold(ledger, [SUE], kind="hold", authority="Ref 2", by="J")
        assert entered_by(ledger, "hold", [SUE, TOM]) == first
        assert entered_by(ledger, "hold", [TOM]) is entered_by(ledger, "restricted", [SUE]) is None
        people_register.release(ledger, [SUE], kind="hold", authority="x", by="J")
        assert entered_by(ledger, "hold", [SUE]) is None
        again = enter_hold(ledger, [SUE], kind="hold", authority="Ref 3", by="J").no
        assert entered_by(ledger, "hold", [SUE]) == again > first


def a_name_is_met_in_an_address_but_no_part_of_one(_: Path) -> None:
    met = ("sue.example@x.org", "Example, Sue", "sueexample1@x.org", "SUE_EXAMPLE@x.org")
    assert [holds_name(text, NAME) for text in met] == [True] * 4
    others = (("sue@x.org", NAME), ("example@x.org", NAME), ("sue@x.org", "Sue"), ("spedlogistics@x.org", "Ed Lo"))
    assert [holds_name(text, name) for text, name in others] == [False] * 4


def a_channel_that_reaches_others_is_not_somebodys_own(folder: Path) -> None:
    channels = (
        ("own", "sue@x.org"),
        ("shared", "office@x.org"),
        ("named", "sue.example@x.org"),
        ("post", "head@x.org"),
    )
    held, hers, both = edge("HOLDS", SUE, "post:q"), *(edge("REACHED_AT", "post:q", f"contact:{it}") for it in "hb")
    said: tuple[Statement | tuple[Statement, ...], ...] = (
        (held, hers, both),
        both,
        node("Person", SUE, name=NAME),
        *(
            node("ContactPoint", f"contact:{slug}", channel={"kind": "email", "value": value})
            for slug, value in channels
        ),
        *(edge("REACHED_AT", SUE, f"contact:{slug}") for slug in ("own", "shared")),
        *(edge("REACHED_AT", "post:p", f"contact:{slug}") for slug in ("named", "post")),
        edge("REACHED_AT", "org:o", "contact:shared"),
        edge("HOLDS", SUE, "post:p"),
        edge("HOLDS", TOM, "post:p"),
    )
    with _ledger(folder, *said) as ledger:
        assert own_channels(ledger, [SUE]) == {"contact:own", "contact:named", "contact:h"}
        assert own_channels(ledger, [TOM]) == set()


def a_restriction_marks_and_its_lifting_gives_the_marks_back(folder: Path) -> None:
    with _ledger(folder, node("Person", SUE), edge("MEMBER_OF", SUE, "org:o"), node("Person", TOM)) as ledger:
        assert restricting.restrict(ledger, [SUE], signed=BY) == 2
        _load(ledger, node("Person", SUE, name="Sue"), source="list:b")  # as if marked by nobody
        assert _marks(ledger) == [2, 2, 0]
        assert restricting.release(ledger, [SUE], signed=BY) == (2, 0)
        assert _marks(ledger) == [0, 0, 0]
        assert RegisteredPeople.of(ledger, "restricted").marks == set()
        assert [row[-1].content for row in ledger.rows_of(OFFICERS)] == [Content()]
        assert _fails(lambda: restricting.release(ledger, [SUE], signed=BY), NotFound)


def _marks(ledger: Ledger) -> list[int]:
    return [said.marking for row in ledger.rows_of("list:a") for said in row[-1].content.statements]


def rejected_rows_go_and_nothing_else(folder: Path) -> None:
    head = ",".join((*CORRECTION_COLUMNS, "name"))
    text = f"\ufeff{head}\n2,,,,'=Sue Example\n3,,,,Bea\n"
    kept = f"\ufeff{head}\n3,,,,Bea\n"
    for name in ("p.csv.rejected.csv", "p.csv.rejected-2.csv", "p.csv.could-not.csv", "q.csv.rejected.csv", "p.csv"):
        (folder / name).write_text(text, encoding="utf-8")
    named = [path.name for path in left_in(folder, ["p.csv", "sub/r.csv"])]
    assert named == ["p.csv.could-not.csv", "p.csv.rejected-2.csv", "p.csv.rejected.csv"]
    done = Erasure((SUE,), names={as_name(NAME)})
    first, second = folder / "p.csv.rejected.csv", folder / "p.csv.rejected-2.csv"
    assert take_rows_out(first, done.is_in_row) == 1
    assert first.read_text(encoding="utf-8").replace("\r\n", "\n") == kept
    assert take_rows_out(first, done.is_in_row) == 0
    assert take_rows_out(second, lambda _: True) == 2
    assert not second.exists()
    (folder / "x.csv").write_text(f"name\n{NAME}\n", encoding="utf-8")
    (folder / "link").symlink_to(folder / "q.csv.rejected.csv")
    for odd in ("x.csv", "link"):
        assert _fails(partial(take_rows_out, folder / odd, done.is_in_row), FileRefused)
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


REGISTER: MutantTable = {
    whoever_was_erased_is_known_by_id_channel_and_name: [
        ("self._known_by_id(content) | self.namesakes_in(content)", "self.namesakes_in(content)"),
        ("self._known_by_id(content) | self.namesakes_in(content)", "self._known_by_id(content)"),
        ("(statement.id, *statement.values.values())", "(statement.id,)"),
        ("named = (statement.source, statement.target, *statement.values.values())", "named = (statement.source,)"),
        ('return f"name {folded(name)}"', 'return f"name {name}"'),
        ("*(aliases if isinstance(aliases, list) else ()))", ")"),
        ("isinstance(statement, NodeStatement) and is_person(statement.id)", "isinstance(statement, NodeStatement)"),
        ("told |= self._telling(statement)", "pass"),
        ("texts_in([content.note])", "()"),
        ("else statement.source\n", 'else ""\n'),
    ],
    a_namesake_is_let_in_by_id_alone: [
        ("& {*self.admitted, *self.marks}", "& {*self.admitted}"),
        ("& {*self.admitted, *self.marks}", "& {*self.marks}"),
        ('if mark_of(ledger, person) in entered(ledger, "erased"):', "if False:"),
        ('if ":" not in person:', "if False:"),
        ('put(load, ledger, "admitted", [person]', 'put(load, ledger, "hold", [person]'),
    ],
    a_hold_is_told_by_its_kind_and_one_taken_back_is_none: [
        ("and version.content != Content()\n    }", "\n    }"),
        ('kinds: tuple[Entry, ...] = ("hold", "access-request")', 'kinds: tuple[Entry, ...] = ("hold",)'),
        ("if mark in marks\n", "\n"),
        ('load.withdraw([f"{kind} {mark_of(', 'load.withdraw([f"hold {mark_of('),
    ],
    an_entry_stands_since_it_was_made_anew: [
        ("version.content != Content(), reversed(row)", "True, reversed(row)"),
        ("takewhile(lambda version: version.content != Content(), reversed(row))", "row[-1:]"),
        ('keys = {f"{kind} {mark_of(', 'keys = {f"hold {mark_of('),
    ],
    a_name_is_met_in_an_address_but_no_part_of_one: [
        ("return len(words) > 1 and (", "return ("),
        ("set(words) <= set(plain.split())", "set(words) & set(plain.split())"),
        ("len(together) > 5 and together in", "together in"),
        ("(is_run_together or set", "(set"),
    ],
    a_channel_that_reaches_others_is_not_somebodys_own: [
        (" if edge.source not in ids}", " if False}"),
        ("return own | _of_their_posts(ledger, ids)", "return own"),
        (" or is_address_of(address, names)", ""),
        ("tied_by <= held_by", "tied_by & held_by"),
        ("bool(tied_by and tied_by <= held_by) or ", ""),
    ],
}
RESTRICTING: MutantTable = {
    a_restriction_marks_and_its_lifting_gives_the_marks_back: [
        ("version.load < since < row[-1].load", "since < row[-1].load"),
        ("as_restricted(it, after) for it in", "as_restricted(it, before) for it in"),
        ('taken_out(ledger, sorted(theirs), kind="restricted"', 'taken_out(ledger, sorted(theirs), kind="hold"'),
        ('put(load, ledger, "restricted", theirs', 'put(load, ledger, "restricted", ()'),
        ('withdrawn=[f"{RESTRICTION}{person}" for person in filter(is_person, ids)]', "withdrawn=[]"),
        ("if (content := marked(history)) != live.content:", "if (content := marked(history)) == live.content:"),
    ]
}
CORRECTIONS: MutantTable = {
    rejected_rows_go_and_nothing_else: [
        ("if is_written_by_loads(path.name) and parent /", "if parent /"),
        (
            "if is_written_by_loads(path.name) and parent / _UNREAD_NAME.sub",
            "if is_written_by_loads(path.name) or parent / _UNREAD_NAME.sub",
        ),
        ("if path.is_symlink():", "if False:"),
        ("if not (is_correction(tuple(header)) or", "if False and not (is_correction(tuple(header)) or"),
        ("if not kept:", "if False:"),
        ("if not is_theirs(list(map(as_it_was, row)))]", "if is_theirs(list(map(as_it_was, row)))]"),
        ("writer.writerows(kept)", "writer.writerows(rows)"),
        ("return len(rows) - len(kept)", "return len(kept)"),
    ]
}
MUTANTS = {people_register: REGISTER, restricting: RESTRICTING, corrections: CORRECTIONS}

test_the_rule_holds, test_a_rule_written_wrong_is_caught = rules_tried(MUTANTS)
