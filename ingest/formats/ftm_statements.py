"""What the things of FollowTheMoney say: people, organizations, posts, projects, payments."""

from collections.abc import Callable
from itertools import product
from typing import Any, TypeAlias

from graph.domain.marking import Marking
from graph.statements import EdgeStatement, NodeStatement
from ingest.formats.ftm_entities import (
    FtmEntity,
    FtmIds,
    LeftOut,
    country_of,
    day_of,
    identifiers_of,
    interval,
    names_of,
)
from ingest.record_builder import as_line, edge, node, opaque_id
from ingest.rejections import CELL, MISSING, Refusal

Statements: TypeAlias = list[NodeStatement | EdgeStatement]
States: TypeAlias = Callable[[FtmEntity, FtmIds, LeftOut], Statements]

INTERNAL = int(Marking.INTERNAL)
_CHANNELS = {"email": "email", "phone": "phone"}
_LONGEST_TEXT = 20_000


def person(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a person's names and public role, and nothing else of the person."""
    if len(entity.of("position")) > 1:
        left_out["Person.position (several)"] += 1
    role = entity.one("position") if len(entity.of("position")) == 1 else ""
    values = {**names_of(entity), "public_role": as_line(role), "identifiers": identifiers_of(entity, registers=False)}
    return [node(ids.of(entity), values, marking=INTERNAL)]


def organization(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State an organization, company or public body, with its channels."""
    party = ids.of(entity)
    country = country_of(entity, left_out, "mainCountry", "jurisdiction", "country")
    existence = interval(day_of(entity, left_out, "incorporationDate"), day_of(entity, left_out, "dissolutionDate"))
    values: dict[str, Any] = {
        **names_of(entity),
        "acronym": as_line(entity.one("abbreviation")),
        "identifiers": identifiers_of(entity, registers=True),
        "summary": entity.one("summary", "description")[:_LONGEST_TEXT],
        "website": as_line(entity.one("website")),
        "existence": existence,
        "government" if entity.schema == "PublicBody" else "country": country,
    }
    statements: Statements = [node(party, values)]
    if parent := entity.one("parent"):
        statements.append(edge("PART_OF", party, ids.named(parent, otherwise="organization")))
    for name, channel in _CHANNELS.items():
        for value in entity.of(name):
            point = opaque_id("contact", party, channel, value)
            values = {"channel": {"kind": channel, "value": value}, "kind_of_owner": "body"}
            statements += [node(point, values, marking=INTERNAL), edge("REACHED_AT", party, point, marking=INTERNAL)]
    return statements


def position(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a post, and the organizations that it is in."""
    post = ids.of(entity)
    if entity.of("country"):
        left_out["Position.country"] += 1
    statements: Statements = [node(post, {**names_of(entity), "identifiers": identifiers_of(entity, registers=False)})]
    return statements + [
        edge("POST_IN", post, ids.named(body, otherwise="organization")) for body in entity.of("organization")
    ]


def project(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a project; what its amount measures the file does not tell, so that is left out."""
    if entity.of("amount", "amountEur", "amountUsd"):
        left_out["Project.amount (nothing tells what it measures)"] += 1
    numbers = [as_line(f"PROJECT:{number}") for number in entity.of("projectId")]
    values = {
        **names_of(entity),
        "identifiers": [*identifiers_of(entity, registers=False), *numbers],
        "description": entity.one("description", "summary", "goal")[:_LONGEST_TEXT],
        "status": as_line(entity.one("status")),
        "period": interval(day_of(entity, left_out, "startDate"), day_of(entity, left_out, "endDate")),
    }
    return [node(ids.of(entity), values)]


def payment(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State a payment: what was paid, in the currency of the file, by whom to whom.

    Raises:
        Refusal: It has no amount, currency or day, or several.
    """
    transaction = ids.of(entity)
    amount, currency = _amount(entity)
    day = day_of(entity, left_out, "date", "startDate")
    if not day:
        raise Refusal("the payment has no day", fix="write the day in `date`", code=MISSING, column="date")
    ends = {
        "provider": _party(entity, ids, left_out, "payer"),
        "receiver": _party(entity, ids, left_out, "beneficiary"),
    }
    values = {
        "money": {"amount": amount, "currency": currency.upper(), "measure": "disbursement", "value_date": day},
        "identifiers": identifiers_of(entity, registers=False),
        "reference": as_line(entity.one("transactionNumber", "sequenceNumber")),
        "transaction_kind": "payment",
        "description": entity.one("purpose", "summary")[:_LONGEST_TEXT],
        **ends,
    }
    # a person's gift is nobody's business but the office's
    marking = INTERNAL if any(end.startswith("person:") for end in ends.values()) else 0
    statements: Statements = [node(transaction, values, marking=marking)]
    return statements + [
        edge("UNDER", transaction, ids.named(project_id, otherwise="project"), marking=marking)
        for project_id in entity.of("project")
    ]


def _amount(entity: FtmEntity) -> tuple[str, str]:
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


def _party(entity: FtmEntity, ids: FtmIds, left_out: LeftOut, name: str) -> str:
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


def occupancy(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that a person holds a post."""
    ends = _ends(entity, ids, ("holder", "person"), ("post", "post"))
    period = _period(entity, left_out, is_open=entity.of("status") == ("current",))
    return [edge("HOLDS", holder, post, period, marking=INTERNAL) for holder, post in ends]


def membership(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that a party belongs to a body; none where the body is a company, which has no members."""
    ends = _ends(entity, ids, ("member", "organization"), ("organization", "organization"))
    if any(body.startswith("company:") for _, body in ends):
        left_out["Membership (of a company)"] += 1
        return []
    values = {"category": as_line(entity.one("role")), **_period(entity, left_out)}
    return [edge("MEMBER_OF", member, body, values, marking=_marking(member)) for member, body in ends]


def directorship(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State the post of a director, and who holds it."""
    return _held(entity, ids, left_out, "director", "organization", "director")


def employment(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State the post of an employee, and who holds it."""
    return _held(entity, ids, left_out, "employee", "employer", "employee")


def participation(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that a party carries out a project."""
    ends = _ends(entity, ids, ("participant", "organization"), ("project", "project"))
    values = {"role": as_line(entity.one("role")), **_period(entity, left_out)}
    return [edge("IMPLEMENTS", party, project, values, marking=_marking(party)) for party, project in ends]


def succession(entity: FtmEntity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that an organization took another's place."""
    ends = _ends(entity, ids, ("predecessor", "organization"), ("successor", "organization"))
    period = _period(entity, left_out)
    return [edge("SUCCEEDED_BY", before, after, period, marking=_marking(before, after)) for before, after in ends]


def _held(entity: FtmEntity, ids: FtmIds, left_out: LeftOut, who: str, where: str, usual: str) -> Statements:
    """State a post in an organization by its role, and the people who hold it; organizations hold no posts."""
    role = as_line(entity.one("role")) or usual
    statements: Statements = []
    for (holder, body), reference in zip(
        _ends(entity, ids, (who, "person"), (where, "organization")),
        [body for _, body in product(entity.of(who), entity.of(where))],
        strict=True,
    ):
        if not holder.startswith("person:"):
            left_out[f"{entity.schema} (of an organization)"] += 1
            continue
        post = ids.post(reference, role)
        statements += [
            node(post, {"name": role}),
            edge("POST_IN", post, body),
            edge("HOLDS", holder, post, _period(entity, left_out), marking=INTERNAL),
        ]
    return statements


def _ends(entity: FtmEntity, ids: FtmIds, source: tuple[str, str], target: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the ids of both ends, each with each; an end is a property and the kind it has where nothing tells.

    Raises:
        Refusal: One of them is missing.
    """
    for name, _ in (source, target):
        if not entity.of(name):
            raise Refusal(f"the {entity.schema} has no {name}", fix=f"name it in `{name}`", code=MISSING, column=name)
    sources = [ids.named(reference, otherwise=source[1]) for reference in entity.of(source[0])]
    targets = [ids.named(reference, otherwise=target[1]) for reference in entity.of(target[0])]
    return list(product(sources, targets))


def _period(entity: FtmEntity, left_out: LeftOut, *, is_open: bool = False) -> dict[str, Any]:
    start, end = day_of(entity, left_out, "startDate"), day_of(entity, left_out, "endDate")
    seen = day_of(entity, left_out, "date")
    return {"period": interval(start, end, is_open=is_open), "attested_on": [seen] if seen else []}


def _marking(*ends: str) -> int:
    return INTERNAL if any(end.startswith("person:") for end in ends) else 0


TIES: dict[str, States] = {
    "Directorship": directorship,
    "Employment": employment,
    "Membership": membership,
    "Occupancy": occupancy,
    "ProjectParticipant": participation,
    "Succession": succession,
}
"""What each schema that becomes a relationship says."""
