"""`iga export party NAME --to …`: parties with their posts, holders, channels and memberships."""

from typing import TYPE_CHECKING, Any, BinaryIO

from cli.command import Call
from cli.exporting import place_of, put, tell
from cli.opening import session

if TYPE_CHECKING:
    from exports.files.manifest import Contents, Origin
    from exports.files.party_rows import PartyRows
    from queries.core.session import Session

KINDS = ("json", "jsonl", "csv", "xlsx", "popolo", "vcf", "ftm")
_ENDINGS = {"popolo": "json", "ftm": "ftm.json"}


def export_parties(
    call: Call,
    names: tuple[str, ...],
    *,
    kind: str,
    output: str | None,
    as_of: str | None,
    replace: bool,
    known_on: str | None,
    ceiling: str | None,
) -> None:
    """Write parties as of a day."""
    from exports.files.party_rows import party_rows
    from queries.core.days import the_day
    from queries.core.names.resolve import subject_of
    from queries.core.wording import listed

    with session(call, known_on=known_on, ceiling=ceiling) as context:
        day = the_day(as_of, today=context.today)
        found = [subject_of(context, name, parameter="party", labels=("Party",)) for name in names]
        parties = {party.id: party.name for party in found}
        rows = party_rows(context, list(parties), day=day)
        ending = _ENDINGS.get(kind, kind)
        label = f"{kind} " if kind in _ENDINGS and kind != "ftm" else ""
        path = place_of(call, output, named=[f"{label}party", *names], ending=ending)
        manifest = put(
            call,
            context,
            path,
            kind=kind,
            what=f"Parties: {listed(list(parties.values()))}",
            parameters={"party": list(parties), "as_of": day},
            as_of=day,
            question=None,
            replace=replace,
            write=lambda file, origin: _write(file, origin, context, rows, kind),
        )
    tell(call, path, manifest)


def _write(file: BinaryIO, origin: "Origin", context: "Session", found: "PartyRows", kind: str) -> "Contents":
    from exports.files.manifest import Contents, source_notes

    if kind == "ftm":
        from exports.graphs.ftm import write_ftm
        from exports.graphs.subgraph import of_ids

        part = of_ids(
            context,
            found.ids,
            day=origin.as_of,
            what=origin.what,
            parameters=origin.parameters,
            notes=tuple(found.notes),
        )
        return write_ftm(file, part, origin)
    count, notes = _written(file, origin, found, kind)
    return Contents(
        counts=count,
        marking=found.marking.word,
        sources=source_notes(context, found.sources),
        notes=(*found.notes, *notes),
    )


def _written(file: BinaryIO, origin: "Origin", found: "PartyRows", kind: str) -> tuple[dict[str, int], tuple[str, ...]]:
    if kind == "vcf":
        from exports.files.address_cards import cards_of_parties, write_cards

        cards, notes = cards_of_parties(found.rows)
        return {"cards": write_cards(file, cards)}, notes
    from exports.files.row_files import WRITERS, RowFile, TitledRows, about_file, write_json

    about = about_file(origin, found.marking.word)
    told: dict[str, Any] = {name.lower().replace(" ", "_"): text for name, text in about}
    main = TitledRows.of("Parties", found.rows)
    if kind == "popolo":
        from exports.files.popolo import popolo_of

        document, notes = popolo_of(found.rows, about=told)
        write_json(file, RowFile(main, document, (), (), found.marking.word))
        return {name: len(records) for name, records in document.items() if name != "meta"}, notes
    content = RowFile(
        main=main,
        document={**told, "notes": found.notes, "rows": found.rows},
        beside=(TitledRows.of("Left out", [{"note": note} for note in found.notes]),),
        about=about,
        marking=found.marking.word,
    )
    return {"rows": len(found.rows)}, WRITERS[kind](file, content)
