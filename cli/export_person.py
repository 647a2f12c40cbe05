"""`iga export person`: everything ever said of a person, for a request under the Privacy Act or FOIA."""

from typing import TYPE_CHECKING, BinaryIO

import click

from iga.cli.command import Call, IgaCommand
from iga.cli.exporting import FileAsked, file_options

if TYPE_CHECKING:
    from iga.exports.files.manifest import Contents, Origin
    from iga.exports.files.person_rows import PersonFile
    from iga.queries.core.session import Session


@click.command("person", cls=IgaCommand)
@click.argument("name")
@file_options("json", "jsonl", "csv", "xlsx")
def person(call: Call, *, file: FileAsked, name: str) -> None:
    """Write every statement ever loaded of a person, with its source, who loaded it and when.

    What was superseded or withdrawn is among it, marked so, and who saw the person, by the audit log. Somebody of whom
    nothing stands any more is found by id or name, too. The file is marked sensitive.

    Example: iga export person "Ada Example" --to xlsx
    """
    from iga.exports.files.person_rows import person_file
    from iga.graph.domain.marking import Marking
    from iga.queries.core.names.people_on_record import person_on_record

    with file.opened() as seen:
        context = seen.on_duty()
        subject = person_on_record(context, name)
        may_see = context.status.view.ceiling >= Marking.SENSITIVE
        acts = call.workspace.audit_log.who_saw(subject.ids) if may_see else ()
        content = person_file(context, subject.ids, acts)
        path = file.place(["person", subject.id.partition(":")[2]])
        asked = {"person": subject.id, "ids": list(subject.ids)}
        origin = file.origin(context, what=f"All statements of {subject.name}", parameters=asked)
        file.put(path, origin, lambda out: _write(out, origin, context, content, file.form))


def _write(file: BinaryIO, origin: "Origin", context: "Session", records: "PersonFile", kind: str) -> "Contents":
    from iga.exports.files.manifest import Contents, source_notes
    from iga.exports.files.person_rows import DISCLOSURE_FIELDS, FIELDS, JUDGEMENT_FIELDS, NOT_RECORDED
    from iga.exports.files.row_files import WRITERS, RowFile, TitledRows, about_file
    from iga.graph.domain.marking import Marking

    marking = Marking.SENSITIVE  # whatever its parts: together they are a file on somebody
    hidden = Marking.named(origin.ceiling) < Marking.SENSITIVE
    notes = [f"{what}: {text}" for what, text in NOT_RECORDED]
    if hidden:
        notes.append(f"nothing above {origin.ceiling} could be seen when this was made: it may not be complete")
        notes.append("who saw the person is told to those who may see what is sensitive")
    notes += [f"on hold ({hold.kind}): {hold.authority}" for hold in records.holds]
    about = about_file(origin, marking.word)
    header = {name.lower().replace(" ", "_"): text for name, text in about}
    is_one_table = kind in ("csv", "jsonl")
    content = RowFile(
        main=TitledRows("Statements", FIELDS, records.with_disclosures() if is_one_table else records.statements),
        document={
            **header,
            "highest_marking_of_a_statement": records.marking.word,
            "not_recorded": dict(NOT_RECORDED),
            "statements": records.statements,
            "judgements": records.judgements,
            "disclosures": records.disclosures,
            "holds": [{"kind": hold.kind, "authority": hold.authority} for hold in records.holds],
        },
        beside=(
            TitledRows("Judgements", JUDGEMENT_FIELDS, records.judgements),
            TitledRows("Disclosures", DISCLOSURE_FIELDS, records.disclosures),
            TitledRows.of("Not recorded", [{"what": what, "text": text} for what, text in NOT_RECORDED]),
        ),
        about=about,
        marking=marking.word,
    )
    return Contents(
        counts=records.counts(),
        marking=marking.word,
        sources=source_notes(context.used_for(None), records.sources),
        notes=(*notes, *WRITERS[kind](file, content)),
    )
