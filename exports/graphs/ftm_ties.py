"""The relationships of the graph as FollowTheMoney entities that stand between two others."""

from collections.abc import Mapping

from exports.graphs.ftm_things import SCHEMATA, Entity, days_of, ftm_id
from exports.graphs.part import Edge, Part

ON_THINGS = frozenset(("POST_IN", "REACHED_AT", "ORGANIZED", "PARTICIPATED", "PART_OF", "UNDER"))
"""Relationships that are written at one of their ends, as far as there is a place."""

_TIES: Mapping[str, tuple[str, str, str, tuple[str, ...]]] = {
    "HOLDS": ("Occupancy", "holder", "post", ()),
    "MEMBER_OF": ("Membership", "member", "organization", ("office", "category")),
    "IMPLEMENTS": ("ProjectParticipant", "participant", "project", ("role",)),
    "SUCCEEDED_BY": ("Succession", "predecessor", "successor", ()),
}
"""By type: the schema, the properties of both ends, and the fields that say in what role."""

_PARTIES = ("PublicBody", "Organization", "Company", "Person")
_ENDS = {
    "Occupancy": (("Person",), ("Position",)),
    "Membership": (_PARTIES, ("PublicBody", "Organization", "Company")),
    "ProjectParticipant": (_PARTIES, ("Project",)),
    "Succession": (_PARTIES, _PARTIES),
}


def tie(edge: Edge, part: Part) -> Entity | None:
    """Return a relationship as an entity; None when there is no schema for it, or an end does not fit."""
    if edge.type not in _TIES:
        return None
    schema, source, target, roles = _TIES[edge.type]
    sources, targets = _ENDS[schema]
    if SCHEMATA[part.classes[edge.source]] not in sources or SCHEMATA[part.classes[edge.target]] not in targets:
        return None
    said = edge.values
    properties = {
        source: [ftm_id(edge.source)],
        target: [ftm_id(edge.target)],
        **days_of(said, start="startDate", end="endDate"),
    }
    role = [str(said[name]) for name in roles if said.get(name)]
    if role:
        properties["role"] = role[:1]
    if seen := said.get("attested_on"):
        properties["date"] = [max(seen)]
    if schema == "Occupancy":
        if said.get("capacity"):
            properties["summary"] = [said["capacity"]]
        if said.get("period_end_kind") == "open":
            properties["status"] = ["current"]
    elif said.get("status"):
        properties["status"] = [said["status"]]
    filled = {name: values for name, values in properties.items() if values}
    return {"id": ftm_id(edge.key), "schema": schema, "properties": filled, "iga_id": edge.key}
