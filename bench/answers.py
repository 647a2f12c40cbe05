"""Write what all questions and papers say, a file each: to be compared before and after a change of shape.

`python -m bench.answers FOLDER` asks the examples and the golden pairs, of the bundled data and of the sample, and
writes the answers below ``FOLDER/answers``. `diff -r BEFORE/answers AFTER/answers` then is what a change says anew.
"""

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.making.reference_workspace import bundled_session, sample_session
from iga.exports.memos.registry import MEMOS
from iga.exports.memos.write import write_memo
from iga.exports.paper.record import record_text
from iga.graph.errors import IgaError
from iga.queries.ask import Parameters, ask
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from tests.golden.pairs import pairs


def said_in(session: Session) -> Iterator[tuple[str, str]]:
    """Give a name and what is said of each example, golden pair and paper; refusals are said as well."""
    asked: list[tuple[str, Parameters]] = [(name, card.example) for name, card in QUESTIONS.items()]
    asked += [(pair.question, {"as_of": session.today, **pair.asked}) for pair in pairs()]
    for number, (name, parameters) in zip(count(1), asked, strict=False):
        try:
            yield f"{name}-{number}.json", ask(session, name, parameters).model_dump_json(indent=1)
        except IgaError as error:
            yield f"{name}-{number}.json", error.message
    for name, kind in MEMOS.items():
        try:
            yield f"memo-{name}.json", record_text(write_memo(session, name, kind.example, is_full=True))
        except IgaError as error:
            yield f"memo-{name}.json", error.message


def main() -> None:
    """Write the answers below the folder that is named."""
    to = Path(sys.argv[1]) / "answers"
    with TemporaryDirectory() as folder:
        with bundled_session(Path(folder)) as bundled:
            _write(to / "bundled", bundled)
        with sample_session(Path(folder)) as sample:
            _write(to / "sample", sample)


def _write(folder: Path, session: Session) -> None:
    folder.mkdir(parents=True)
    for name, text in said_in(session):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
