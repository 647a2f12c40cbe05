"""FollowTheMoney entities as JSON lines: parties, people, posts, projects, payments, events and their ties.

Schemata and properties are those of FollowTheMoney 4 (followthemoney.tech/explorer). What it has no schema for is
left out and counted; amounts that are no payments are never made into some.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, BinaryIO

from iga.exports.files.manifest import Contents, Origin
from iga.exports.graphs.flat import Survey
from iga.exports.graphs.subgraph import StoredEdge, StoredNode, Subgraph
from iga.exports.wording import is_link
from iga.graph.domain.marking import Marking
from iga.graph.projection.properties import refs
from iga.graph.text import counted
from iga.queries.core.channels import check_of, unusable_because

DATASET = "iga-graph"

Entity = dict[str, Any]

SCHEMATA: Mapping[str, str] = {
    **dict.fromkeys(("Government", "PublicBody"), "PublicBody"),
    **dict.fromkeys(("InternationalOrganization", "Forum", "SurvivorCouncil", "Ngo", "Organization"), "Organization"),
    **dict.fromkeys(("AcademicInstitution", "MediaOrganization"), "Organization"),
    **{"Company": "Company", "Person": "Person", "Post": "Position"},
    **{"Project": "Project", "Transaction": "Payment", "Engagement": "Event"},
}
"""The schema of each class that has one."""

_ORGANIZATIONS = ("PublicBody", "Organization", "Company")
_PARTIES = (*_ORGANIZATIONS, "Person")
_STRETCH = {"startDate": "period_start", "endDate": "period_end"}
_OF_ORGANIZATION = {
    "abbreviation": "acronym",
    "legalForm": "organization_kind body_kind forum_kind",
    "incorporationDate": "existence_start",
    "dissolutionDate": "existence_end",
}
_FIELDS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(_ORGANIZATIONS, _OF_ORGANIZATION),
    "Person": {"position": "public_role", "lastName": "family_name"},
    "Project": {"description": "description", "status": "status", **_STRETCH},
    "Event": {**_STRETCH, "location": "place", "keywords": "engagement_kind"},
    "Payment": {
        "amount": "money_amount",
        "currency": "money_currency",
        "date": "money_value_date",
        "purpose": "description",
        "transactionNumber": "reference",
    },
}
"""By schema: the property and the field that fills it; of several fields the first that holds something."""

_REGISTERS = {
    **{"XI-LEI": "leiCode", "LEI": "leiCode", "WIKIDATA": "wikidataId"},
    **{"DUNS": "dunsCode", "UEI": "uniqueEntityId"},
}
_PAID = ("disbursement", "outlay", "expenditure")

# Relationships that are written at one of their ends: the property, whether at the source, the schemata of both ends.
_ANY = (*_PARTIES, "Position", "Project", "Payment", "Event")
_AT_ENDS: Mapping[str, tuple[str, bool, tuple[str, ...], tuple[str, ...]]] = {
    "POST_IN": ("organization", True, _ANY, _ORGANIZATIONS),
    "PART_OF": ("parent", True, _ORGANIZATIONS, _ORGANIZATIONS),
    "UNDER": ("project", True, ("Payment",), ("Project",)),
    "ORGANIZED": ("organizer", False, _ANY, _ANY),
    "PARTICIPATED": ("involved", False, tuple(schema for schema in _ANY if schema != "Position"), _ANY),
}
# Relationships that are entities: the schema, the properties of both ends with their schemata, the fields of a role.
_ENTITIES: Mapping[str, tuple[str, str, tuple[str, ...], str, tuple[str, ...], str]] = {
    "HOLDS": ("Occupancy", "holder", ("Person",), "post", ("Position",), ""),
    "MEMBER_OF": ("Membership", "member", _PARTIES, "organization", _ORGANIZATIONS, "office category"),
    "IMPLEMENTS": ("ProjectParticipant", "participant", _PARTIES, "project", ("Project",), "role"),
    "SUCCEEDED_BY": ("Succession", "predecessor", _PARTIES, "successor", _PARTIES, ""),
}
_CHANNELS = {
    "email": ("email", re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")),
    **dict.fromkeys(("phone", "mobile", "hotline"), ("phone", re.compile(r"\+\d[\d ().-]{5,30}"))),
}
_AS_IT_IS = re.compile(r"[a-z0-9:-]*[a-z0-9]")


def write_ftm(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write one entity to a line; ids follow from those of the graph. A payment amount is one that was paid out."""
    survey, joined = Survey(part), _Joined(part)
    left_out: Counter[str] = Counter()
    schemata: Counter[str] = Counter()
    exported: set[str] = set()
    for node in part.nodes():
        if entity := joined.entity(node):
            exported.add(node.id)
            schemata[entity["schema"]] += 1
            file.write(_line(entity, node.values, origin))
        elif node.cls != "ContactPoint":
            left_out[f"{node.cls}{' without a payment, payer and receiver' if node.cls in SCHEMATA else ''}"] += 1
    for edge in part.edges():
        if edge.type in _AT_ENDS or edge.type == "REACHED_AT":
            continue
        both = edge.source in exported and edge.target in exported
        if entity := _relationship(edge, part) if both else None:
            schemata[entity["schema"]] += 1
            file.write(_line(entity, edge.values, origin))
        else:
            left_out[edge.type] += 1
    notes = [*joined.notes(), *_left_out(left_out)]
    return survey.contents(notes=notes, entities=sum(schemata.values()), **dict(sorted(schemata.items())))


def ftm_id(it: str) -> str:
    """Return an id of ours as FollowTheMoney can take it: letters, digits, points and hyphens; always the same.

    Colons become points. An id that holds points itself, or what has no place, becomes its kind and a digest.
    """
    if _AS_IT_IS.fullmatch(it):
        return it.replace(":", ".")
    return f"{it.partition(':')[0]}.{blake2b(it.encode(), digest_size=12).hexdigest()}"


class _Joined:
    """Things as entities, with what relationships say that FollowTheMoney writes at the things themselves."""

    def __init__(self, part: Subgraph) -> None:
        self._parties = {it for it, cls in part.classes.items() if cls in SCHEMATA}
        self._at: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._refused, self._of_posts, self._day = 0, 0, part.day or part.session.today
        nodes = {node.id: node.values for node in part.nodes() if node.cls in ("ContactPoint", "Government")}
        self._codes = {it: str(values["iso2"]).lower() for it, values in nodes.items() if values.get("iso2")}
        for edge in part.edges():
            source, target = (SCHEMATA.get(part.classes[end], "") for end in (edge.source, edge.target))
            if edge.type == "REACHED_AT":
                self._reach(edge.source, source, nodes.get(edge.target, {}))
            elif edge.type in _AT_ENDS:
                name, is_at_source, sources, targets = _AT_ENDS[edge.type]
                if source in sources and target in targets:
                    it, other = (edge.source, edge.target) if is_at_source else (edge.target, edge.source)
                    self._at[it][name].append(ftm_id(other))

    def notes(self) -> Iterator[str]:
        """Give sentences on channels that were left out."""
        if self._refused:
            yield f"{counted(self._refused, 'channel')} that bounced or must not be used left out"
        if self._of_posts:
            others = f"{counted(self._of_posts, 'channel')} of posts or of other kinds left out"
            yield f"{others}: FollowTheMoney has e-mail addresses and phone numbers of parties alone"

    def entity(self, node: StoredNode) -> Entity | None:
        """Return a thing as an entity; None where no schema fits, as of a transaction that is no payment."""
        schema, values = SCHEMATA.get(node.cls, ""), node.values
        joined = {name: list(ids) for name, ids in self._at.get(node.id, {}).items()}
        properties: dict[str, list[str]] = {}
        if not schema:
            return None
        if schema == "Payment":
            payer, receiver = values.get("provider"), values.get("receiver")
            if values.get("money_measure") not in _PAID or not {payer, receiver} <= self._parties:
                return None
            properties = {"payer": [ftm_id(str(payer))], "beneficiary": [ftm_id(str(receiver))]}
        else:
            aliases = [name for name in values.get("aliases", ()) if name != node.name]
            titles = values.get("titles", ()) if schema == "Position" else ()
            properties = {"name": [node.name], "alias": [*aliases, *titles], **_filled(values, summary="summary")}
        properties |= _filled(values, **_FIELDS.get(schema, {}))
        if schema in _ORGANIZATIONS:
            properties |= self._organization(node)
            joined["parent"] = joined.get("parent", [])[:1]
        filled = {name: list(dict.fromkeys(texts)) for name, texts in (properties | joined).items() if texts}
        return {"id": ftm_id(node.id), "caption": node.name, "schema": schema, "properties": filled, "iga_id": node.id}

    def _organization(self, node: StoredNode) -> dict[str, list[str]]:
        values, registered = node.values, defaultdict(list)
        site = str(values.get("website", ""))
        of = str(values.get("government") or values.get("country") or node.id)
        for identifier in values.get("identifiers", ()):
            scheme, _, number = identifier.partition(":")
            if scheme in _REGISTERS and number:
                registered[_REGISTERS[scheme]].append(number)
        country = [self._codes[of]] if of in self._codes else []
        return {"website": [site] if is_link(site) else [], "country": country, **registered}

    def _reach(self, owner: str, schema: str, point: Mapping[str, Any]) -> None:
        value = str(point.get("channel_value", ""))
        name, form = _CHANNELS.get(point.get("channel_kind", ""), ("", None))
        if unusable_because(point, check_of(point, self._day)):
            self._refused += 1
        elif schema in _PARTIES and form and form.fullmatch(value):
            self._at[owner][name].append(value)
        else:
            self._of_posts += 1


def _relationship(edge: StoredEdge, part: Subgraph) -> Entity | None:
    """Return a relationship as an entity; None when there is no schema for it, or an end does not fit."""
    if edge.type not in _ENTITIES:
        return None
    schema, source, sources, target, targets, role = _ENTITIES[edge.type]
    if SCHEMATA[part.classes[edge.source]] not in sources or SCHEMATA[part.classes[edge.target]] not in targets:
        return None
    values = edge.values
    ends = {source: [ftm_id(edge.source)], target: [ftm_id(edge.target)]}
    seen = {"date": [max(values["attested_on"])]} if values.get("attested_on") else {}
    status = {"status": "status"}
    if schema == "Occupancy":
        status = {"summary": "capacity"}
        seen |= {"status": ["current"]} if values.get("period_end_kind") == "open" else {}
    properties = {**ends, **_filled(values, **_STRETCH, role=role), **seen, **_filled(values, **status)}
    return {"id": ftm_id(edge.key), "schema": schema, "properties": properties, "iga_id": edge.key}


def _filled(values: Mapping[str, Any], **fields: str) -> dict[str, list[str]]:
    """Return properties by name with the first that holds something of the fields that may fill each."""
    stated = {name: [values[field] for field in of.split() if values.get(field)] for name, of in fields.items()}
    return {name: [str(texts[0])] for name, texts in stated.items() if texts}


def _line(entity: Entity, values: Mapping[str, Any], origin: Origin) -> bytes:
    whole = {
        **entity,
        "datasets": [DATASET],
        "last_change": origin.made_at,
        "marking": Marking(values.get("marking", 0)).word,
        "sources": list(dict.fromkeys(source for source, _ in refs(values.get("evidence") or ()))),
    }
    return f"{json.dumps(whole, ensure_ascii=False)}\n".encode()


def _left_out(left_out: Counter[str]) -> Iterator[str]:
    if left_out:
        by_class = ", ".join(f"{name} {count}" for name, count in sorted(left_out.items()))
        total = counted(sum(left_out.values()), "thing or relationship", "things and relationships")
        yield f"{total} without a place in FollowTheMoney left out: {by_class}"
