"""Answers as files over HTTP, and how far what a client gets may travel."""

import io
from typing import Any

from fastapi import Response

from iga.api.negotiation import FORMS
from iga.exports.files.answer_file import write_answer
from iga.exports.files.manifest import Contents, Origin, origin_in
from iga.exports.files.row_files import WRITERS, RowFile, TitledRows, about_file, marking_of
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from iga.queries.whole.entity import DirectedNeighbour, Relationships
from iga.queries.whole.why import PastStatement, ThingHistory


def as_file(session: Session, answer: Answer, form: str, *, at: str) -> Response:
    """Return an answer as a file made at an instant, with marking, day and data version in the headers.

    Raises:
        NotAcceptable: Its rows are no appointments, or no contacts.
    """
    asked: dict[str, Any] = {"parameters": answer.parameters, "as_of": answer.as_of, "question": answer.question}
    origin = origin_in(session, by="iga serve", at=at, what=f"Rows of {answer.question}", **asked)
    file = io.BytesIO()
    contents = write_answer(file, answer, kind=form, origin=origin, session=session)
    return file_reply(file, form, name=f"{answer.question}-{answer.as_of}", origin=origin, contents=contents)


def file_reply(file: io.BytesIO, form: str, *, name: str, origin: Origin, contents: Contents) -> Response:
    """Return a file that was written as a response."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{form}"',
        "X-IGA-Marking": contents.marking,
        "X-IGA-Data-Version": origin.data_version,
        **({"X-IGA-As-Of": origin.as_of} if origin.as_of else {}),
    }
    return Response(file.getvalue(), media_type=FORMS[form], headers=headers)


def rows_as_file(session: Session, found: Relationships | ThingHistory, form: str, *, at: str) -> Response:
    """Return the rows of a thing as a file made at an instant."""
    name = f"{found.id.replace(':', '-')}-{found.kind if isinstance(found, Relationships) else 'history'}"
    origin = origin_in(session, by="iga serve", at=at, what=name, parameters={"id": found.id}, as_of=None)
    document = found.model_dump(mode="json")
    marking = marking_of(found.evidence.values() if isinstance(found, Relationships) else found.rows)
    fields = tuple((DirectedNeighbour if isinstance(found, Relationships) else PastStatement).model_fields)
    content = RowFile(
        main=TitledRows("Rows", fields, document["rows"]),
        document=document,
        beside=(
            TitledRows.of(
                "Evidence", [{"number": number, **note} for number, note in document.get("evidence", {}).items()]
            ),
        ),
        about=about_file(origin, marking),
        marking=marking,
    )
    file = io.BytesIO()
    WRITERS[form](file, content)
    contents = Contents(marking=marking, counts={"rows": len(found.rows)})
    return file_reply(file, form, name=name, origin=origin, contents=contents)
