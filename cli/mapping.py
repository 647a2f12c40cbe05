"""`iga mapping new`: draft a mapping from a file's header and first rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.exporting import FORCE, say_new_name
from iga.graph.text import counted

if TYPE_CHECKING:
    from iga.ingest.drafting.mapping_draft import MappingDraft


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

    Agreements, memberships, people with their posts, payments, awards, votes and figures are recognized by their
    headings and cells. What three rows would state is shown. `iga load` takes the mapping once no guess is marked
    `# confirm` any more; with --dry-run it shows what it would do before.

    Example: iga mapping new partners.csv
    """
    from iga.exports.writing import write_new_file
    from iga.ingest.drafting.mapping_draft import draft_of

    path = call.path(file)
    target = call.path(output) if output else path.with_suffix(".yaml")
    draft = draft_of(path, sheet=sheet)
    if not call.as_json:
        _show(call, draft)
    asked, target = target, write_new_file(target, draft.text.encode(), force=force)
    say_new_name(call, asked, target)
    if call.as_json:
        document = {"file": str(target), "source": draft.source, "rows": draft.rows, "taken": draft.taken}
        failures = [{"reason": reason, "rows": count} for reason, count in draft.failures]
        examples = [list(example) for example in draft.examples]
        document |= {"what": draft.what, "examples": examples, "guesses": draft.guesses}
        call.console.document({**document, "ignored": list(draft.ignored), "failures": failures})
        return
    call.console.say(f"{target} written: {counted(draft.guesses, 'guess', 'guesses')} marked `# confirm`.")
    call.console.say(f"Tried on {counted(draft.rows, 'row')}: {draft.taken} would be taken.")
    for reason, count in draft.failures:
        call.console.note(f"  {count} rejected: {reason}")
    if draft.ignored:
        call.console.say(f"Not read: {', '.join(draft.ignored)}.")
    call.console.say(f"Then: iga load {path.name} --mapping {target.name} --dry-run")
    call.console.say("Check each guess and take its mark off; then it loads without --dry-run.")


def _show(call: Call, draft: MappingDraft) -> None:
    """Print what the rows seem to be, and what the first of them would state."""
    if draft.what:
        call.console.say(f"The rows seem to be: {draft.what}.")
    else:
        call.console.say("What the rows are about was not recognized; the class in the draft is there to be changed.")
    for number, example in enumerate(draft.examples, 1):
        call.console.say(f"Row {number} would state:")
        for line in example:
            call.console.say(f"  {line}")
