"""The answer to a question as a file: its rows, and beside them the sentence, the doubts and the sources."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from exports.files.manifest import Made, Written
from exports.files.tabular import WRITERS, Record, Table, Tabular
from exports.tables import records
from graph.domain.marking import Marking
from graph.statements import Card
from queries.ask import question_named
from queries.core.answer import Answer, AnswerRow, EvidenceNote

_NOTE_FIELDS = ("number", *EvidenceNote.model_fields)


def write_rows(file: BinaryIO, answer: Answer, *, kind: str, made: Made, cards: Mapping[str, Card]) -> Written:
    """Write the rows of an answer, and return what its manifest tells.

    Args:
        file: Where to.
        answer: The answer.
        kind: csv, xlsx, json or jsonl.
        made: Who makes it, and from what.
        cards: The newest card of each source.
    """
    notes = WRITERS[kind](file, tabular(answer, made))
    return told(answer, cards, counts={"rows": len(answer.rows), "rows_before_cap": answer.total.value}, notes=notes)


def told(answer: Answer, cards: Mapping[str, Card], *, counts: Mapping[str, int], notes: Iterable[str] = ()) -> Written:
    """Return what the manifest of a file tells of the answer in it."""
    more = answer.total.value - len(answer.rows)
    capped = (f"{more} further rows lie beyond the most that one answer lists; ask more narrowly",) if more > 0 else ()
    sources = dict.fromkeys(note.source for note in answer.evidence.values())
    return Written(
        counts=counts,
        marking=marking_of(answer),
        cards=tuple(cards[source] for source in sources if source in cards),
        notes=(*notes, *capped),
        answer=answer.answer,
        caveats=answer.caveats,
        evidence=answer.evidence,
    )


def marking_of(answer: Answer) -> Marking:
    """Return the highest marking of anything that an answer rests on."""
    return max((Marking.named(note.marking) for note in answer.evidence.values()), default=Marking.PUBLIC)


def tabular(answer: Answer, made: Made) -> Tabular:
    """Return an answer as what a file of rows holds; each row carries its notes and its marking."""
    rows = [_row(answer, record) for record in records(answer)]
    marking = marking_of(answer).word
    document = {
        "marking": marking,
        "made_by": made.by,
        "made_at": made.at,
        **answer.model_dump(mode="json"),
        "rows": [{**record, "marking": row["marking"]} for record, row in zip(records(answer), rows, strict=True)],
    }
    return Tabular(
        main=Table.of("Rows", rows, () if rows else _header(answer)),
        document=document,
        beside=(
            Table.of("Caveats", [caveat.model_dump(mode="json") for caveat in answer.caveats]),
            Table.of("Evidence", [_note(number, note) for number, note in answer.evidence.items()], _NOTE_FIELDS),
        ),
        about=about(made, marking, answer.answer),
        marking=marking,
    )


def about(made: Made, marking: str, sentence: str = "") -> tuple[tuple[str, str], ...]:
    """Return what a workbook tells of itself."""
    told = {
        "Marking": marking.upper(),
        "What": made.what,
        "Answer": sentence,
        "As of": made.as_of or "every day",
        "Known on": made.known_on or "everything loaded",
        "Made by": made.by,
        "Made at": made.at,
        "Highest marking that could be seen": made.ceiling.word,
        "Data version": made.data_version,
        **{f"Parameter {name}": _shown(value) for name, value in made.parameters.items()},
    }
    return tuple((name, text) for name, text in told.items() if text)


def _shown(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _header(answer: Answer) -> tuple[str, ...]:
    """Return the header of a table without rows: that of the question's own."""
    fields = question_named(answer.question).row.model_fields
    own = [field.serialization_alias or field.alias or name for name, field in fields.items()]
    common = [name for name in own if name in AnswerRow.model_fields]
    return (*(name for name in own if name not in common), *common, "marking")


def _row(answer: Answer, record: Record) -> Record:
    notes = [answer.evidence[number] for number in record.get("evidence") or () if number in answer.evidence]
    marking = max((Marking.named(note.marking) for note in notes), default=Marking.PUBLIC)
    return {**record, "evidence": [note.model_dump(mode="json") for note in notes], "marking": marking.word}


def _note(number: int, note: EvidenceNote) -> Record:
    return {"number": number, **note.model_dump(mode="json")}
