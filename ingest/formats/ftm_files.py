"""FollowTheMoney entities as JSON lines: organizations, people in public roles, posts, payments, projects."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from iga.ingest.classified import stop_if_classified
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from iga.ingest.formats.ftm_entities import FtmEntity, FtmIds, FtmRecord
from iga.ingest.formats.ftm_statements import STATES
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.text_file import TextLine, text_lines
from iga.ingest.record_builder import LONGEST_KEY, LONGEST_URL
from iga.ingest.rejections import CELL, KEY, SHAPE, Refusal
from iga.ingest.source_reader import OpenFile, Remarks, SourceReader, SourceRecord, StatedRow, noted, refusing

# Entities of thousands of names have about a megabyte.
LONGEST_LINE = 4_000_000
_FIX = "write one entity a line: id, schema and properties, each property a list of texts"
_PRIVATE = frozenset(("Address", "Associate", "Family", "Identification", "Passport", "Risk", "Sanction"))
_SUFFIX = re.compile(r"(\.ftm)?(\.i?json|\.jsonl)?$", re.IGNORECASE)

_REMARKS = {
    "schemata": "skipped, because the graph has no place for them: {listed}",
    "private": "never read on principle: {listed}",
    "people": (
        "of {count} people only names and public roles were read, and they are internal; dates and places of birth,"
        " nationality, numbers, addresses and risk labels never are"
    ),
    "left out": "left out of entities that were taken: {listed}",
}


class _FtmFile:
    """One file while it is read, and what of it has no place in the graph."""

    def __init__(self, ids: FtmIds, name: str) -> None:
        self._ids = ids
        self._name = name
        self._remarks = Remarks(_REMARKS)

    def record(self, line: TextLine) -> SourceRecord:
        """Return the record of a line; a line that is no entity raises when it is asked what it says."""
        try:
            entity = _entity(line)
        except Refusal as refusal:
            return SourceRecord(line.number, ("", ""), refusing(refusal))
        where = f"{self._name}:{line.number}"
        for name, values in entity.properties.items():
            stop_if_classified(values, header=(name,) * len(values), where=where)
        return SourceRecord(line.number, (entity.id, entity.schema), lambda: self._stated(entity))

    def notes(self, file: str) -> Iterator[str]:
        """Give sentences on what was left out and why."""
        yield from self._remarks.notes(file)
        if self._ids.absent:
            yield (
                f"{self._ids.absent} references are to entities that were not in the files; what hangs on them waits"
                " until they are loaded together"
            )

    def _stated(self, entity: FtmEntity) -> StatedRow | None:
        record = FtmRecord(entity=entity, ids=self._ids, left_out=self._remarks["left out"])
        if entity.schema in STATES:
            STATES[entity.schema](record)
        else:
            self._remarks["schemata"][entity.schema[:100]] += 1
            self._remarks["private"][entity.schema] += entity.schema in _PRIVATE
        self._remarks["people"]["all"] += entity.schema == "Person"
        url = entity.one("sourceUrl")
        content = record.content(url=url if len(url) <= LONGEST_URL else "")
        return (entity.id, content) if content.statements else None


def _entity(line: TextLine) -> FtmEntity:
    """Return the entity of a line.

    Raises:
        Refusal: It is too long, no JSON object, or no entity; the reason says where.
    """
    if line.is_cut:
        raise Refusal(f"the line is longer than {LONGEST_LINE:,} characters", fix="take it out or part it", code=SHAPE)
    parsed = _object(line.text)
    identifier, schema, properties = parsed.get("id"), parsed.get("schema"), parsed.get("properties", {})
    if not isinstance(identifier, str) or not identifier.strip() or len(identifier) > LONGEST_KEY:
        raise Refusal("the entity has no id, or one that is too long", fix="give it a text of its own as id", code=KEY)
    if not isinstance(schema, str) or not isinstance(properties, dict):
        raise Refusal("the entity has no schema or no properties", fix=_FIX, code=SHAPE, value=identifier)
    texts = {name: _texts(name, values, identifier) for name, values in properties.items()}
    caption = parsed.get("caption")
    entity = FtmEntity(identifier.strip(), schema, texts, caption if isinstance(caption, str) else "")
    written = (identifier, schema, *texts, *(text for values in texts.values() for text in values), entity.caption)
    if fault := _fault("\n".join(written)):
        raise Refusal(f"the entity holds {fault}", fix="export the file again", code=SHAPE)
    return entity


def _object(text: str) -> dict[str, Any]:
    try:
        parsed = _DECODER.decode(text)
    except RecursionError:
        raise Refusal("the line is nested too deeply for an entity", fix=_FIX, code=SHAPE) from None
    except ValueError as error:
        reason = str(error).partition(":")[0][:200]
        raise Refusal(f"the line is not JSON ({reason})", fix=_FIX, code=SHAPE, value=text[:200]) from None
    if not isinstance(parsed, dict):
        raise Refusal("the line is no JSON object", fix=_FIX, code=SHAPE, value=text[:200])
    return parsed


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        raise ValueError("a key stands there twice")
    return unique


def _no_number(text: str) -> str:
    raise ValueError(f"{text} is no number")


# numbers stay as they are written: an amount is no floating-point number
_DECODER = json.JSONDecoder(object_pairs_hook=_without_twins, parse_int=str, parse_float=str, parse_constant=_no_number)


def _texts(name: str, values: object, identifier: str) -> tuple[str, ...]:
    listed = values if isinstance(values, list) else [values]
    for value in listed:
        if value is not None and not isinstance(value, str):
            reason = "an entity inside another" if isinstance(value, dict) else "something else than texts"
            raise Refusal(
                f"property {name!r} holds {reason}",
                fix="load the file of single entities (entities.ftm.json), not that of nested targets",
                code=CELL,
                column=name[:100],
                value=identifier,
            )
    return tuple(dict.fromkeys(text for value in listed if isinstance(value, str) and (text := value.strip())))


def _fault(text: str) -> str:
    if "\0" in text:
        return "a NUL character"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "half of a character (a lone surrogate)"
    return ""


@contextmanager
def _filled_lines(path: Path, progress: Progress | None = None) -> Iterator[tuple[Iterator[TextLine], str]]:
    with text_lines(path, longest=LONGEST_LINE, progress=progress) as (lines, note):
        yield (line for line in lines if line.text and not line.text.isspace()), note


def _entities(files: Sequence[Path]) -> Iterator[FtmEntity]:
    for path in files:
        with _filled_lines(path) as (lines, _):
            for line in lines:
                with suppress(Refusal):
                    yield _entity(line)


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    stem = _SUFFIX.sub("", files[0].name)
    title = "FollowTheMoney entities of"
    card = card_of_file("ftm", title, files[0], words, stem=stem, rank=60, marking="internal")
    known: list[FtmIds] = []

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        if not known:  # the first look at all files of the load
            known.append(FtmIds(card.source, _entities(files)))
        reading = _FtmFile(known[0], path.name)
        with _filled_lines(path, progress) as (lines, note):
            file = OpenFile(path.name, f"{path.name}:", ("id", "schema"), map(reading.record, lines), [note])
            yield noted(file, reading.notes)

    return SourceReader(card, ("id",), opened, reloads=False)


def _fits(head: Head) -> bool:
    first = head.text.lstrip().partition("\n")[0]
    return first.startswith("{") and '"schema"' in first and '"properties"' in first


FTM = Format(
    name="ftm",
    title="FollowTheMoney entities",
    suffixes=(".json", ".ijson", ".jsonl"),
    fits=_fits,
    feed=_reader,
    example=(
        '{"id": "a1", "schema": "Organization", "properties": {"name": ["Example Relief"], "country": ["gh"]}}\n'
        '{"id": "p1", "schema": "Person", "properties": {"name": ["Ada Okafor"], "position": ["Director"]}}\n'
        '{"id": "d1", "schema": "Directorship", "properties": {"director": ["p1"], "organization": ["a1"],'
        ' "startDate": ["2031"]}}\n'
    ),
)
