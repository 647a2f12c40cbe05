"""What the entities of FollowTheMoney say: people, organizations, posts, projects, payments, and what joins them."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import product
from typing import Any, TypeAlias

from iga.ingest.formats.ftm_entities import FtmEntity, FtmRecord
from iga.ingest.record_builder import INTERNAL, opaque_id
from iga.ingest.rejections import CELL, MISSING, Refusal

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
    """State a payment: what was paid, in the currency of the file, by whom to whom.

    Raises:
        Refusal: It has no amount, currency or day, or several.
    """
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
