"""`iga export party NAME --to …`: parties with their posts, holders, channels and memberships."""

from iga.cli.exporting import FileAsked

KINDS = ("json", "jsonl", "csv", "xlsx", "popolo", "vcf", "ftm")
_ENDINGS = {"popolo": "json", "ftm": "ftm.json"}


def export_parties(file: FileAsked, names: tuple[str, ...], *, as_of: str | None) -> None:
    """Write parties as of a day."""
    from iga.exports.files.party_file import parties_asked_for, write_parties

    with file.opened() as context:
        parties = parties_asked_for(context, names, as_of=as_of)
        label = "popolo party" if file.form == "popolo" else "party"
        path = file.place([label, *names], ending=_ENDINGS.get(file.form, ""))
        origin = file.origin(context, what=parties.what, parameters=parties.parameters, as_of=parties.day)
        file.put(
            path, origin, lambda out: write_parties(out, parties.rows, kind=file.form, origin=origin, session=context)
        )
