"""The things of the graph as FollowTheMoney entities."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from exports.files.party_rows import unusable
from exports.graphs.subgraph import StoredNode, Subgraph
from exports.wording import is_link
from queries.core.wording import counted

Entity = dict[str, Any]

_AS_IT_IS = re.compile(r"[a-z0-9:-]*[a-z0-9]")

SCHEMATA: Mapping[str, str] = {
    "Government": "PublicBody",
    "PublicBody": "PublicBody",
    "InternationalOrganization": "Organization",
    "Forum": "Organization",
    "SurvivorCouncil": "Organization",
    "Ngo": "Organization",
    "Company": "Company",
    "AcademicInstitution": "Organization",
    "MediaOrganization": "Organization",
    "Organization": "Organization",
    "Person": "Person",
    "Post": "Position",
    "Project": "Project",
    "Transaction": "Payment",
    "Engagement": "Event",
}
"""The schema of each class that has one."""

_PAID = ("disbursement", "outlay", "expenditure")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_PHONE = re.compile(r"\+\d[\d ().-]{5,30}")
_REGISTERS = {
    "XI-LEI": "leiCode",
    "LEI": "leiCode",
    "WIKIDATA": "wikidataId",
    "DUNS": "dunsCode",
    "UEI": "uniqueEntityId",
}
_ORGANIZATIONS = frozenset(("PublicBody", "Organization", "Company"))


@dataclass
class JoinedThings:
    """What relationships say that FollowTheMoney writes at the things themselves.

    Attributes:
        bodies: Bodies of each post.
        parents: What each organization is part of.
        channels: E-mail addresses and phone numbers of each party that may be used, with the property of each.
        projects: Projects of each transaction.
        organizers, involved: Of each engagement.
        codes: ISO 3166 alpha-2 code of each government.
    """

    bodies: dict[str, list[str]] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=dict)
    channels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    projects: dict[str, list[str]] = field(default_factory=dict)
    organizers: dict[str, list[str]] = field(default_factory=dict)
    involved: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    _refused: int = 0
    _of_posts: int = 0

    @classmethod
    def of(cls, part: Subgraph) -> "JoinedThings":
        """Return what the relationships of a part say."""
        joined = cls(parties=frozenset(it for it, name in part.classes.items() if name in SCHEMATA))
        points = {}
        for node in part.nodes():
            if node.cls == "ContactPoint":
                points[node.id] = node.values
            elif node.cls == "Government" and node.values.get("iso2"):
                joined.codes[node.id] = str(node.values["iso2"]).lower()
        for edge in part.edges():
            schema = SCHEMATA.get(part.classes[edge.source], "")
            to = SCHEMATA.get(part.classes[edge.target], "")
            if edge.type == "POST_IN" and to in _ORGANIZATIONS:
                joined.bodies.setdefault(edge.source, []).append(edge.target)
            elif edge.type == "PART_OF" and schema in _ORGANIZATIONS and to in _ORGANIZATIONS:
                joined.parents.setdefault(edge.source, []).append(edge.target)
            elif edge.type == "UNDER" and schema == "Payment" and to == "Project":
                joined.projects.setdefault(edge.source, []).append(edge.target)
            elif edge.type == "ORGANIZED" and schema:
                joined.organizers.setdefault(edge.target, []).append(edge.source)
            elif edge.type == "PARTICIPATED" and schema not in ("", "Position"):
                joined.involved.setdefault(edge.target, []).append(edge.source)
            elif edge.type == "REACHED_AT":
                joined._reach(edge.source, schema, points.get(edge.target, {}))
        return joined

    def notes(self) -> list[str]:
        """Return sentences on channels that were left out."""
        notes = []
        if self._refused:
            notes.append(f"{counted(self._refused, 'channel')} that bounced or must not be used left out")
        if self._of_posts:
            others = f"{counted(self._of_posts, 'channel')} of posts or of other kinds left out"
            notes.append(f"{others}: FollowTheMoney has e-mail addresses and phone numbers of parties alone")
        return notes

    def _reach(self, owner: str, schema: str, point: Mapping[str, Any]) -> None:
        kind, value = point.get("channel_kind"), str(point.get("channel_value", ""))
        if unusable(point):
            self._refused += 1
        elif schema not in (*_ORGANIZATIONS, "Person") or kind not in ("email", "phone", "hotline"):
            self._of_posts += 1
        elif kind == "email" and _EMAIL.fullmatch(value):
            self.channels.setdefault(owner, []).append(("email", value))
        elif kind != "email" and _PHONE.fullmatch(value):
            self.channels.setdefault(owner, []).append(("phone", value))
        else:
            self._of_posts += 1


def ftm_id(it: str) -> str:
    """Return an id of ours as FollowTheMoney can take it: letters, digits, points and hyphens; always the same.

    Colons become points. An id that holds points itself, or what has no place, becomes its kind and a digest.
    """
    if _AS_IT_IS.fullmatch(it):
        return it.replace(":", ".")
    return f"{it.partition(':')[0]}.{blake2b(it.encode(), digest_size=12).hexdigest()}"


def thing(node: StoredNode, joined: JoinedThings) -> Entity | None:
    """Return a thing as an entity; None when it is a transaction that is no payment from somebody to somebody."""
    schema = SCHEMATA[node.cls]
    values = node.values
    if schema == "Payment":
        payment = _payment(node, joined)
        return None if payment is None else _entity(node, payment)
    properties: dict[str, list[str]] = {
        "name": [node.name],
        "alias": [n for n in values.get("aliases", ()) if n != node.name],
    }
    properties["summary"] = _texts(values.get("summary"))
    if schema in _ORGANIZATIONS:
        properties |= _organization(node, joined)
    elif schema == "Person":
        properties["position"] = _texts(values.get("public_role"))
        properties["lastName"] = _texts(values.get("family_name"))
    elif schema == "Position":
        properties["organization"] = _ids(joined.bodies.get(node.id, []))
        properties["alias"] += values.get("titles", [])
    elif schema == "Project":
        properties |= _project(values)
    else:
        properties |= _event(node, joined)
    for kind, value in joined.channels.get(node.id, ()):
        properties.setdefault(kind, []).append(value)
    filled = {name: list(dict.fromkeys(texts)) for name, texts in properties.items() if texts}
    return _entity(node, filled)


def _entity(node: StoredNode, properties: dict[str, list[str]]) -> Entity:
    return {
        "id": ftm_id(node.id),
        "caption": node.name,
        "schema": SCHEMATA[node.cls],
        "properties": properties,
        "iga_id": node.id,
    }


def days_of(values: Mapping[str, Any], *, name: str = "period", start: str, end: str) -> dict[str, list[str]]:
    """Return the days of an interval under the names of two properties."""
    return {start: _texts(values.get(f"{name}_start")), end: _texts(values.get(f"{name}_end"))}


def _texts(value: Any) -> list[str]:
    return [str(value)] if value not in (None, "") else []


def _ids(ids: Iterable[str]) -> list[str]:
    return [ftm_id(it) for it in ids]


def _organization(node: StoredNode, joined: JoinedThings) -> dict[str, list[str]]:
    values = node.values
    of = str(values.get("government") or values.get("country") or (node.id if node.cls == "Government" else ""))
    properties = {
        "abbreviation": _texts(values.get("acronym")),
        "website": [site] if is_link(site := str(values.get("website", ""))) else [],
        "parent": _ids(joined.parents.get(node.id, [])[:1]),
        "country": _texts(joined.codes.get(of)),
        "legalForm": _texts(values.get("organization_kind") or values.get("body_kind") or values.get("forum_kind")),
        "weakAlias": [],
    }
    properties |= days_of(values, name="existence", start="incorporationDate", end="dissolutionDate")
    for identifier in values.get("identifiers", ()):
        scheme, _, value = identifier.partition(":")
        if scheme in _REGISTERS and value:
            properties.setdefault(_REGISTERS[scheme], []).append(value)
    return properties


def _project(values: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        "description": _texts(values.get("description")),
        "status": _texts(values.get("status")),
        **days_of(values, start="startDate", end="endDate"),
    }


def _event(node: StoredNode, joined: JoinedThings) -> dict[str, list[str]]:
    values = node.values
    return {
        **days_of(values, start="startDate", end="endDate"),
        "location": _texts(values.get("place")),
        "keywords": _texts(values.get("engagement_kind")),
        "organizer": _ids(joined.organizers.get(node.id, [])),
        "involved": _ids(joined.involved.get(node.id, [])),
    }


def _payment(node: StoredNode, joined: JoinedThings) -> dict[str, list[str]] | None:
    values = node.values
    payer, receiver = values.get("provider"), values.get("receiver")
    if values.get("money_measure") not in _PAID or not {payer, receiver} <= joined.parties:
        return None
    payment = {
        "payer": _ids([str(payer)]),
        "beneficiary": _ids([str(receiver)]),
        "amount": [values["money_amount"]],
        "currency": [values["money_currency"]],
        "date": _texts(values.get("money_value_date")),
        "purpose": _texts(values.get("description")),
        "transactionNumber": _texts(values.get("reference")),
        "project": _ids(joined.projects.get(node.id, [])),
    }
    return {name: texts for name, texts in payment.items() if texts}
