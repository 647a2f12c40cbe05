"""`iga export party NAME --to …`: parties with their posts, holders, channels and memberships."""

from typing import TYPE_CHECKING, Any, BinaryIO

from cli.command import Call
from cli.exporting import place_of, put, tell
from cli.opening import session

if TYPE_CHECKING:
    from exports.files.manifest import Made, Written
    from exports.files.party_rows import PartyRows
    from queries.core.session import Session

KINDS = ("json", "jsonl", "csv", "xlsx", "popolo", "vcf", "ftm")
_ENDINGS = {"popolo": "json", "ftm": "ftm.json"}


def export_parties(
    call: Call, names: tuple[str, ...], *, kind: str, output: str | None, as_of: str | None, replace: bool,
    known_on: str | None, ceiling: str | None,
) -> None:  # fmt: skip
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
            write=lambda file, made: _write(file, made, context, rows, kind),
        )
    tell(call, path, manifest)


def _write(file: BinaryIO, made: "Made", context: "Session", found: "PartyRows", kind: str) -> "Written":
    from exports.files.manifest import Written

    if kind == "ftm":
        from exports.graphs.choosing import of_ids
        from exports.graphs.ftm import write_ftm

        part = of_ids(
            context, found.ids, day=made.as_of, what=made.what, parameters=made.parameters, notes=tuple(found.notes)
        )
        return write_ftm(file, part, made)
    count, notes = _written(file, made, found, kind)
    return Written(
        counts=count,
        marking=found.marking,
        cards=tuple(context.cards[source] for source in found.sources if source in context.cards),
        notes=(*found.notes, *notes),
    )


def _written(file: BinaryIO, made: "Made", found: "PartyRows", kind: str) -> tuple[dict[str, int], tuple[str, ...]]:
    if kind == "vcf":
        from exports.files.address_card import write_cards
        from exports.files.party_cards import cards_of_parties

        cards, notes = cards_of_parties(found.rows)
        return {"cards": write_cards(file, cards)}, notes
    from exports.files.rows import about
    from exports.files.tabular import WRITERS, Table, Tabular, write_json

    told: dict[str, Any] = {name.lower().replace(" ", "_"): text for name, text in about(made, found.marking.word)}
    main = Table.of("Parties", found.rows)
    if kind == "popolo":
        from exports.files.popolo import popolo_of

        document, notes = popolo_of(found.rows, about=told)
        write_json(file, Tabular(main, document, (), (), found.marking.word))
        return {name: len(records) for name, records in document.items() if name != "meta"}, notes
    content = Tabular(
        main=main,
        document={**told, "notes": found.notes, "rows": found.rows},
        beside=(Table.of("Left out", [{"note": note} for note in found.notes]),),
        about=about(made, found.marking.word),
        marking=found.marking.word,
    )
    return {"rows": len(found.rows)}, WRITERS[kind](file, content)
