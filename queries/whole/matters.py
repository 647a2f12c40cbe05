"""Who or what a party is in a few words, and what matters most about it: what a profile says first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iga.graph.domain.values import first_day
from iga.queries.core.answer import Subject
from iga.queries.core.happened import since_when
from iga.queries.core.membership import is_counted, standing_of
from iga.queries.core.reading import FullEdgeRow
from iga.queries.core.sections import EdgeSection
from iga.queries.core.treaty import bond_on
from iga.queries.core.wording import kind_in_words, the

_PALERMO = "treaty:palermo"
_KINDS: Mapping[str, str] = {"Ngo": "non-governmental organization", "PublicBody": "public body"}
"""Classes whose names are no words."""


def what_is(party: Subject, properties: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what a party is in words: ``independent state in Western Africa``; blank for a person.

    Args:
        party: The party.
        properties: As the graph has them.
        names: Printed names of what its values point to, by id.
    """
    if party.cls == "Person":
        return ""
    if party.cls == "Government":
        place = properties.get("subregion") or properties.get("region")
        return f"{properties.get('status') or 'government'}{f' in {place}' if place else ''}"
    sort = next(filter(None, map(properties.get, ("body_kind", "forum_kind", "organization_kind"))), None)
    whose = names.get(properties.get("government") or properties.get("country") or "")
    words = str(sort or _KINDS.get(party.cls) or kind_in_words(party.cls))
    return f"{words} {'of' if properties.get('government') else 'in'} {the(whose)}" if whose else words


def matters(sections: Sequence[EdgeSection], *, day: str) -> Iterator[dict[str, Any]]:
    """Yield what matters most about a party, first of all for a government its tier and the Palermo Protocol."""
    around = _around(sections)
    yield from _of_government(around, day)
    for edge in around.get(("HOLDS", True), [])[:1]:
        yield {"kind": "holds", "name": edge.name, "detail": edge.properties.get("capacity") or ""}
    members = around.get(("MEMBER_OF", False), [])
    stood = standing_of(members, members, day=day)
    chairs = [edge for edge in members if edge.properties.get("office") == "chair" and stood.get(edge.key) == "yes"]
    if chairs:
        yield {"kind": "chair", "name": chairs[0].name}
    if number := len({edge.id for edge in members if edge.key in stood and is_counted(edge)}):
        yield {"kind": "members", "number": number}
    for edge in around.get(("OWNS_RELATIONSHIP", False), [])[:1]:
        yield {"kind": "owner", "name": edge.name}
    for kind, section in _NAMED.items():
        for edge in around.get(section, [])[:1]:
            yield {"kind": kind, "name": edge.name}


_NAMED: Mapping[str, tuple[str, bool]] = {
    "award": ("AWARDED_TO", False),
    "work": ("IMPLEMENTS", True),
    "part": ("PART_OF", True),
}
Around = Mapping[tuple[str, bool], Sequence[FullEdgeRow]]
"""What stands around a party, by type and direction."""


def _of_government(around: Around, day: str) -> Iterator[dict[str, Any]]:
    placed = [edge for edge in around.get(("ASSESSED", False), ()) if edge.values.get("tier")]
    if placed:
        last = max(placed, key=lambda edge: edge.values.get("year") or 0)
        yield {"kind": "tier", "detail": last.values["tier"], "on": last.values.get("year")}
    for edge in around.get(("PARTY_TO", True), ()):
        if edge.id == _PALERMO:
            bond = bond_on(edge.properties, day=day)
            is_party = (bond.standing, bond.held) == ("party", "yes")
            yield {"kind": "palermo" if is_party else "not palermo", "on": edge.properties.get("action_on")}


def _around(sections: Sequence[EdgeSection]) -> Around:
    return {(section.kind, section.leads_out): [edge for edge, _ in section.edges] for section in sections}


def last_engagement(sections: Sequence[EdgeSection], *, day: str) -> FullEdgeRow | None:
    """Return the last engagement that a party took part in or organized by a day, None if none is known."""
    around = _around(sections)
    edges = (edge for kind in ("PARTICIPATED", "ORGANIZED") for edge in around.get((kind, True), ()))
    past = [edge for edge in edges if (on := since_when(edge)) and first_day(on) <= day and edge.cls == "Engagement"]
    return max(past, key=lambda edge: (since_when(edge), edge.key), default=None)
