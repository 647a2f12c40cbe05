"""Parties with their posts, holders, channels and memberships as a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeAlias

from iga.exports.files.manifest import Contents, Origin, source_notes
from iga.exports.files.row_files import JsonRow
from iga.graph.domain.marking import Marking
from iga.graph.projection.properties import unflatten
from iga.graph.text import counted
from iga.queries.core.answer import Ref
from iga.queries.core.channels import check_of, unusable_because
from iga.queries.core.days import latest, the_day
from iga.queries.core.endnotes import note_of
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.permissions import LEFT_OUT, NAMED_IN_EXPORT
from iga.queries.core.printed_names import ids_in, printed_names
from iga.queries.core.reading import EdgeRow, Entity, OfIds, by_name, grouped, refs
from iga.queries.core.reads import (
    BODIES_OF_POSTS,
    CHANNELS_OF,
    EDGES_OUT,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    MEMBERSHIPS_OF,
    OUR_SIDE_OF,
    PARTS_BELOW,
    POSTS_IN,
    OfType,
)
from iga.queries.core.session import Session
from iga.queries.core.wording import listed

FIELDS = (
    *("party", "party_name", "part", "id", "class", "name", "of", "of_name", "role", "start", "end", "end_kind"),
    *("attested_on", "held", "channel_kind", "channel_value", "unusable_because", "purpose", "go_through"),
    *("values", "key", "marking", "fictional", "evidence"),
)
"""What a row says: of which party, which part of it, what that is, of what it is a part, from when until when."""

_Rested: TypeAlias = tuple[JsonRow, tuple[Ref, ...]]  # a row, and the source rows that it rests on
# More terms than anybody held posts.
_TERMS = 1_000


@dataclass
class PartyRows:
    """Rows of parties as of a day, and what was left out.

    Attributes:
        rows: In order: each party, its posts with their holders and channels, its channels, memberships, owners.
    """

    rows: list[JsonRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ids: dict[str, None] = field(default_factory=dict)
    marking: Marking = Marking.PUBLIC
    sources: set[str] = field(default_factory=set)


def party_rows(session: Session, ids: Sequence[str], *, day: str) -> PartyRows:
    """Return rows of parties; ties known to be over, or not begun, on the day are left out and counted.

    So are people who did not agree to be named in an export.

    Raises:
        Denied: One of the parties is such a person.
    """
    session = session.used_for(NAMED_IN_EXPORT)
    reader = _PartyReader(session, day)
    exported = PartyRows()
    for it in ids:
        session.refuse_unless_agreed([it])
        [party] = session.read(ENTITIES_BY_ID, OfIds(ids=(it,)))
        for row, rests_on in reader.of(party):
            evidence = session.evidence(rests_on).values()
            notes = (note_of(source_row, now=session.status.view.now) for source_row in evidence)
            row["evidence"] = [note.model_dump(mode="json") for note in notes]
            row["fictional"] = any(source_row.card.fictional for source_row in evidence)
            exported.sources |= {source_row.source for source_row in evidence}
            exported.marking = max(exported.marking, Marking.named(row["marking"]))
            exported.ids |= dict.fromkeys(str(row[end]) for end in ("id", "of") if row[end])
            exported.rows.append({name: row.get(name) for name in FIELDS})
    exported.notes = reader.notes()
    return exported


class _PartyReader:
    """Reads parties one after the other."""

    def __init__(self, session: Session, day: str) -> None:
        self._session, self._day = session, day
        self._over = 0
        self._parts: list[str] = []

    def of(self, party: Entity) -> Iterator[_Rested]:
        """Give the rows of a party with the source rows that they rest on."""
        self._party = party
        yield self._thing("party", party.id, party.cls, party.name, party.values)
        yield from self._posts_held(party) if party.cls == "Person" else self._posts(party)
        yield from self._channels(party.id, party.name)
        of = OfIds(ids=(party.id,))
        for tie in self._held(self._session.read(MEMBERSHIPS_OF, of)):
            role = tie.properties.get("office") or tie.properties.get("category")
            yield self._tie("membership", tie, "MEMBER_OF", role=role, of=(party.id, party.name))
        for owner in self._held(self._session.read(OUR_SIDE_OF, of)):
            role = "owner of the relationship" if owner.type == "OWNS_RELATIONSHIP" else "deals with it"
            yield self._tie("our side", owner, owner.type, role=role, of=(party.id, party.name))
        self._parts += [tie.name for tie in self._session.read(PARTS_BELOW, of) if tie.held(self._day) != "no"]

    def notes(self) -> list[str]:
        """Return sentences on what was left out."""
        notes = []
        if people := len(self._session.left_out):
            notes.append(f"left out, no consent: {counted(people, 'person', 'people')}")
        if self._over:
            notes.append(f"{counted(self._over, 'tie')} known to be over, or not begun, on {self._day} left out")
        if self._parts:
            names = list(dict.fromkeys(self._parts))
            notes.append(f"parts are exported by their own names: {listed(names)}")
        return notes

    def _posts(self, party: Entity) -> Iterator[_Rested]:
        posts = self._held(self._session.read(POSTS_IN, OfIds(ids=(party.id,))))
        of = OfIds(ids=tuple(post.id for post in posts))
        holders = grouped(self._session.read(HOLDERS_OF, of)) if of.ids else {}
        for post in posts:
            yield self._tie("post", post, "POST_IN", role=post.values.get("role"), of=(party.id, party.name))
            in_post = self._held(holders.get(post.id, ()))
            people = self._entities(tie.id for tie in in_post)
            for holder in in_post:
                values = people[holder.id].values if holder.id in people else {}
                role = holder.properties.get("capacity")
                yield self._tie("holder", holder, "HOLDS", role=role, of=(post.id, post.name), values=values)
                yield from self._channels(holder.id, holder.name)
            yield from self._channels(post.id, post.name)

    def _posts_held(self, person: Entity) -> Iterator[_Rested]:
        terms = self._session.read(EDGES_OUT, OfType(ids=(person.id,), type="HOLDS", limit=_TERMS))
        for post in self._held(terms):
            body = next(iter(self._session.read(BODIES_OF_POSTS, OfIds(ids=(post.id,)))), None)
            of = (body.id, body.name) if body else ("", "")
            yield self._tie("post held", post, "HOLDS", role=post.properties.get("capacity"), of=of)
            yield from self._channels(post.id, post.name)

    def _channels(self, owner: str, name: str) -> Iterator[_Rested]:
        for tie in self._held(self._session.read(CHANNELS_OF, OfIds(ids=(owner,)))):
            row, rests_on = self._tie("channel", tie, "REACHED_AT", of=(owner, name))
            channel = {
                name: tie.values.get(name) for name in ("channel_kind", "channel_value", "purpose", "go_through")
            }
            yield (
                {**row, **channel, "unusable_because": unusable_because(tie.values, check_of(tie.values, self._day))},
                rests_on,
            )

    def _held(self, ties: Iterable[Any]) -> list[Any]:
        all_ties = list(ties)
        all_ties = [tie for tie in all_ties if tie.id != LEFT_OUT]
        standing = by_name(tie for tie in all_ties if tie.held(self._day) != "no")
        self._over += len(all_ties) - len(standing)
        return standing

    def _entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        of = OfIds(ids=tuple(sorted(set(ids))))
        return {entity.id: entity for entity in self._session.read(ENTITIES_BY_ID, of)} if of.ids else {}

    def _thing(self, part: str, it: str, cls: str, name: str, values: Mapping[str, Any]) -> _Rested:
        own = unflatten(cls, values)
        names = printed_names(self._session, ids_in(cls, own))
        named = {f"{field}_name": names[str(value)] for field, value in own.items() if str(value) in names}
        row = {
            **dict.fromkeys(FIELDS),
            "party": self._party.id,
            "party_name": self._party.name,
            "part": part,
            "id": it,
            "class": cls,
            "name": name,
            "held": "yes",
            "values": {**own, **named},
            "marking": Marking(values.get("marking", 0)).word,
        }
        return row, refs(values)

    def _tie(
        self, part: str, tie: EdgeRow, kind: str, *, of: tuple[str, str], role: str | None = None, values: Any = None
    ) -> _Rested:
        """Return the row of what stands at the far end of a tie, with what the tie says."""
        other = values if values is not None else getattr(tie, "values", {})
        row, rests_on = self._thing(part, tie.id, tie.cls, tie.name, other)
        period = unflatten(kind, tie.properties).get("period")
        stretch: Mapping[str, Any] = period if isinstance(period, dict) else {}
        row |= {
            "of": of[0] or None,
            "of_name": of[1] or None,
            "role": role,
            "start": stretch.get("start") or None,
            "end": stretch.get("end") or None,
            "end_kind": stretch.get("end_kind"),
            "attested_on": latest(tie.properties.get("attested_on"), on=self._day),
            "held": tie.held(self._day),
            "key": tie.key,
            "marking": max(Marking.named(row["marking"]), Marking(tie.properties.get("marking", 0))).word,
        }
        return row, tuple(dict.fromkeys((*refs(tie.properties), *rests_on)))


@dataclass(frozen=True)
class AskedParties:
    """Parties that somebody asks for as a file."""

    what: str
    parameters: Mapping[str, Any]
    day: str
    rows: PartyRows


def parties_asked_for(session: Session, names: Sequence[str], *, as_of: str | None) -> AskedParties:
    """Return the parties of some names as of a day; None is today.

    Raises:
        UsageError, NotFound, Ambiguous: As of a name or a day.
        Denied: One of them did not agree to be named in an export.
    """
    day = the_day(as_of, today=session.today)
    subjects = [subject_of(session, name, parameter="party", labels=("Party",)) for name in names]
    parties = {party.id: party.name for party in subjects}
    asked = {"party": list(parties), "as_of": day}
    return AskedParties(
        f"Parties: {listed(list(parties.values()))}", asked, day, party_rows(session, list(parties), day=day)
    )


def write_parties(file: BinaryIO, parties: PartyRows, *, kind: str, origin: Origin, session: Session) -> Contents:
    """Write parties, and return what their manifest tells."""
    if kind == "ftm":
        from iga.exports.graphs.ftm import write_ftm
        from iga.exports.graphs.subgraph import of_ids

        asked: dict[str, Any] = {"day": origin.as_of, "what": origin.what, "parameters": origin.parameters}
        return write_ftm(file, of_ids(session, parties.ids, notes=tuple(parties.notes), **asked), origin)
    count, notes = _written(file, origin, parties, kind)
    return Contents(
        counts=count,
        marking=parties.marking.word,
        sources=source_notes(session, parties.sources),
        notes=(*parties.notes, *notes),
    )


def _written(file: BinaryIO, origin: Origin, parties: PartyRows, kind: str) -> tuple[dict[str, int], tuple[str, ...]]:
    if kind == "vcf":
        from iga.exports.files.address_cards import cards_of_parties, write_cards

        cards, notes = cards_of_parties(parties.rows)
        return {"cards": write_cards(file, cards)}, notes
    from iga.exports.files.row_files import WRITERS, RowFile, TitledRows, about_file, write_json

    about = about_file(origin, parties.marking.word)
    header: dict[str, Any] = {name.lower().replace(" ", "_"): text for name, text in about}
    main = TitledRows.of("Parties", parties.rows)
    if kind == "popolo":
        from iga.exports.files.popolo import popolo_of

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
