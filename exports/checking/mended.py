"""Which statements of a finished paper rest on a sentence that was wrong in the version that wrote it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from iga.exports.paper.record import PaperRecord

_ALL = "*"


class MendedSentence(BaseModel):
    """A sentence that was wrong, as ``mended.yaml`` lists it.

    Attributes:
        question: Question that said it.
        clause: Id of its clause or caveat; ``rows`` is what papers print from its rows, ``*`` all of it.
        wrong: What was wrong.
        since: First version that said it; blank is all before.
        release: The release that mended it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    clause: str
    wrong: str
    since: str = ""
    release: str = ""

    def is_told_by(self, teller: str) -> bool:
        """True if what tells a statement (``tier-history/headline``) is this sentence."""
        question, _, clause = teller.partition("/")
        return question == self.question and self.clause in (_ALL, clause)

    def was_wrong_in(self, version: str) -> bool:
        """True if a version said it; one that is blank is older than any that recorded itself in papers."""
        return not version or _order(self.since) <= _order(version) < _order(self.release)


@dataclass(frozen=True)
class RestingStatement:
    """A statement of a paper, and what was wrong with the sentence that it rests on.

    Attributes:
        section: Heading it stands under.
        text: All of it; blank where an older paper does not record which of its statements it is.
        question: Question that it was taken from.
        wrong: What was wrong.
    """

    section: str
    text: str
    question: str
    wrong: str


def resting(record: PaperRecord, again: PaperRecord, known: Sequence[MendedSentence]) -> tuple[RestingStatement, ...]:
    """Return the statements of a paper that rest on a mended sentence, from the top.

    A paper of a version that did not record what its statements rest on is judged by the one written again: by the
    statement at the same place, and where that is not there any more, by what all of it asks.

    Args:
        record: Of the finished paper.
        again: Of the same paper written now.
        known: The mended sentences.
    """
    wrong = [one for one in known if one.was_wrong_in(record.making.version)]
    return tuple(dict.fromkeys(_resting(record, again, wrong))) if wrong else ()


def _resting(record: PaperRecord, again: PaperRecord, wrong: Sequence[MendedSentence]) -> Iterator[RestingStatement]:
    same = {statement: statement.told_by for statement in again.said}
    now: dict[tuple[str, str], set[str]] = {}
    for statement in again.said:
        now.setdefault(statement.place, set()).update(statement.told_by)
    located = set()
    for statement in record.said:
        tellers = statement.told_by or same.get(statement, ()) or now.get(statement.place, ())
        for one in (one for one in wrong if any(map(one.is_told_by, tellers))):
            located.add(one)
            yield RestingStatement(statement.section, statement.text, one.question, one.wrong)
    if any(statement.told_by for statement in record.said) or {*record.said} <= same.keys():
        return
    asked = {teller.partition("/")[0] for tellers in now.values() for teller in tellers}
    yield from (
        RestingStatement("", "", one.question, one.wrong)
        for one in wrong
        if one not in located and one.question in asked
    )


@cache
def mended() -> tuple[MendedSentence, ...]:
    """Return the sentences that were mended, in the order of the file."""
    text = files("iga.exports.checking").joinpath("mended.yaml").read_text(encoding="utf-8")
    listed = TypeAdapter(dict[str, tuple[MendedSentence, ...]]).validate_python(yaml.load(text, yaml.CSafeLoader))
    return tuple(one.model_copy(update={"release": release}) for release, of in listed.items() for one in of)


def _order(version: str) -> tuple[int, ...]:
    """Return what orders versions such as ``1.0.0rc1``, which comes before ``1.0.0``; blank is before all."""
    parts = re.match(r"(\d+)\.(\d+)\.(\d+)(?:rc(\d+))?", version)
    if parts is None:
        return ()
    major, minor, patch, candidate = parts.groups()
    return int(major), int(minor), int(patch), int(candidate is None), int(candidate or 0)
