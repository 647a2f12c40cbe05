"""`iga memo`: a briefing memo as a Word document or as Markdown."""

from pathlib import Path

import click

from cli.command import Call, IgaCommand, pass_call
from cli.opening import asking
from graph.errors import UsageError


@click.command("memo", cls=IgaCommand)
@click.argument("about", type=click.Choice(["government"]), expose_value=False)
@click.argument("name")
@click.option("-o", "--output", required=True, metavar="FILE", help="FILE.docx or FILE.md.")
@click.option("--as-of", metavar="DAY", help="Day to write for; today if left out.")
@click.option("--known-on", metavar="DAY", help="Write from what was loaded by that day, instant or load:N.")
@pass_call
def memo(call: Call, *, name: str, output: str, as_of: str | None, known_on: str | None) -> None:
    """Write a briefing memo with its sources.

    Example: iga memo government Ghana -o ghana.docx
    """
    from exports.docx_memo import to_docx
    from exports.markdown_memo import to_markdown
    from exports.memo import government_memo
    from exports.writing import write_file

    path = call.path(output)
    if path.suffix.lower() not in (".docx", ".md"):
        raise UsageError(
            f"-o {output}: the ending says the format; write {Path(output).stem}.docx or {Path(output).stem}.md"
        )
    with asking(call, known_on=known_on) as context:
        document = government_memo(context, name, as_of=as_of)
    content = to_docx(document) if path.suffix.lower() == ".docx" else to_markdown(document).encode()
    write_file(path, content)
    if call.as_json:
        call.console.document({"file": str(path), "as_of": document.as_of, "data_version": document.data_version,
                               "endnotes": len(document.endnotes)})  # fmt: skip
    else:
        call.console.say(f"{output}: {document.title}; {len(document.endnotes)} sources, as of {document.as_of}")
