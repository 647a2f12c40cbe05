"""An answer in short as Markdown: the sentence, the first rows, the doubts and the sources."""

from collections import Counter
from collections.abc import Iterator

from iga.cli.screen import table_of
from iga.exports.doubts import by_relevance
from iga.graph.text import counted
from iga.queries.core.answer import Answer

_ROWS = 3
_DOUBTS = 2
_SOURCES = 3
_CELL = 90


def in_short(answer: Answer) -> str:
    """Return an answer as a quotation of a few lines; the page that it stands on explains the rest."""
    parts = [f"> {_text(answer.answer)}", *_table(answer), *_doubts(answer), *_sources(answer)]
    return "\n>\n".join(parts) + "\n"


def _table(answer: Answer) -> Iterator[str]:
    table = table_of(answer, limit=_ROWS)
    if not table.cells:
        return
    columns = len(table.headings) - 1  # without the numbers of the notes
    rows = [table.headings, *table.cells]
    lines = [" | ".join(_cell(cell) for cell in row[:columns]) for row in rows]
    yield "\n".join(
        f"> {line}" for line in (f"| {lines[0]} |", f"|{'---|' * columns}", *(f"| {line} |" for line in lines[1:]))
    )
    if answer.total.value > _ROWS:
        yield f"> … and {counted(answer.total.value - len(table.cells), 'more row')}."


def _doubts(answer: Answer) -> Iterator[str]:
    doubts = by_relevance(answer)
    if doubts:
        more = f" … and {len(doubts) - _DOUBTS} more." if len(doubts) > _DOUBTS else ""
        said = " ".join(f"*{doubt.kind}*: {_text(doubt.text)}" for doubt in doubts[:_DOUBTS])
        yield f"> Not known: {said}{more}"


def _sources(answer: Answer) -> Iterator[str]:
    cited = Counter(note.title for note in answer.evidence.values())
    if cited:
        named = [f"{_text(title)} ({counted(number, 'row')})" for title, number in cited.most_common(_SOURCES)]
        more = f"; and {counted(len(cited) - _SOURCES, 'more source')}" if len(cited) > _SOURCES else ""
        yield f"> Sources: {'; '.join(named)}{more}."


def _cell(text: str) -> str:
    short = text if len(text) <= _CELL else f"{text[:_CELL].rsplit(' ', 1)[0]} …"
    return _text(short)


def _text(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace("*", "\\*")
