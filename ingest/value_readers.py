"""The value readers: from the text of one cell to a value, or a refusal that says what to write instead."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import cast, get_args

from iga.graph.domain.topics import THESAURUS
from iga.graph.statements import Confidence
from iga.graph.suggestions import nearest
from iga.graph.text import folded
from iga.ingest.numbers import plain_number, without_currency
from iga.ingest.rejections import UNFIT, Refusal
from iga.ingest.subjects import is_id

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)

_YES_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def number(text: str) -> str:
    """Return a decimal number as plain text: ``$750,000`` is ``750000``, ``(1.234,50)`` is ``-1234.50``.

    Raises:
        Refusal: It is no such number, or has a currency beside it; words are not guessed.
    """
    amount, currency = without_currency(text)
    if currency or (plain := plain_number(amount)) is None:
        raise Refusal(
            f"{text!r} is not a plain number",
            fix="write digits with a decimal point, such as 750,000.50 or -1200; a currency has its own column",
            value=text,
        )
    return plain


def percentage(text: str) -> str:
    """Return a share in percent: ``40%`` and ``40`` are ``40``."""
    return number(text.removesuffix("%").rstrip())


def whole(text: str) -> int:
    """Return a whole number of at most 18 digits: ``1,200`` is 1200."""
    bare = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    if not _WHOLE.fullmatch(bare):
        raise Refusal(f"{text!r} is not a whole number", fix="write digits only, such as 45", value=text)
    return int(bare)


def yes_no(text: str) -> bool:
    """Return True for yes, y, true, 1 and False for no, n, false, 0, in any case."""
    answer = _YES_NO.get(text.lower())
    if answer is None:
        raise Refusal(f"{text!r} is neither yes nor no", fix="write yes or no, or leave the cell blank", value=text)
    return answer


def confidence_of(text: str, *, column: str) -> Confidence:
    """Return high, medium, low or derived, in any case; a refusal names the column."""
    for word in get_args(Confidence):
        if word == text.lower():
            return cast(Confidence, word)
    fix = "write high, medium, low or derived"
    raise Refusal(f"{text[:100]!r} is not a confidence", fix=fix, code=UNFIT, column=column, value=text)


def topic(text: str) -> str:
    """Return the code of a topic of the thesaurus: ``THB`` is ``trafficking-in-persons``."""
    words = topic_words()
    code = words.get(folded(text))
    if code is None:
        near = nearest(folded(text), words)
        fix = (
            f"write {' or '.join(near)}"
            if near
            else "write a topic of docs/schema.md, or separate several as the mapping says"
        )
        raise Refusal(f"the thesaurus has no topic {text!r}", fix=fix, value=text)
    return code


@cache
def topic_words() -> dict[str, str]:
    """Return every word of the thesaurus, folded, with the code of its topic."""
    return {folded(word): entry.code for entry in THESAURUS for word in (entry.code, entry.label, *entry.also)}


def known_topics(words: Iterable[str]) -> list[str]:
    """Return the codes of the topics among words, each once; other words are somebody's own filing."""
    known = topic_words()
    return list(dict.fromkeys(code for word in words if (code := known.get(folded(word)))))


def subject_id(text: str) -> str:
    """Return an id of a kind that exists, as it stands."""
    if not is_id(text):
        raise Refusal(
            f"{text!r} is not an id", fix="write kind:slug in lower case, such as gov:ken or org:osce", value=text
        )
    return text


def as_written(text: str) -> str:
    """Return text as it stands."""
    return text


SIMPLE: dict[str, Callable[[str], str | int | bool]] = {
    "text": as_written,
    "number": number,
    "percentage": percentage,
    "whole": whole,
    "yes_no": yes_no,
    "topics": topic,
    "id": subject_id,
}
"""The readers that need nothing but the text; dates need an order, names need tables."""
