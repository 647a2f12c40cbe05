"""`iga mapping new`: draft a mapping from a file's header and first rows."""

import click

from cli.command import Call, IgaCommand, pass_call
from cli.exporting import FORCE, say_new_name


@click.group("mapping")
def mapping() -> None:
    """Draft how a file of one's own is read.

    Example: iga mapping new partners.csv
    """


@mapping.command("new", cls=IgaCommand)
@click.argument("file")
@click.option("-o", "--output", metavar="YAML", help="Where to; FILE.yaml beside the file if left out.")
@click.option("--sheet", default="", metavar="NAME", help="Sheet of a workbook; the longest table if left out.")
@click.option("--force", **FORCE)
@pass_call
def new(call: Call, *, file: str, output: str | None, sheet: str, force: bool) -> None:
    """Draft a mapping for a CSV file or workbook; each guess is marked, and it is tried on the first rows.

    Example: iga mapping new partners.csv
    """
    from exports.writing import write_new_file
    from ingest.drafting.mapping_draft import draft_of

    path = call.path(file)
    target = call.path(output) if output else path.with_suffix(".yaml")
    draft = draft_of(path, sheet=sheet)
    asked, target = target, write_new_file(target, draft.text.encode(), force=force)
    say_new_name(call, asked, target)
    if call.as_json:
        document = {"file": str(target), "source": draft.source, "rows": draft.rows, "taken": draft.taken}
        failures = [{"reason": reason, "rows": count} for reason, count in draft.failures]
        call.console.document({**document, "ignored": list(draft.ignored), "failures": failures})
        return
    call.console.say(f"{target} written: {draft.guesses} guesses are marked `confirm`.")
    call.console.say(f"Tried on {draft.rows} rows: {draft.taken} would be taken.")
    for reason, count in draft.failures:
        call.console.note(f"  {count} rejected: {reason}")
    if draft.ignored:
        call.console.say(f"Not read: {', '.join(draft.ignored)}.")
    call.console.say(f"Then: iga load {path.name} --mapping {target.name} --dry-run")
