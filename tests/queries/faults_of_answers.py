"""What is wrong with an answer: it replies in at most 35 words, other clauses have 25, and all say what they hold."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from iga.graph import settings
from iga.graph.text import unsuffixed
from iga.queries.core.answer import Answer, Clause
from iga.queries.core.clauses import worded
from iga.queries.core.printed_names import short_names
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS

HEADLINE, CLAUSE, NAME = 35, 25, 6
PRACTICE = f"{settings.PRACTICE} "
INVENTORY = re.compile(r"\b(on record|(facts|relationships|terms|rows) (are|is) )", re.IGNORECASE)
NOTHING = re.compile(r"\b(no|nothing|none|not|nobody|neither)\b[^.;]* on record", re.IGNORECASE)
"""A reply speaks of the record only to say that something is not on it."""
TOLD_IN_LINKS = {("path", "best"), ("profile", "sections")}
"""Clauses that are as long as what they list: the links of one path, the parts of one profile."""


REPLIES = ("Yes: ", "No: ", "Not yet: ", "Not confirmed: ", "Not confirmed for every one: ")
"""What replies to a question that Yes or No would reply to."""


def faults_of(answer: Answer, session: Session) -> Iterator[str]:
    """Give what is wrong with the sentences and the caveats of an answer."""
    first, *others = answer.clauses
    if _length(first) > HEADLINE:
        yield f"it replies at length: {first.text}"
    for clause in others:  # a question on several parties replies for each
        most = HEADLINE if clause.id == "headline" else CLAUSE
        if _length(clause) > most and (answer.question, clause.id) not in TOLD_IN_LINKS:
            yield f"a clause is long: {clause.text}"
    card = QUESTIONS[answer.question]
    reply = first.text.removeprefix(PRACTICE)
    if INVENTORY.search(reply) and not NOTHING.search(reply) and card.package != "iga.queries.contacts":
        yield f"it replies with an inventory: {reply}"
    is_yes_or_no = card.yes_or_no is not None and set(card.yes_or_no) <= answer.parameters.keys()
    # A recorded vote, or a sponsorship without one, is itself the reply: whoever abstained did neither.
    is_itself = any(first.values.get(name) for name in ("votes", "roles"))
    if is_yes_or_no and not is_itself and not reply.startswith(REPLIES):
        yield f"it replies with neither Yes nor No nor Not confirmed: {reply}"
    yield from _of_its_words(answer, session)
    for caveat in answer.caveats:
        is_of_a_clause = caveat.clause is None or caveat.clause in {clause.id for clause in answer.clauses}
        if not is_of_a_clause or max(caveat.rows, default=0) > len(answer.rows):
            yield f"a caveat is on a clause or a row that is not there: {caveat}"


def _of_its_words(answer: Answer, session: Session) -> Iterator[str]:
    mark = PRACTICE if session.is_practice else ""
    if not answer.headline.startswith(mark) or PRACTICE in answer.answer[len(mark) :] or "fictional" in answer.answer:
        yield f"its mark is missing, or stands twice or in other words: {answer.answer}"
    ahead = f"Ahead, as of {answer.as_of}, by what is known on {session.today}: "
    past = "" if answer.as_of == session.today else f"As of {answer.as_of}: "
    lead = ahead if answer.as_of > session.today else past
    if answer.answer != f"{mark}{lead}{' '.join(clause.text for clause in answer.clauses)}":
        yield f"it does not say its clauses: {answer.answer}"
    names = short_names(session)
    for clause in answer.clauses:
        said = clause.text.removeprefix(PRACTICE)
        is_sentence = said[0].isupper() or not said[0].isalpha() or said.startswith("iga ")
        if not is_sentence or not said.endswith((".", "?", "!")):
            yield f"a clause is no sentence: {said}"
        text = worded(QUESTIONS[answer.question].package, answer.question, clause.id, clause.values, names=names)
        if clause.text not in (text, unsuffixed(text)):
            yield f"a clause is not made of its values: {clause.text}"


def _length(clause: Clause) -> int:
    """Count words; an official name, however long, counts as the first words by which people call it."""
    text = clause.text.removeprefix(PRACTICE)
    for name in sorted({it.replace(" (fictional)", "") for it in _texts(clause.values)}, key=len, reverse=True):
        if len(name.split()) > NAME:
            text = text.replace(name, " ".join(name.split()[:NAME]))
    return len(text.split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts([*value.keys(), *value.values()])
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)
