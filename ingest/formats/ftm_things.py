"""What the things of FollowTheMoney say: people, organizations, posts, projects, payments."""

from collections.abc import Callable
from typing import Any, TypeAlias

from graph.domain.marking import Marking
from graph.statements import EdgeStatement, NodeStatement
from ingest.formats.ftm_entity import Entity
from ingest.formats.ftm_ids import FtmIds
from ingest.formats.ftm_values import LeftOut, country_of, day_of, identifiers_of, interval, names_of
from ingest.formats.stating import as_line, edge, node, opaque_id
from ingest.rejections import CELL, MISSING, Refusal

Statements: TypeAlias = list[NodeStatement | EdgeStatement]
States: TypeAlias = Callable[[Entity, FtmIds, LeftOut], Statements]

INTERNAL = int(Marking.INTERNAL)
_CHANNELS = {"email": "email", "phone": "phone"}
_LONGEST_TEXT = 20_000


def person(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a person's names and public role, and nothing else of the person."""
    if len(entity.of("position")) > 1:
        left_out["Person.position (several)"] += 1
    role = entity.one("position") if len(entity.of("position")) == 1 else ""
    known = {**names_of(entity), "public_role": as_line(role), "identifiers": identifiers_of(entity, registers=False)}
    return [node(ids.of(entity), known, marking=INTERNAL)]


def organization(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State an organization, company or public body, with its channels."""
    it = ids.of(entity)
    country = country_of(entity, left_out, "mainCountry", "jurisdiction", "country")
    existence = interval(day_of(entity, left_out, "incorporationDate"), day_of(entity, left_out, "dissolutionDate"))
    known: dict[str, Any] = {
        **names_of(entity),
        "acronym": as_line(entity.one("abbreviation")),
        "identifiers": identifiers_of(entity, registers=True),
        "summary": entity.one("summary", "description")[:_LONGEST_TEXT],
        "website": as_line(entity.one("website")),
        "existence": existence,
        "government" if entity.schema == "PublicBody" else "country": country,
    }
    said: Statements = [node(it, known)]
    if parent := entity.one("parent"):
        said.append(edge("PART_OF", it, ids.named(parent, otherwise="organization")))
    for name, channel in _CHANNELS.items():
        for value in entity.of(name):
            point = opaque_id("contact", it, channel, value)
            values = {"channel": {"kind": channel, "value": value}, "kind_of_owner": "body"}
            said += [node(point, values, marking=INTERNAL), edge("REACHED_AT", it, point, marking=INTERNAL)]
    return said


def position(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a post, and the organizations that it is in."""
    it = ids.of(entity)
    if entity.of("country"):
        left_out["Position.country"] += 1
    said: Statements = [node(it, {**names_of(entity), "identifiers": identifiers_of(entity, registers=False)})]
    return said + [edge("POST_IN", it, ids.named(body, otherwise="organization")) for body in entity.of("organization")]


def project(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a project; what its amount measures the file does not tell, so that is left out."""
    if entity.of("amount", "amountEur", "amountUsd"):
        left_out["Project.amount (nothing tells what it measures)"] += 1
    numbers = [as_line(f"PROJECT:{number}") for number in entity.of("projectId")]
    known = {
        **names_of(entity),
        "identifiers": [*identifiers_of(entity, registers=False), *numbers],
        "description": entity.one("description", "summary", "goal")[:_LONGEST_TEXT],
        "status": as_line(entity.one("status")),
        "period": interval(day_of(entity, left_out, "startDate"), day_of(entity, left_out, "endDate")),
    }
    return [node(ids.of(entity), known)]


def payment(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a payment: what was paid, in the currency of the file, by whom to whom.

    Raises:
        Refusal: It has no amount, currency or day, or several.
    """
    it = ids.of(entity)
    amount, currency = _amount(entity)
    day = day_of(entity, left_out, "date", "startDate")
    if not day:
        raise Refusal("the payment has no day", fix="write the day in `date`", code=MISSING, column="date")
    ends = {
        "provider": _party(entity, ids, left_out, "payer"),
        "receiver": _party(entity, ids, left_out, "beneficiary"),
    }
    known = {
        "money": {"amount": amount, "currency": currency.upper(), "measure": "disbursement", "value_date": day},
        "identifiers": identifiers_of(entity, registers=False),
        "reference": as_line(entity.one("transactionNumber", "sequenceNumber")),
        "transaction_kind": "payment",
        "description": entity.one("purpose", "summary")[:_LONGEST_TEXT],
        **ends,
    }
    # a person's gift is nobody's business but the office's
    marking = INTERNAL if any(end.startswith("person:") for end in ends.values()) else 0
    said: Statements = [node(it, known, marking=marking)]
    return said + [
        edge("UNDER", it, ids.named(one, otherwise="project"), marking=marking) for one in entity.of("project")
    ]


def _amount(entity: Entity) -> tuple[str, str]:
    for amounts, currencies in (
        (entity.of("amount"), entity.of("currency")),
        (entity.of("amountEur"), ("EUR",)),
        (entity.of("amountUsd"), ("USD",)),
    ):
        if len(amounts) == len(currencies) == 1:
            return amounts[0], currencies[0]
    raise Refusal(
        "the payment has no amount with a currency, or several",
        fix="write one amount and its currency",
        code=CELL,
        column="amount",
        value=", ".join(entity.of("amount", "currency")),
    )


def _party(entity: Entity, ids: FtmIds, left_out: LeftOut, name: str) -> str:
    ends = entity.of(name)
    if len(ends) > 1:
        left_out[f"Payment.{name} (several)"] += 1
    return ids.named(ends[0], otherwise="organization") if len(ends) == 1 else ""


THINGS: dict[str, States] = {
    "Company": organization,
    "LegalEntity": organization,
    "Organization": organization,
    "Payment": payment,
    "Person": person,
    "Position": position,
    "Project": project,
    "PublicBody": organization,
}
"""What each schema that becomes a node says."""
