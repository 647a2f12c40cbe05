"""No reply is a flat negative unless a source calls its list whole on that day, or a row itself denies.

``IGA_WHOLE_SWEEP=1`` asks every party about everything, an hour of processor; else each body, agreement, text and year
is asked of some.
"""

import os
import re
from pathlib import Path

import pytest

from iga.queries.ask import ask
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from tests.queries.sweep import SourceFiles, Sweep
from tests.reading import some

FLAT = re.compile(r"(?:As of [\d-]+: )?(No|None|Never|Nobody|Nothing|Neither)\b")
# What a reply never begins with: that nothing is on file is "Not confirmed".
BARE = re.compile(r"(?:As of [\d-]+: )?(No|None|Nobody|Nothing|Neither|Never) ")
# What is said of our own file is no claim about the world.
OF_THE_FILE = re.compile(r"on file|on record|known|listed|recorded|stated|loaded|found|tells|says")


def flat(text: str) -> bool:
    """Return whether a reply denies something of the world and not of what is on file."""
    said = FLAT.match(text)
    return bool(said) and (text.startswith("No: ") or " No: " in text[:20] or not OF_THE_FILE.search(text))


@pytest.mark.slow
def test_no_reply_is_a_flat_negative_that_no_source_carries(bundled: Session) -> None:
    sweep, files = Sweep(None if os.environ.get("IGA_WHOLE_SWEEP") else 1), SourceFiles()
    wrong, negatives, questions = [], 0, set()
    for question, asked in sweep:
        questions.add(question)
        answer = ask(bundled, question, dict(asked))
        assert not BARE.match(answer.headline), answer.headline
        if flat(answer.headline):
            negatives += 1
            if not files.allow_no(question, asked, bundled.today):
                wrong.append((question, asked, answer.headline))
    assert not wrong, f"{len(wrong)} of {negatives}: {wrong[:9]}"
    assert negatives > 20
    assert {name for name, card in QUESTIONS.items() if _is_yes_or_no(card)} <= questions


def _is_yes_or_no(card: Question) -> bool:
    return card.yes_or_no is not None


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
TEMPLATES = sorted(Path(__file__).parents[2].glob("queries/*/sentences/*.j2"))
DENIES = re.compile(r"(?:^|%\}|\}\}|: |\bor |else |if |\()\"?(No|None|Never|Nobody|Nothing|Neither)\b(?! %)")
# Said by a rule of ours, not of a list: what we never do with money, what nobody set, what is computed from what is on
# file that the sentence names.
OF_OUR_OWN = (
    "No total may be made of",
    "Nobody set an interval",
    "Nothing is entered by itself",
    "No subject is asked about by several",
    "was adopted only on",
)


def test_every_negative_of_a_template_is_of_the_file_or_comes_from_the_one_place() -> None:
    said = [
        (file.name, number, line.strip())
        for file in some(TEMPLATES)
        if file.name != "negatives.j2"
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if not line.lstrip().startswith("{#")
    ]
    replies = [it for it in said if re.search(r"reply\(\"No\"|\"No: |[ >}]No: |for any year", it[2])]
    assert replies == [], "a No is decided by iga.queries.core.absence and said by negatives.j2"
    loose = [
        it
        for it in said
        if DENIES.search(it[2])
        and not OF_THE_FILE.search(it[2])
        and not any(phrase in it[2] for phrase in OF_OUR_OWN)
        and "negatives." not in it[2]
    ]
    assert loose == [], "\n".join(map(str, loose))
