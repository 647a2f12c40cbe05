"""FollowTheMoney entities as JSON lines: organizations, people in public roles, posts, payments, projects."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.statements import Content
from ingest.classified import stop_if_classified
from ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from ingest.formats.ftm_entities import LONGEST_LINE, FtmEntity, FtmIds, entity_of
from ingest.formats.ftm_statements import THINGS, TIES
from ingest.readers.file_table import Progress
from ingest.readers.text_file import TextLine, text_lines
from ingest.record_builder import once
from ingest.rejections import SHAPE, Refusal
from ingest.source_reader import OpenFile, Remarks, SourceReader, SourceRecord, StatedRow, noted

_STATES = THINGS | TIES
_PRIVATE = frozenset(("Address", "Associate", "Family", "Identification", "Passport", "Risk", "Sanction"))
_SUFFIX = re.compile(r"(\.ftm)?(\.i?json|\.jsonl)?$", re.IGNORECASE)
_HEADER = ("id", "schema")


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
            return SourceRecord(line.number, ("", ""), _raising(refusal))
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
        states = _STATES.get(entity.schema)
        statements = once(states(entity, self._ids, self._remarks["left out"])) if states else ()
        if not states:
            self._remarks["schemata"][entity.schema[:100]] += 1
            if entity.schema in _PRIVATE:
                self._remarks["private"][entity.schema] += 1
        if entity.schema == "Person":
            self._remarks["people"]["all"] += 1
        url = entity.one("sourceUrl")
        return (entity.id, Content(statements, url=url if len(url) <= 2_000 else "")) if statements else None


def _is_filled(line: TextLine) -> bool:
    return bool(line.text) and not line.text.isspace()


def _entity(line: TextLine) -> FtmEntity:
    if line.is_cut:
        raise Refusal(f"the line is longer than {LONGEST_LINE:,} characters", fix="take it out or part it", code=SHAPE)
    return entity_of(line.text)


def _raising(refusal: Refusal) -> Callable[[], StatedRow | None]:
    def stated() -> StatedRow | None:
        raise refusal

    return stated


def _entities(files: Sequence[Path]) -> Iterator[FtmEntity]:
    for path in files:
        with text_lines(path, longest=LONGEST_LINE) as (lines, _):
            for line in filter(_is_filled, lines):
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
        with text_lines(path, longest=LONGEST_LINE, progress=progress) as (lines, note):
            records = map(reading.record, filter(_is_filled, lines))
            file = OpenFile(path.name, f"{path.name}:", _HEADER, records, [note])
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
