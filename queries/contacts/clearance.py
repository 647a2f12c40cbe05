"""Which rules of clearance a paper touches, and which of our offices deal with a party."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.domain.topics import in_words
from graph.domain.work import ClearanceRule
from graph.errors import NotFound
from graph.text import folded
from queries.contacts.ways import is_mission
from queries.core.answer import Subject
from queries.core.compiled import Everything, all_of
from queries.core.reading import Entity, OfIds
from queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, OUR_SIDE_OF, POSTS_HELD_BY, WHOLES_OF, OurEdgeRow
from queries.core.scope import Edges, Properties
from queries.core.session import Session
from queries.core.wording import listed

_RULES = all_of(ClearanceRule)
_PARTNERS = ("Ngo", "Company", "AcademicInstitution", "MediaOrganization", "Organization")
_NOT_A_PURPOSE = ("every paper", "party", "government", "body", "partner", "topic")


@dataclass(frozen=True)
class Clears:
    """One office that clears a paper or is informed, for one reason.

    Attributes:
        office: Id of the office, or of a post of ours; blank where no office of a kind is on record.
        kind: What is lacking then, such as ``country desk``.
        about: What of the paper the rule is touched by, in a word: a party, money, a topic.
        is_for_party: Whether that is a party.
        rule: Properties of the rule.
        sources: Properties of what else it rests on.
    """

    office: str
    kind: str
    about: str
    rule: Properties
    sources: tuple[Properties, ...] = ()
    is_for_party: bool = True

    @property
    def does(self) -> str:
        """Whether it clears or is informed."""
        return str(self.rule.get("does") or "clears")


def rules_of(session: Session) -> list[Entity]:
    """Return all rules of clearance, in the order of ids."""
    return session.read(_RULES, Everything())


def clears(
    session: Session,
    rules: Sequence[Entity],
    parties: Sequence[Subject],
    *,
    purposes: Iterable[str],
    topic: str | None,
    day: str,
) -> list[Clears]:
    """Return who clears a paper on parties, purposes and a topic, and who clears every paper.

    Raises:
        NotFound: No rule knows a purpose.
    """
    return [
        *(_fixed(rule, "every paper") for rule in rules if rule.values.get("applies_to") == "every paper"),
        *(each for party in parties for each in _for_party(session, rules, party, day=day)),
        *_touched_by(rules, purposes, topic),
    ]


def _touched_by(rules: Sequence[Entity], purposes: Iterable[str], topic: str | None) -> list[Clears]:
    found: dict[str, Clears] = {}
    for purpose in purposes:
        meant = [rule for rule in rules if folded(purpose) in _words(rule)]
        if not meant:
            named = [str(rule.values.get("applies_to") or "") for rule in rules]
            known = tuple({folded(name): name for name in named if name and name not in _NOT_A_PURPOSE}.values())
            raise NotFound(
                f"purpose: no rule of clearance knows {purpose!r}; purposes are {listed(known, most=len(known))}",
                suggestions=known,
            )
        found |= {rule.id: _fixed(rule, purpose) for rule in meant if rule.id not in found}
    for rule in rules:
        if topic and topic in (rule.values.get("topics") or ()):
            found.setdefault(rule.id, _fixed(rule, in_words(topic)))
    return [found[it] for it in sorted(found)]


def _fixed(rule: Entity, about: str) -> Clears:
    return Clears(str(rule.values.get("office") or ""), rule.name, about, rule.values, is_for_party=False)


def _words(rule: Entity) -> set[str]:
    named = rule.values.get("applies_to")
    words = [named] if named not in _NOT_A_PURPOSE else []
    return {folded(str(word)) for word in (*words, *(rule.values.get("purposes_also") or ()))}


def _for_party(session: Session, rules: Sequence[Entity], party: Subject, *, day: str) -> list[Clears]:
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
    kind = str(rule.values.get("found_by") or "")
    if office := rule.values.get("office"):
        return [Clears(str(office), "", about, rule.values)]
    meeting = [edge for edge in ours if _is_of_kind(edge, kind)]
    nearest = [edge for edge in meeting if edge.subject == meeting[0].subject]
    if nearest:
        chosen = _first_owners(nearest) if kind == "owner" else nearest
        return [Clears(edge.id, kind, about, rule.values, (edge.properties, edge.values)) for edge in chosen]
    lacking = {"owner": "owner of the relationship", "desk": "country desk"}.get(kind, kind)
    return [Clears("", lacking, about, rule.values)]


def _first_owners(edges: Sequence[OurEdgeRow]) -> list[OurEdgeRow]:
    """Return the first owners, officers before the office they sit in; second owners only where there is no first."""
    first = [edge for edge in edges if edge.properties.get("standing") != "backup"] or list(edges)
    return [edge for edge in first if edge.cls == "Post"] or first


def _is_of_kind(edge: OurEdgeRow, kind: str) -> bool:
    if kind == "owner":
        return edge.type == "OWNS_RELATIONSHIP"
    if edge.type != "COVERS":
        return False
    body = str(edge.values.get("body_kind") or edge.values.get("role") or "")
    if kind == "mission":
        return is_mission(body)
    return kind in folded(body) or (kind == "desk" and kind in folded(edge.properties.get("manner") or ""))
