"""No reply is a flat negative unless a source calls its list whole on that day, or a row itself denies.

``IGA_WHOLE_SWEEP=1`` asks every government about everything, and every card of every government and body, some 15
minutes of processor; else each body, agreement, text and year is asked of some.
"""

import ast
import logging
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import Environment, nodes
from pydantic.fields import FieldInfo

from iga.graph.errors import NotFound, UsageError
from iga.graph.text import folded
from iga.queries.ask import ask
from iga.queries.core.question import NARROWING, Question
from iga.queries.core.relationships import STANDINGS
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from tests.queries.sweep import SourceFiles, Sweep
from tests.reading import some

DENIED = re.compile(r"\b(No|Not confirmed): ")
LOG = logging.getLogger(__name__)
AHEAD = re.compile(r"^Ahead, as of [\d-]+, by what is known on [\d-]+: ")
FLAT = re.compile(r"(?:As of [\d-]+: )?(No|None|Never|Nobody|Nothing|Neither)\b")
# What a reply never begins with: that nothing is on file is "Not confirmed".
BARE = re.compile(r"(?:As of [\d-]+: )?(No|None|Nobody|Nothing|Neither|Never) ")
# What is said of our own file is no claim about the world.
OF_THE_FILE = re.compile(r"on file|on record|known|listed|recorded|stated|loaded|found|tells|says")


def flat(text: str) -> bool:
    """True if a reply denies something of the world and not of what is on file."""
    text = AHEAD.sub("", text)
    said = FLAT.match(text)
    return bool(said) and (text.startswith("No: ") or " No: " in text[:20] or not OF_THE_FILE.search(text))


@pytest.mark.slow
def test_no_reply_is_a_flat_negative_that_no_source_carries(bundled: Session) -> None:
    sweep, files = Sweep(None if os.environ.get("IGA_WHOLE_SWEEP") else 1), SourceFiles()
    wrong, negatives, replies, questions = [], 0, 0, set()
    for question, asked in sweep:
        questions.add(question)
        answer = None
        with suppress(UsageError):  # a party that the card does not take
            answer = ask(bundled, question, dict(asked))
        if answer is None:
            assert set(asked) == {"party"}, (question, asked)
            continue
        replies += 1
        said = [clause.text for clause in answer.clauses] + [doubt.text for doubt in answer.caveats if doubt.macro]
        wrong += [(question, asked, text) for text in said if BARE.match(text)]
        near = DENIED.search(answer.headline) and files.near(question, asked)
        if near and not re.search(near, answer.headline):  # a positive is hidden
            wrong.append((question, asked, answer.headline))
        if flat(answer.headline):
            negatives += 1
            if not files.allow_no(question, asked, bundled.today):
                wrong.append((question, asked, answer.headline))
    for each in wrong:
        LOG.warning("not carried: %s", each)
    LOG.info("%s replies, %s flat negatives, %s that no source carries", replies, negatives, len(wrong))
    assert not wrong, wrong[:9]
    assert negatives > 20
    assert {name for name, card in QUESTIONS.items() if _is_yes_or_no(card)} <= questions


def _is_yes_or_no(card: Question) -> bool:
    return card.yes_or_no is not None


# Counts of who is in a body or bound by a text, and what says that they are of the file.
COUNTED = re.compile(r"\b(?:\d[\d,]*|[Oo]ne) (?:\w+ )?(?:members?|governments?|part(?:y|ies)|posts?|leaders?)\b")
OF_A_LIST = re.compile(
    r"on file|listed|known|at least|may or may not|not shown|counts|may have|among|beside|[Oo]f them|is leading",
    re.I,
)


@pytest.mark.slow
def test_what_is_on_file_is_not_counted_as_what_there_is(bundled: Session) -> None:
    """Members, parties, posts and leaders of each body and agreement, on two days; a whole list is counted as it is."""
    sweep, files = Sweep(1), SourceFiles()
    cards = ("members", "withdrawals", "vacancies", "profile", "chairs")
    asked = [(card, {"party": body}) for body in sweep.bodies for card in cards]
    asked += [("gaps", {"party": body, "agreement": "treaty:palermo"}) for body in sweep.bodies]
    for treaty in sweep.treaties:
        asked += [("parties", {"agreement": treaty, "status": status}) for status in STANDINGS]
        asked.append(("agreement", {"agreement": treaty}))
    wrong, counted = [], 0
    for (question, given), day in product(asked, sweep.days[:2]):
        with suppress(UsageError):  # a body that the card does not take
            for said in ask(bundled, question, {**given, "as_of": day}).clauses:
                counted += bool(COUNTED.search(said.text))
                is_whole = files.is_whole(given.get("party") or given["agreement"], day)
                if COUNTED.search(said.text) and not OF_A_LIST.search(said.text) and not is_whole:
                    wrong.append((question, given, said.text))
    assert counted > 100
    assert not wrong, wrong[:9]


PARTIES = ("USA", "RUS", "SOM", "NIC", "GHA", "GBR", "OSCE", "OAS", "ICAT", "GRETA", "UN", "ILO")
NARROWED = [name for name, card in QUESTIONS.items() if {*NARROWING} & {*card.params.model_fields}]


@pytest.mark.slow
@pytest.mark.parametrize("name", NARROWED)
def test_a_reply_without_rows_names_the_condition_that_left_none(bundled: Session, name: str) -> None:
    card, fields = QUESTIONS[name], QUESTIONS[name].params.model_fields
    needed = {key: value for key, value in card.example.items() if fields[key].is_required()}
    conditions = [(it, value) for it in NARROWING if it in fields for value in _values(fields[it])]
    for party, (condition, value) in product(PARTIES, conditions):
        given = {**needed, "party": party} if "party" in fields else needed
        with suppress(UsageError, NotFound):  # a party or a value that the card does not take
            whole, answer = ask(bundled, name, given), ask(bundled, name, {**given, condition: value})
            if whole.rows and not answer.rows:
                assert folded(value) in folded(answer.headline), (given, answer.headline)
            elif answer.rows and name in ("members", "memberships", "treaty-status", "minimum-standards"):
                assert not answer.headline.startswith("Not confirmed: no"), (given, answer.headline)


def _values(field: FieldInfo) -> list[str]:
    """Return the values that a condition may have; of free text, an example and one that fits little."""
    of_literal = [value for part in get_args(field.annotation) for value in get_args(part)]
    return of_literal or [*map(str, field.examples or ()), "suspended"]


def test_a_negative_hides_no_positive_beside_it(bundled: Session) -> None:
    lists = ask(bundled, "conflicts", {"party": "Commission for International Justice and Accountability"}).headline
    assert lists.startswith("Lists of different days state USD 750,000 and USD 825,000 for Investigation of Islamic")
    texts = ask(bundled, "resolutions", {"party": "United States", "other": "Third Committee"}).headline
    assert texts.startswith("Not confirmed: no resolution of the United States is on file for what was asked; o")
    ahead = ask(bundled, "watch-list-clock", {"party": "Tuvalu", "year": "2027"}).headline
    assert ahead.startswith("Not confirmed: no edition after 2025 is on file, and Tuvalu is not among")
    vote = ask(bundled, "resolution", {"resolution": "A/RES/64/293", "party": "gov:usa"}).headline
    assert vote.endswith("no vote on that is on file; the United States sponsored A/RES/74/176 (2019).")


def test_the_reply_of_no_template_begins_with_a_negative_of_its_own() -> None:
    bare = [
        (file.name, macro, text)
        for file in some(TEMPLATES)
        if file.name not in ("negatives.j2", "caveats.j2")
        for macro, text in REPLIES.findall(file.read_text())
        if re.search(r"(?:^|%\}|\}\}|else )\"?(No|None|Nobody|Nothing|Neither|Never)\b", text, re.MULTILINE)
        and (file.name, macro) not in OF_THE_DAY
    ]
    assert bare == [], "say it with negatives.j2: what is not on file may be"


REPLIES = re.compile(r"\{% macro (headline|all|nothing|nobody|one_\w+|in_short)\(.*?-%\}(.*?)\{%-? endmacro", re.DOTALL)
# A caveat beside what is known; nothing usable is said of channels that are on file.
OF_THE_DAY = {("contact.j2", "nothing")}
ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("queries/*/sentences/*.j2"))
DENIES = re.compile(
    r"\b(no|none|never|nobody|nothing|neither|nor|nowhere|no longer|no date tells)\b|\bnot( yet)? on record\b",
    re.IGNORECASE,
)
# Templates of answers and papers, and those pages that tell of the world.
SAID_BY = [
    *TEMPLATES,
    *(ROOT / "exports").glob("memos/sentences/*.j2"),
    *(ROOT / "api/pages/templates" / f"{name}.html.j2" for name in ("flows", "timeline", "tiers", "matrix", "months")),
]
# Said of a vote that is counted, by a word that a row has, and of our own rules.
IS_NO_NEGATIVE = {("compact_progress.j2", "no target"), ("texts.j2", "no")}


def test_no_template_says_no_by_itself() -> None:
    """Replies, second sentences, caveats and cells: each takes its No, and its word for nothing on file, from there."""
    loose = [
        (file.name, text)
        for file in some(SAID_BY)
        if file.name != "negatives.j2"
        for text in _literals(Environment().parse(file.read_text()))
        if DENIES.search(text) and (file.name, text) not in IS_NO_NEGATIVE
    ]
    assert loose == [], "say it with negatives.j2: what is not on file may be"


def _literals(node: nodes.Node) -> Iterator[str]:
    """Give the words that a template prints, without what it compares with or looks up by."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        of = node.node.node
        if isinstance(of, nodes.Name) and of.name in ("negatives", "parts"):
            return
        looks_up = node.node.attr in ("get", "startswith", "endswith", "removeprefix")
        yield from _literals(of)
        for part in node.args[1:] if looks_up else node.args:
            yield from _literals(part)
        return
    elif isinstance(node, nodes.Pair):
        yield from _literals(node.value)
        return
    elif isinstance(node, (nodes.Compare, nodes.Test, nodes.Getitem)):
        return
    for child in node.iter_child_nodes():
        yield from _literals(child)


# What is said of the reader's own request, or of our own rules of writing.
OF_THE_REQUEST = {
    "queries/plain/answering.py": "a question that was not understood",
    "queries/reconciling/table_rows.py": "a cell of the reader's own table",
    "queries/reconciling/query.py": "a query of the reader's own",
    "queries/reconciling/doubts.py": "how names are matched",
    "queries/core/names": "a name as typed",
    "queries/watches.py": "what is new since the reader last looked",
    "queries/core/permissions.py": "why somebody may not be shown",
    "queries/core/consent_gate.py": "why somebody may not be shown",
    "queries/contacts/rank.py": "why somebody may not be shown",
    "queries/core/home.py": "the value of a column of ours",
    "queries/changing/contradictions.py": "the name of a rule of ours",
    "queries/funding": "why an amount is in no total: a rule of ours",
    "exports/checking": "a draft of the reader's own",
    "exports/editable_workbook.py": "how a workbook is filled in",
    "exports/template_workbook.py": "how a workbook is filled in",
    "exports/reconciled_table.py": "a table of the reader's own",
    "exports/files": "what a format cannot hold",
    "exports/graphs": "who is left out of an export",
    "exports/pictures/answer_steps.py": "how a sum is made",
    "exports/render": "a drafter's own words",
    "exports/thing_page.py": "what a browser may load",
    "exports/memos/handover.py": "a blank for the drafter",
}


def test_no_sentence_in_a_module_says_no_by_itself() -> None:
    loose = []
    for file in some(sorted(path for room in ("queries", "exports") for path in (ROOT / room).rglob("*.py"))):
        path = str(file.relative_to(ROOT))
        if not any(path.startswith(of) for of in OF_THE_REQUEST):
            loose += [(path, text) for text in _sentences(ast.parse(file.read_text())) if DENIES.search(text)]
    assert loose == [], "say it with negatives.j2, or in papers with lacking()"
    tables = (ROOT / "exports/memos/tables.yaml").read_text()
    assert not [line for line in tables.splitlines() if DENIES.search(line.partition("#")[0])]


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Give the texts of a module that hold a space, but what is raised, declared of a column or a docstring."""
    for node in ast.iter_child_nodes(tree):
        name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, (ast.Raise, ast.Compare)) or name.split(".")[-1] in SAYS_WHAT_IT_IS:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if " " in text and "//" not in text and text not in VALUES:
            yield text
        yield from _sentences(node)


# Values that rows have by name, as the columns of questions declare them; programs rely on them.
VALUES = {
    *("no touch on record", "no answer on record", "no fixed day", "not on record", "no such post", "never met"),
    *("no list", "no post", "no target", "never signed", "nothing held", "no tier", "to or from no tier"),
    *("status not on record", "NamedThing | None", "Rows[Any] | None"),
}
# Descriptions of columns, options and questions, and values that an answer's rows have by name.
SAYS_WHAT_IT_IS = ("column", "option", "needed", "Field", "of", "Query", "query", "NotFound", "UsageError")
