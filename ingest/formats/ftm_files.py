"""FollowTheMoney entities as JSON lines: organizations, people in public roles, posts, payments, projects."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

from iga.ingest.classified import stop_if_classified
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from iga.ingest.formats.ftm_entities import FtmEntity, FtmIds, FtmRecord
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.text_file import TextLine, text_lines
from iga.ingest.record_builder import INTERNAL, LONGEST_KEY, LONGEST_URL, opaque_id
from iga.ingest.rejections import CELL, KEY, MISSING, SHAPE, Refusal
from iga.ingest.source_reader import OpenFile, Remarks, SourceReader, SourceRecord, StatedRow, noted, refusing

# Public registers of organizations; the numbers of people are never read.
_REGISTERS = {
    "leiCode": "XI-LEI",
    "wikidataId": "WIKIDATA",
    "dunsCode": "DUNS",
    "uniqueEntityId": "UEI",
    "cikCode": "SEC-CIK",
    "permId": "PERMID",
    "ogrnCode": "RU-OGRN",
    "registrationNumber": "REGISTRATION",
}

States: TypeAlias = Callable[[FtmRecord], object]
"""States what an entity says; raises Refusal."""


def _person(record: FtmRecord) -> None:
    """State a person's names and public role, and nothing else of the person."""
    several = len(record.entity.of("position")) > 1
    if several:
        record.leave_out(".position (several)")
    record.thing({**record.names(), "public_role": "" if several else record.line("position")}, marking=INTERNAL)


def _organization(record: FtmRecord) -> None:
    """State an organization, company or public body, with its channels."""
    country = record.country("mainCountry", "jurisdiction", "country")
    values = {
        **record.names(),
        "acronym": record.line("abbreviation"),
        "summary": record.text("summary", "description"),
        "website": record.line("website"),
        "existence": record.period("incorporationDate", "dissolutionDate"),
        "government" if record.entity.schema == "PublicBody" else "country": country,
    }
    party = record.thing(values, schemes=_REGISTERS)
    if parent := record.entity.one("parent"):
        record.edge("PART_OF", party, record.ids.named(parent, otherwise="organization"))
    for channel in ("email", "phone"):
        for value in record.entity.of(channel):
            point = opaque_id("contact", party, channel, value)
            reached = {"channel": {"kind": channel, "value": value}, "kind_of_owner": "body"}
            record.edge("REACHED_AT", party, record.node(point, reached, marking=INTERNAL), marking=INTERNAL)


def _position(record: FtmRecord) -> None:
    """State a post, and the organizations that it is in."""
    if record.entity.of("country"):
        record.leave_out(".country")
    post = record.thing(record.names())
    for body in record.entity.of("organization"):
        record.edge("POST_IN", post, record.ids.named(body, otherwise="organization"))


def _project(record: FtmRecord) -> None:
    """State a project; what its amount measures the file does not tell, so that is left out."""
    if record.entity.of("amount", "amountEur", "amountUsd"):
        record.leave_out(".amount (nothing tells what it measures)")
    values = {
        **record.names(),
        "description": record.text("description", "summary", "goal"),
        "status": record.line("status"),
        "period": record.period(),
    }
    record.thing(values, schemes={"projectId": "PROJECT"})


def _payment(record: FtmRecord) -> None:
    """State a payment: what was paid, in the currency of the file, by whom to whom."""
    amount, currency = _amount(record.entity)
    if not (day := record.day("date", "startDate")):
        raise Refusal("the payment has no day", fix="write the day in `date`", code=MISSING, column="date")
    ends = {end: _party(record, name) for end, name in (("provider", "payer"), ("receiver", "beneficiary"))}
    values = {
        "money": {"amount": amount, "currency": currency.upper(), "measure": "disbursement", "value_date": day},
        "reference": record.line("transactionNumber", "sequenceNumber"),
        "transaction_kind": "payment",
        "description": record.text("purpose", "summary"),
        **ends,
    }
    # a person's gift is nobody's business but the office's
    marking = _marking(*ends.values())
    transaction = record.thing(values, marking=marking)
    for project in record.entity.of("project"):
        record.edge("UNDER", transaction, record.ids.named(project, otherwise="project"), marking=marking)


def _amount(entity: FtmEntity) -> tuple[str, str]:
    for amounts, currencies in (
        (entity.of("amount"), entity.of("currency")),
        (entity.of("amountEur"), ("EUR",)),
        (entity.of("amountUsd"), ("USD",)),
    ):
        if len(amounts) == len(currencies) == 1:
            return amounts[0], currencies[0]
    reason, fix = "the payment has no amount with a currency, or several", "write one amount and its currency"
    raise Refusal(reason, fix=fix, code=CELL, column="amount", value=", ".join(entity.of("amount", "currency")))


def _party(record: FtmRecord, name: str) -> str:
    ends = record.entity.of(name)
    if len(ends) > 1:
        record.leave_out(f".{name} (several)")
    return record.ids.named(ends[0], otherwise="organization") if len(ends) == 1 else ""


def _marking(*ends: str) -> int:
    return INTERNAL if any(end.startswith("person:") for end in ends) else 0


def _occupancy(record: FtmRecord) -> None:
    """State that a person holds a post."""
    ends = record.ends(("holder", "person"), ("post", "post"))
    term = record.term(is_open=record.entity.of("status") == ("current",))
    for holder, post in ends:
        record.edge("HOLDS", holder, post, term, marking=INTERNAL)


def _membership(record: FtmRecord) -> None:
    """State that a party belongs to a body; none where the body is a company, which has no members."""
    ends = record.ends(("member", "organization"), ("organization", "organization"))
    if any(body.startswith("company:") for _, body in ends):
        record.leave_out(" (of a company)")
        return
    _join(record, "MEMBER_OF", ends, {"category": record.line("role")})


def _participation(record: FtmRecord) -> None:
    """State that a party carries out a project."""
    ends = record.ends(("participant", "organization"), ("project", "project"))
    _join(record, "IMPLEMENTS", ends, {"role": record.line("role")})


def _succession(record: FtmRecord) -> None:
    """State that an organization took another's place."""
    _join(record, "SUCCEEDED_BY", record.ends(("predecessor", "organization"), ("successor", "organization")), {})


def _join(record: FtmRecord, kind: str, ends: Iterable[tuple[str, str]], values: Mapping[str, Any]) -> None:
    values = {**values, **record.term()}
    for source, target in ends:
        record.edge(kind, source, target, values, marking=_marking(source, target))


def _held(record: FtmRecord, *, who: str, where: str, usual: str) -> None:
    """State a post in an organization by its role, and the people who hold it; organizations hold no posts."""
    role = record.line("role") or usual
    ends = record.ends((who, "person"), (where, "organization"))
    references = product(record.entity.of(who), record.entity.of(where))
    for (holder, body), (_, reference) in zip(ends, references, strict=True):
        if not holder.startswith("person:"):
            record.leave_out(" (of an organization)")
            continue
        post = record.node(record.ids.post(reference, role), {"name": role})
        record.edge("POST_IN", post, body)
        record.edge("HOLDS", holder, post, record.term(), marking=INTERNAL)


STATES: dict[str, States] = {
    "Company": _organization,
    "LegalEntity": _organization,
    "Organization": _organization,
    "Payment": _payment,
    "Person": _person,
    "Position": _position,
    "Project": _project,
    "PublicBody": _organization,
    "Directorship": partial(_held, who="director", where="organization", usual="director"),
    "Employment": partial(_held, who="employee", where="employer", usual="employee"),
    "Membership": _membership,
    "Occupancy": _occupancy,
    "ProjectParticipant": _participation,
    "Succession": _succession,
}
"""What each schema that has a place in the graph says: things, then what joins them."""


# Entities of thousands of names have about a megabyte.
LONGEST_LINE = 4_000_000
_FIX = "write one entity a line: id, schema and properties, each property a list of texts"
_PRIVATE = frozenset(("Address", "Associate", "Family", "Identification", "Passport", "Risk", "Sanction"))
_SUFFIX = re.compile(r"(\.ftm)?(\.i?json|\.jsonl)?$", re.IGNORECASE)

_REMARKS = {
    "schemata": "skipped, because the graph has no place for them: {listed}",
    "private": "never read on principle: {listed}",
    "people": (
        "of {count} people only names and public roles were read, and they are internal; dates and places of birth,"
        " nationality, numbers, addresses and risk labels never are"
    ),
    "left out": "left out of entities that were taken: {listed}",
}


class _FtmFile:
    """One file while it is read, and what of it has no place in the graph."""

    def __init__(self, ids: FtmIds, name: str) -> None:
        self._ids = ids
        self._name = name
        self._remarks = Remarks(_REMARKS)

    def record(self, line: TextLine) -> SourceRecord:
        """Return the record of a line; a line that is no entity raises when it is asked what it says."""
        try:
            entity = _entity(line)
        except Refusal as refusal:
            return SourceRecord(line.number, ("", ""), refusing(refusal))
        where = f"{self._name}:{line.number}"
        for name, values in entity.properties.items():
            stop_if_classified(values, header=(name,) * len(values), where=where)
        return SourceRecord(line.number, (entity.id, entity.schema), lambda: self._stated(entity))

    def notes(self, file: str) -> Iterator[str]:
        """Give sentences on what was left out and why."""
        yield from self._remarks.notes(file)
        if self._ids.absent:
            yield (
                f"{self._ids.absent} references are to entities that were not in the files; what hangs on them waits"
                " until they are loaded together"
            )

    def _stated(self, entity: FtmEntity) -> StatedRow | None:
        record = FtmRecord(entity=entity, ids=self._ids, left_out=self._remarks["left out"])
        if entity.schema in STATES:
            STATES[entity.schema](record)
        else:
            self._remarks["schemata"][entity.schema[:100]] += 1
            self._remarks["private"][entity.schema] += entity.schema in _PRIVATE
        self._remarks["people"]["all"] += entity.schema == "Person"
        url = entity.one("sourceUrl")
        content = record.content(url=url if len(url) <= LONGEST_URL else "")
        return (entity.id, content) if content.statements else None


def _entity(line: TextLine) -> FtmEntity:
    """Return the entity of a line."""
    if line.is_cut:
        raise Refusal(f"the line is longer than {LONGEST_LINE:,} characters", fix="take it out or part it", code=SHAPE)
    parsed = _object(line.text)
    identifier, schema, properties = parsed.get("id"), parsed.get("schema"), parsed.get("properties", {})
    if not isinstance(identifier, str) or not identifier.strip() or len(identifier) > LONGEST_KEY:
        raise Refusal("the entity has no id, or one that is too long", fix="give it a text of its own as id", code=KEY)
    if not isinstance(schema, str) or not isinstance(properties, dict):
        raise Refusal("the entity has no schema or no properties", fix=_FIX, code=SHAPE, value=identifier)
    texts = {name: _texts(name, values, identifier) for name, values in properties.items()}
    caption = parsed.get("caption")
    entity = FtmEntity(identifier.strip(), schema, texts, caption if isinstance(caption, str) else "")
    written = (identifier, schema, *texts, *(text for values in texts.values() for text in values), entity.caption)
    if fault := _fault("\n".join(written)):
        raise Refusal(f"the entity holds {fault}", fix="export the file again", code=SHAPE)
    return entity


def _object(text: str) -> dict[str, Any]:
    try:
        parsed = _DECODER.decode(text)
    except RecursionError:
        raise Refusal("the line is nested too deeply for an entity", fix=_FIX, code=SHAPE) from None
    except ValueError as error:
        reason = str(error).partition(":")[0][:200]
        raise Refusal(f"the line is not JSON ({reason})", fix=_FIX, code=SHAPE, value=text[:200]) from None
    if not isinstance(parsed, dict):
        raise Refusal("the line is no JSON object", fix=_FIX, code=SHAPE, value=text[:200])
    return parsed


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        raise ValueError("a key stands there twice")
    return unique


def _no_number(text: str) -> str:
    raise ValueError(f"{text} is no number")


# numbers stay as they are written: an amount is no floating-point number
_DECODER = json.JSONDecoder(object_pairs_hook=_without_twins, parse_int=str, parse_float=str, parse_constant=_no_number)


def _texts(name: str, values: object, identifier: str) -> tuple[str, ...]:
    listed = values if isinstance(values, list) else [values]
    for value in listed:
        if value is not None and not isinstance(value, str):
            reason = "an entity inside another" if isinstance(value, dict) else "something else than texts"
            raise Refusal(
                f"property {name!r} holds {reason}",
                fix="load the file of single entities (entities.ftm.json), not that of nested targets",
                code=CELL,
                column=name[:100],
                value=identifier,
            )
    return tuple(dict.fromkeys(text for value in listed if isinstance(value, str) and (text := value.strip())))


def _fault(text: str) -> str:
    if "\0" in text:
        return "a NUL character"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "half of a character (a lone surrogate)"
    return ""


@contextmanager
def _filled_lines(path: Path, progress: Progress | None = None) -> Iterator[tuple[Iterator[TextLine], str]]:
    with text_lines(path, longest=LONGEST_LINE, progress=progress) as (lines, note):
        yield (line for line in lines if line.text and not line.text.isspace()), note


def _entities(files: Sequence[Path]) -> Iterator[FtmEntity]:
    for path in files:
        with _filled_lines(path) as (lines, _):
            for line in lines:
                with suppress(Refusal):
                    yield _entity(line)


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    stem = _SUFFIX.sub("", files[0].name)
    title = "FollowTheMoney entities of"
    card = card_of_file("ftm", title, files[0], words, stem=stem, rank=60, marking="internal")
    known: list[FtmIds] = []

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        if not known:  # the first look at all files of the load
            known.append(FtmIds(card.source, _entities(files)))
        reading = _FtmFile(known[0], path.name)
        with _filled_lines(path, progress) as (lines, note):
            file = OpenFile(path.name, f"{path.name}:", ("id", "schema"), map(reading.record, lines), [note])
            yield noted(file, reading.notes)

    return SourceReader(card, ("id",), opened, reloads=False)


def _fits(head: Head) -> bool:
    first = head.text.lstrip().partition("\n")[0]
    return first.startswith("{") and '"schema"' in first and '"properties"' in first


FTM = Format(
    name="ftm",
    title="FollowTheMoney entities",
    suffixes=(".json", ".ijson", ".jsonl"),
    fits=_fits,
    feed=_reader,
    example=(
        '{"id": "a1", "schema": "Organization", "properties": {"name": ["Example Relief"], "country": ["gh"]}}\n'
        '{"id": "p1", "schema": "Person", "properties": {"name": ["Ada Okafor"], "position": ["Director"]}}\n'
        '{"id": "d1", "schema": "Directorship", "properties": {"director": ["p1"], "organization": ["a1"],'
        ' "startDate": ["2031"]}}\n'
    ),
)
