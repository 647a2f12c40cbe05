"""`iga template`: a workbook for officers to fill, which loads back as it is."""

import secrets

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.exporting import FORCE, say_new_name

SERVICE = "service"
"""The workbook that asks instead of being loaded."""
KINDS = ("contacts", "engagements", "agreements", "awards", "members", "consents", SERVICE)


@click.command("template", cls=IgaCommand)
@click.argument("kind", type=click.Choice(KINDS))
@click.option("-o", "--output", required=True, metavar="FILE", help="FILE.xlsx.")
@click.option("--source", default="", metavar="ID", help="Source of its rows; one of its own if left out.")
@click.option("--force", **FORCE)
@pass_call
def template(call: Call, *, kind: str, output: str, source: str, force: bool) -> None:
    """Write a workbook with drop-downs and instructions for an officer to fill.

    Each workbook carries a source of its own, so that the rows of one keeper never take the place of another's. The
    kind service is a workbook that asks: type a question into it, and Excel fetches the answer from iga serve.

    Example: iga template contacts -o contacts.xlsx
    """
    from iga.exports.service_workbook import service_workbook
    from iga.exports.template_workbook import template_workbook
    from iga.exports.writing import sealed, write_new_file
    from iga.graph.errors import UsageError
    from iga.ingest.subjects import is_source

    path = call.path(output)
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{output!r}: a template is a workbook; name it {path.stem or kind}.xlsx")
    if source and not is_source(source):
        raise UsageError(f"--source {source!r}: a source is named kind:slug in lower case, such as office:{kind}")
    asks = kind == SERVICE
    if asks and source:
        raise UsageError("--source: the kind service holds no rows, it asks for them")
    named = "" if asks else source or f"office:{kind}-{secrets.token_hex(4)}"
    content = service_workbook() if asks else template_workbook(kind, source=named)
    asked, path = path, write_new_file(path, sealed(content, ending="xlsx"), force=force)
    say_new_name(call, asked, path)
    if call.as_json:
        call.console.document({"file": str(path), "template": kind, "source": named})
    else:
        then = "in Excel: Data > Refresh All" if asks else f"iga load {path.name} --dry-run"
        call.console.say(f"{path} written. Fill it, then: {then}")
