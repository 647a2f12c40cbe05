"""A remark of a bundled row that doubts something begins with its kind, so that answers print it."""

import re

import pytest

from iga.graph.statements import Content
from iga.ingest.doubts import doubts_in
from tests.ingest.reference.reading_bundled import everything
from tests.reading import some

_DOUBTFUL = re.compile(
    r"another day|other day|on or before|approximat|derived|not checked|unclear|disputed|as reported by|\bc\. |\?|circa"
    r"|secondary|general knowledge|worked out|not certain|unconfirmed|other lists|other sources|also printed|contradict"
    r"|arguable|may be incomplete|from the draft|rotation|not in the whole table",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"https?://\S*\?|reports came out on other days")
"""What has such words and doubts nothing: an address, and the days on which a duty was done."""


def _contents() -> list[Content]:
    real = (source for source in everything() if not source.mapping.card.fictional)
    return some(content for source in real for content in source.said.values())


@pytest.mark.slow
def test_what_a_bundled_remark_doubts_is_a_doubt() -> None:
    parts = {part.strip() for content in _contents() for part in content.note.split(";")}
    bare = {part for part in parts if _DOUBTFUL.search(part) and not doubts_in(part) and not _PLAIN.search(part)}
    assert not bare, "begin each with conflict:, uncertain:, derived: or stale:"


def test_a_row_that_was_worked_out_says_from_what() -> None:
    derived = some(content for content in _contents() if content.confidence == "derived")
    assert [content for content in derived if not content.doubts] == []
