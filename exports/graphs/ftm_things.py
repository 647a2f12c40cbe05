"""The things of the graph as FollowTheMoney entities."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from exports.files.party_rows import unusable
from exports.graphs.part import Node, Part
from exports.wording import counted, is_link

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
_REGISTERS = {"XI-LEI": "leiCode", "LEI": "leiCode", "WIKIDATA": "wikidataId", "DUNS": "dunsCode",
              "UEI": "uniqueEntityId"}  # fmt: skip
_ORGANIZATIONS = frozenset(("PublicBody", "Organization", "Company"))


@dataclass
class Joined:
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
    def of(cls, part: Part) -> "Joined":
        """Return what the relationships of a part say."""
        found = cls(parties=frozenset(it for it, name in part.classes.items() if name in SCHEMATA))
        points = {}
        for node in part.nodes():
            if node.cls == "ContactPoint":
                points[node.id] = node.values
            elif node.cls == "Government" and node.values.get("iso2"):
                found.codes[node.id] = str(node.values["iso2"]).lower()
        for edge in part.edges():
            schema = SCHEMATA.get(part.classes[edge.source], "")
            to = SCHEMATA.get(part.classes[edge.target], "")
            if edge.type == "POST_IN" and to in _ORGANIZATIONS:
                found.bodies.setdefault(edge.source, []).append(edge.target)
            elif edge.type == "PART_OF" and schema in _ORGANIZATIONS and to in _ORGANIZATIONS:
                found.parents.setdefault(edge.source, []).append(edge.target)
            elif edge.type == "UNDER" and schema == "Payment" and to == "Project":
                found.projects.setdefault(edge.source, []).append(edge.target)
            elif edge.type == "ORGANIZED" and schema:
                found.organizers.setdefault(edge.target, []).append(edge.source)
            elif edge.type == "PARTICIPATED" and schema not in ("", "Position"):
                found.involved.setdefault(edge.target, []).append(edge.source)
            elif edge.type == "REACHED_AT":
                found._reach(edge.source, schema, points.get(edge.target, {}))
        return found

    def notes(self) -> list[str]:
        """Return sentences on channels that were left out."""
        said = []
        if self._refused:
            said.append(f"{counted(self._refused, 'channel')} that bounced or must not be used left out")
        if self._of_posts:
            said.append(f"{counted(self._of_posts, 'channel')} of posts or of other kinds left out: FollowTheMoney has"
                        " e-mail addresses and phone numbers of parties alone")  # fmt: skip
        return said

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


def thing(node: Node, joined: Joined) -> Entity | None:
    """Return a thing as an entity; None when it is a transaction that is no payment from somebody to somebody."""
    schema = SCHEMATA[node.cls]
    said = node.values
    if schema == "Payment":
        found = _payment(node, joined)
        return None if found is None else _entity(node, found)
    properties: dict[str, list[str]] = {
        "name": [node.name],
        "alias": [n for n in said.get("aliases", ()) if n != node.name],
    }
    properties["summary"] = _texts(said.get("summary"))
    if schema in _ORGANIZATIONS:
        properties |= _organization(node, joined)
    elif schema == "Person":
        properties["position"] = _texts(said.get("public_role"))
        properties["lastName"] = _texts(said.get("family_name"))
    elif schema == "Position":
        properties["organization"] = _ids(joined.bodies.get(node.id, []))
        properties["alias"] += said.get("titles", [])
    elif schema == "Project":
        properties |= _project(said)
    else:
        properties |= _event(node, joined)
    for kind, value in joined.channels.get(node.id, ()):
        properties.setdefault(kind, []).append(value)
    filled = {name: list(dict.fromkeys(values)) for name, values in properties.items() if values}
    return _entity(node, filled)


def _entity(node: Node, properties: dict[str, list[str]]) -> Entity:
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


def _organization(node: Node, joined: Joined) -> dict[str, list[str]]:
    said = node.values
    of = str(said.get("government") or said.get("country") or (node.id if node.cls == "Government" else ""))
    found = {
        "abbreviation": _texts(said.get("acronym")),
        "website": [site] if is_link(site := str(said.get("website", ""))) else [],
        "parent": _ids(joined.parents.get(node.id, [])[:1]),
        "country": _texts(joined.codes.get(of)),
        "legalForm": _texts(said.get("organization_kind") or said.get("body_kind") or said.get("forum_kind")),
        "weakAlias": [],
    }
    found |= days_of(said, name="existence", start="incorporationDate", end="dissolutionDate")
    for written in said.get("identifiers", ()):
        scheme, _, value = written.partition(":")
        if scheme in _REGISTERS and value:
            found.setdefault(_REGISTERS[scheme], []).append(value)
    return found


def _project(said: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        "description": _texts(said.get("description")),
        "status": _texts(said.get("status")),
        **days_of(said, start="startDate", end="endDate"),
    }


def _event(node: Node, joined: Joined) -> dict[str, list[str]]:
    said = node.values
    return {
        **days_of(said, start="startDate", end="endDate"),
        "location": _texts(said.get("place")),
        "keywords": _texts(said.get("engagement_kind")),
        "organizer": _ids(joined.organizers.get(node.id, [])),
        "involved": _ids(joined.involved.get(node.id, [])),
    }


def _payment(node: Node, joined: Joined) -> dict[str, list[str]] | None:
    said = node.values
    payer, receiver = said.get("provider"), said.get("receiver")
    if said.get("money_measure") not in _PAID or not {payer, receiver} <= joined.parties:
        return None
    found = {
        "payer": _ids([str(payer)]),
        "beneficiary": _ids([str(receiver)]),
        "amount": [said["money_amount"]],
        "currency": [said["money_currency"]],
        "date": _texts(said.get("money_value_date")),
        "purpose": _texts(said.get("description")),
        "transactionNumber": _texts(said.get("reference")),
        "project": _ids(joined.projects.get(node.id, [])),
    }
    return {name: values for name, values in found.items() if values}
