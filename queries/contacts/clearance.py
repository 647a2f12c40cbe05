"""Which rules of clearance a paper touches, and which of our offices deal with a party."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import NotFound
from graph.text import folded
from queries.contacts.reads import CLEARANCE_RULES
from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.reading import Entity, OfIds
from queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, OUR_SIDE_OF, POSTS_HELD_BY, WHOLES_OF, OurEdgeRow
from queries.core.scope import Edges, Properties
from queries.core.session import Session
from queries.core.wording import listed

_MISSIONS = ("mission", "embassy", "consul", "instrumentality", "interests section")
_PARTNERS = ("Ngo", "Company", "AcademicInstitution", "MediaOrganization", "Organization")
_NOT_A_PURPOSE = ("every paper", "party", "government", "body", "partner", "topic")


@dataclass(frozen=True)
class Clears:
    """One office that clears a paper or is informed, for one reason.

    Attributes:
        office: The office, or a post of ours; None where the rule names a kind of office that is not held.
        kind: What is lacking then, such as ``country desk of Ghana``.
        does: Whether it clears or is informed.
        reason: Why, with what it is about.
        about: What of the paper the rule is touched by, in a word: a party, money, a topic.
        rule: Properties of the rule.
        sources: Properties of what else it rests on.
    """

    office: Subject | None
    kind: str
    does: str
    reason: str
    about: str
    rule: Properties
    sources: tuple[Properties, ...] = ()


def rules_of(session: Session) -> list[Entity]:
    """Return all rules of clearance, in the order of ids."""
    return session.read(CLEARANCE_RULES, Everything())


def purposes_of(rules: Sequence[Entity]) -> dict[str, str]:
    """Return every word that a purpose may be typed in, folded, with the purpose as the rules call it."""
    found: dict[str, str] = {}
    for rule in rules:
        named = str(rule.values.get("applies_to") or "")
        if named and named not in _NOT_A_PURPOSE:
            found[folded(named)] = named
    return found


def touched_by(rules: Sequence[Entity], purposes: Iterable[str], topic: str | None) -> list[tuple[Entity, str]]:
    """Return the rules that purposes or a topic touch, each with the word it was touched by.

    Raises:
        NotFound: No rule knows a purpose.
    """
    found: dict[str, tuple[Entity, str]] = {}
    for purpose in purposes:
        meant = [rule for rule in rules if folded(purpose) in _words(rule)]
        if not meant:
            known = tuple(purposes_of(rules).values())
            raise NotFound(
                f"purpose: no rule of clearance knows {purpose!r}; purposes are {listed(known, most=len(known))}",
                suggestions=known,
            )
        found |= {rule.id: (rule, purpose) for rule in meant if rule.id not in found}
    for rule in rules:
        if topic and topic in (rule.values.get("topics") or ()):
            found.setdefault(rule.id, (rule, topic.replace("-", " ")))
    return [found[it] for it in sorted(found)]


def _words(rule: Entity) -> set[str]:
    named = rule.values.get("applies_to")
    words = [named] if named not in _NOT_A_PURPOSE else []
    return {folded(str(word)) for word in (*words, *(rule.values.get("purposes_also") or ()))}


def for_party(session: Session, rules: Sequence[Entity], party: Subject, *, day: str) -> list[Clears]:
    """Return who clears a paper on a party: offices that cover it, or its government, or what it is part of."""
    edges = Edges(session, day)
    subject, kind = _standing_for(edges, party)
    if party.id == session.home.government:
        return []
    of_government = subject.cls == "Government" and subject.id != session.home.government
    kinds = ("party", kind, *(["government"] if of_government else []))
    ours = _our_side(edges, party, subject)
    name = _short(edges, party)
    return [each for rule in rules if rule.values.get("applies_to") in kinds for each in _by_rule(rule, name, ours)]


def _short(edges: Edges, party: Subject) -> str:
    return str(_values(edges, [party.id])[party.id].get("acronym") or party.name)


def _standing_for(edges: Edges, party: Subject) -> tuple[Subject, str]:
    """Return whom the offices of ours deal with for a party, and what kind of party the rules take it for.

    A ministry stands for its government, a partner outside government is one of its country besides.
    """
    if party.cls == "Government":
        return party, "government"
    if party.cls in ("Person", "Post"):
        posts = [party.id] if party.cls == "Post" else _posts_of(edges, party)
        bodies = [edge for found in edges.of(BODIES_OF_POSTS, posts).values() for edge in found]
        return _standing_for(edges, bodies[0].other) if bodies else (party, "partner")
    own = _values(edges, [party.id])[party.id]
    kind = "partner" if party.cls in _PARTNERS else "government" if own.get("government") else "body"
    known = _read(edges, [str(own.get("government") or own.get("country") or "")])
    return (known[0].subject if known else party), kind


def _posts_of(edges: Edges, person: Subject) -> list[str]:
    return [edge.id for found in edges.of(POSTS_HELD_BY, [person.id]).values() for edge in found]


def _read(edges: Edges, ids: Iterable[str]) -> list[Entity]:
    return edges.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(ids)))


def _values(edges: Edges, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    return {each.id: each.values for each in _read(edges, ids)}


def _our_side(edges: Edges, party: Subject, subject: Subject) -> list[OurEdgeRow]:
    """Return edges of our offices to a party or whom it stands for, else to what that is part of, nearest first."""
    wholes = [edge.id for edge in edges.of(WHOLES_OF, [subject.id]).get(subject.id, ())]
    above = [edge.id for found in edges.of(WHOLES_OF, wholes).values() for edge in found]
    ids = tuple(dict.fromkeys((party.id, subject.id, *wholes, *above)))
    found = edges.of(OUR_SIDE_OF, ids)
    return [edge for it in ids for edge in found.get(it, ())]


def _by_rule(rule: Entity, about: str, ours: Sequence[OurEdgeRow]) -> list[Clears]:
    said, does = rule.values, str(rule.values.get("does") or "clears")
    reason, kind = f"{said.get('reason')} ({about})", str(said.get("found_by") or "")
    if said.get("office"):
        return [Clears(Subject(id=said["office"], cls="PublicBody", name=""), "", does, reason, about, said)]
    meeting = [edge for edge in ours if _is_of_kind(edge, kind)]
    nearest = [edge for edge in meeting if edge.subject == meeting[0].subject]
    if nearest:
        chosen = _first_owners(nearest) if kind == "owner" else nearest
        return [Clears(edge.other, kind, does, reason, about, said, (edge.properties, edge.values)) for edge in chosen]
    lacking = {"owner": "owner of the relationship", "desk": "country desk"}.get(kind, kind)
    return [Clears(None, f"{lacking} for {about}", does, reason, about, said)]


def _first_owners(edges: Sequence[OurEdgeRow]) -> list[OurEdgeRow]:
    """Return the first owners, officers before the office they sit in; second owners only where there is no first."""
    first = [edge for edge in edges if edge.properties.get("standing") != "backup"] or list(edges)
    return [edge for edge in first if edge.cls == "Post"] or first


def _is_of_kind(edge: OurEdgeRow, kind: str) -> bool:
    if kind == "owner":
        return edge.type == "OWNS_RELATIONSHIP"
    if edge.type != "COVERS":
        return False
    body, manner = (
        folded(edge.values.get("body_kind") or edge.values.get("role") or ""),
        folded(edge.properties.get("manner") or ""),
    )
    if kind == "desk":
        return "desk" in body or "desk" in manner
    if kind == "mission":
        return any(word in body for word in _MISSIONS)
    return kind in body
