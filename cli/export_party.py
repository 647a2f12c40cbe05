"""`iga export party NAME --to …`: parties with their posts, holders, channels and memberships."""

from typing import TYPE_CHECKING, Any, BinaryIO

from cli.exporting import FileAsked

if TYPE_CHECKING:
    from exports.files.manifest import Contents, Origin
    from exports.files.party_rows import PartyRows
    from queries.core.session import Session

KINDS = ("json", "jsonl", "csv", "xlsx", "popolo", "vcf", "ftm")
_ENDINGS = {"popolo": "json", "ftm": "ftm.json"}


def export_parties(file: FileAsked, names: tuple[str, ...], *, as_of: str | None) -> None:
    """Write parties as of a day."""
    from exports.files.party_rows import party_rows
    from queries.core.days import the_day
    from queries.core.names.resolve import subject_of
    from queries.core.wording import listed

    with file.opened() as context:
        day = the_day(as_of, today=context.today)
        subjects = [subject_of(context, name, parameter="party", labels=("Party",)) for name in names]
        parties = {party.id: party.name for party in subjects}
        rows = party_rows(context, list(parties), day=day)
        label = "popolo party" if file.form == "popolo" else "party"
        path = file.place([label, *names], ending=_ENDINGS.get(file.form, ""))
        what, asked = f"Parties: {listed(list(parties.values()))}", {"party": list(parties), "as_of": day}
        origin = file.origin(context, what=what, parameters=asked, as_of=day)
        file.put(path, origin, lambda out: _write(out, origin, context, rows, file.form))


def _write(file: BinaryIO, origin: "Origin", context: "Session", parties: "PartyRows", kind: str) -> "Contents":
    from exports.files.manifest import Contents, source_notes

    if kind == "ftm":
        from exports.graphs.ftm import write_ftm
        from exports.graphs.subgraph import of_ids

        part = of_ids(
            context,
            parties.ids,
            day=origin.as_of,
            what=origin.what,
            parameters=origin.parameters,
            notes=tuple(parties.notes),
        )
        return write_ftm(file, part, origin)
    count, notes = _written(file, origin, parties, kind)
    return Contents(
        counts=count,
        marking=parties.marking.word,
        sources=source_notes(context, parties.sources),
        notes=(*parties.notes, *notes),
    )


def _written(
    file: BinaryIO, origin: "Origin", parties: "PartyRows", kind: str
) -> tuple[dict[str, int], tuple[str, ...]]:
    if kind == "vcf":
        from exports.files.address_cards import cards_of_parties, write_cards

        cards, notes = cards_of_parties(parties.rows)
        return {"cards": write_cards(file, cards)}, notes
    from exports.files.row_files import WRITERS, RowFile, TitledRows, about_file, write_json

    about = about_file(origin, parties.marking.word)
    header: dict[str, Any] = {name.lower().replace(" ", "_"): text for name, text in about}
    main = TitledRows.of("Parties", parties.rows)
    if kind == "popolo":
        from exports.files.popolo import popolo_of

        document, notes = popolo_of(parties.rows, about=header)
        write_json(file, RowFile(main, document, (), (), parties.marking.word))
        return {name: len(records) for name, records in document.items() if name != "meta"}, notes
    content = RowFile(
        main=main,
        document={**header, "notes": parties.notes, "rows": parties.rows},
        beside=(TitledRows.of("Left out", [{"note": note} for note in parties.notes]),),
        about=about,
        marking=parties.marking.word,
    )
    return {"rows": len(parties.rows)}, WRITERS[kind](file, content)
