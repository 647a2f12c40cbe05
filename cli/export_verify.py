"""`iga export verify`: whether an exported file is still what it was."""

import click

from cli.command import Call, IgaCommand, pass_call


@click.command("verify", cls=IgaCommand)
@click.argument("file")
@pass_call
def verify(call: Call, *, file: str) -> None:
    """Check an exported file against the manifest beside it.

    Example: iga export verify contact-osce.xlsx
    """
    from exports.files.manifest import verified

    manifest = verified(call.path(file))
    if call.as_json:
        call.console.document({"intact": True, **manifest.model_dump(mode="json")})
        return
    call.console.say(f"{file} is as it was exported: {manifest.what}; {manifest.marking}.")
    call.console.say(
        f"By {manifest.made_by}, {manifest.made_at}; as of {manifest.as_of or 'every day'};"
        f" data version {manifest.data_version}"
    )
