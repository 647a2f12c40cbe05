"""What is new in a saved question since its officer last looked: rows that came, went or say something else."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
from pydantic import Field, SerializeAsAny

from iga.graph.errors import UsageError
from iga.graph.ledger.watches import SeenRow, Watch
from iga.graph.text import counted
from iga.queries.ask import Parameters, question_named
from iga.queries.core.answer import Answer, AnswerRow, Caveat, EvidenceNote, Shape
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.sets.listing import LIST as LISTS
from iga.queries.sets.saved import ask_any, refuse_name

# What an answer adds to a row of itself, and its place among the others: no news when they differ.
_BESIDE = frozenset(
    {"evidence", "cells", "confidence", "fictional", "rank", "number", "hop", "path", "kind", "kind_count",
     "section_count", "rest"}
)  # fmt: skip  # words of one kind, not a column of them
# Fields that tell rows about the same things apart, beside the ids and keys in them.
_TELLING = frozenset(
    {"rule", "case", "field", "fact", "section", "office", "start", "year", "fiscal_year", "measure", "layer",
     "currency", "stated_on", "load"}
)  # fmt: skip  # words of one kind, not a column of them


class WatchCard(Shape):
    """A saved question."""

    name: str = Field(description="What its officer calls it.")
    by: str = Field(description="Whose it is.")
    question: str = Field(description="Name of the question.")
    parameters: dict[str, str | tuple[str, ...]] = Field(description="What it is asked with, ready to ask again.")
    made_at: str = Field(description="Instant it was saved at, UTC.")
    seen_at: str = Field(description="Instant at which its officer last looked, UTC.")
    seen_count: int = Field(description="Rows seen then.")


class ChangedRow(Shape):
    """A row that says something else than when it was last seen."""

    row: SerializeAsAny[AnswerRow] = Field(description="The row as it is now.")
    fields: dict[str, tuple[Any, Any]] = Field(description="Each field that differs: before, now.")


class News(Shape):
    """What is new in a saved question."""

    watch: WatchCard = Field(description="The question, and when its officer last looked.")
    as_of: str = Field(description="Day it was answered for now.")
    sentence: str = Field(description="What is new, in words.")
    answer: str = Field(description="The answer of now, in plain sentences.")
    new: tuple[SerializeAsAny[AnswerRow], ...] = Field(description="Rows that were not there.")
    gone: tuple[dict[str, Any], ...] = Field(description="Rows that are no longer there, as they were seen.")
    changed: tuple[ChangedRow, ...] = Field(description="Rows that say something else.")
    unchanged_count: int = Field(description="Rows that say what they said.")
    caveats: tuple[Caveat, ...] = Field(description="What the answer does not know.")
    evidence: dict[int, EvidenceNote] = Field(description="Endnotes of the rows of now, by number.")
    data_version: str = Field(
        description="Version of the graph that answered: another after each change of what is shown."
    )


COMMANDS = ("add", "list", "look", "remove")
"""Words of `iga watch`, where any other word is the name of a watch."""


def watched(session: Session, name: str, question: str, parameters: Parameters, *, by: str, at: str) -> Watch:
    """Return a new watch, what is held now taken as seen.

    Raises:
        NotFound, Ambiguous, UsageError: The question cannot be asked so, or a watch cannot be called so.
    """
    if name in COMMANDS or not name.strip():
        raise UsageError(f"a watch cannot be called {name!r}: that is a command of iga watch; name it otherwise")
    if question == LISTS.name:
        refuse_name(session, name, by=by)
    answer = ask_any(session, question, parameters)
    understood = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in answer.parameters.items()
        if key != "as_of" or parameters.get("as_of")
    }
    return Watch(
        by=by,
        name=name,
        question=question,
        parameters=understood,
        made_at=at,
        seen_at=at,
        ceiling=int(session.status.view.ceiling),
        data_version=answer.data_version,
        seen=tuple(rows_seen(answer)),
    )


def news(session: Session, watch: Watch) -> tuple[News, Answer]:
    """Return what is new in a watch, and the answer that tells it.

    Raises:
        NotFound, Ambiguous, UsageError: The question can no longer be asked so: what it names is gone, for one.
    """
    answer = ask_any(session, watch.question, watch.parameters)
    before = {row.key: row.said for row in watch.seen}
    now = dict(zip((seen.key for seen in rows_seen(answer)), answer.rows, strict=True))
    states = {key: _stated(row) for key, row in now.items()}
    new = tuple(row for key, row in now.items() if key not in before)
    gone = tuple(was for key, was in before.items() if key not in now)
    changed = tuple(
        ChangedRow(row=row, fields=fields)
        for key, row in now.items()
        if key in before and (fields := _differing(before[key], states[key]))
    )
    whats_new = News(
        watch=card_of(watch),
        as_of=answer.as_of,
        sentence=_sentence(watch, new=len(new), gone=len(gone), changed=len(changed), of=len(now)),
        answer=answer.answer,
        new=new,
        gone=gone,
        changed=changed,
        unchanged_count=len(now) - len(new) - len(changed),
        caveats=(*_partial(answer), *answer.caveats),
        evidence=answer.evidence,
        data_version=answer.data_version,
    )
    return whats_new, answer


def seen_now(session: Session, watch: Watch, answer: Answer, *, at: str) -> Watch:
    """Return a watch with the rows of an answer taken as seen."""
    return msgspec.structs.replace(
        watch,
        seen=tuple(rows_seen(answer)),
        seen_at=at,
        ceiling=int(session.status.view.ceiling),
        data_version=answer.data_version,
    )


def card_of(watch: Watch) -> WatchCard:
    """Return a watch as it is listed."""
    parameters = {key: tuple(value) if isinstance(value, list) else value for key, value in watch.parameters.items()}
    kept = {name: getattr(watch, name) for name in ("name", "by", "question", "made_at", "seen_at")}
    return WatchCard(**kept, parameters=parameters, seen_count=len(watch.seen))


def rows_seen(answer: Answer) -> list[SeenRow]:
    """Return the rows of an answer by what tells each from the others: its ids and keys, never its evidence.

    Rows that nothing of that tells apart are numbered in their order.
    """
    fields = telling(card_named(answer.question))
    met: Counter[str] = Counter()
    seen = []
    for row in answer.rows:
        stated = _stated(row)
        key = msgspec.json.encode([stated.get(name) for name in fields]).decode()
        met[key] += 1
        seen.append(SeenRow(key if met[key] == 1 else f"{key} {met[key]}", stated))
    return seen


def card_named(name: str) -> Question:
    """Return the card of a question, or of a list by conditions; a `NotFound` where there is none."""
    return LISTS if name == LISTS.name else question_named(name)


def telling(card: Question) -> tuple[str, ...]:
    """Return the fields that tell the rows of a question apart: ids, keys, what makes two facts of one thing two."""
    fields = card.row.model_fields
    called = {name: field.alias or name for name, field in fields.items()}
    return tuple(
        called[name]
        for name, field in fields.items()
        if (field.description or "").startswith(("Id of", "Key of")) or name in _TELLING
    )


def _stated(row: AnswerRow) -> dict[str, Any]:
    return {name: value for name, value in row.model_dump(mode="json").items() if name not in _BESIDE}


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields that a row had and has otherwise; one that a newer program adds is no news."""
    return {name: (was, now[name]) for name, was in before.items() if name in now and was != now[name]}


def _sentence(watch: Watch, *, new: int, gone: int, changed: int, of: int) -> str:
    since = f"since {watch.seen_at[:10]}"
    if not (new or gone or changed):
        return f"{watch.name}: nothing is new {since}; {counted(of, 'row')} as before"
    counts = ((new, "new"), (gone, "gone"), (changed, "changed"))
    parts = [f"{number} {word}" for number, word in counts if number]
    return f"{watch.name}, {since}: {', '.join(parts)}, of {counted(of, 'row')} now"


def _partial(answer: Answer) -> tuple[Caveat, ...]:
    if answer.total.value <= len(answer.rows):
        return ()
    text = f"Only the {len(answer.rows)} rows that the answer shows are watched, of {answer.total.value}: a larger"
    return (Caveat(kind="partial", text=f"{text} --limit watches more, where the question takes one."),)
