"""Which rules of clearance a paper touches, and which of our offices deal with a party."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iga.graph.domain.topics import in_words
from iga.graph.domain.work import ClearanceRule
from iga.graph.errors import NotFound
from iga.graph.text import folded
from iga.queries.contacts.ways import is_mission
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import all_of
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import Entity
from iga.queries.core.reads import BODIES_OF_POSTS, OUR_SIDE_OF, POSTS_HELD_BY, WHOLES_OF, OurEdgeRow
from iga.queries.core.scope import Edges, Properties
from iga.queries.core.wording import listed

RULES_OF_CLEARANCE = all_of(ClearanceRule)
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


def clears(
    edges: Edges, rules: Sequence[Entity], parties: Sequence[Subject], *, purposes: Iterable[str], topic: str | None
) -> list[Clears]:
    """Return who clears a paper on parties, purposes and a topic, and who clears every paper.

    Raises:
        NotFound: No rule knows a purpose.
    """
    return [
        *(_fixed(rule, "every paper") for rule in rules if rule.values.get("applies_to") == "every paper"),
        *(clearer for party in parties for clearer in _for_party(edges, rules, party)),
        *_touched_by(rules, purposes, topic),
    ]


def _touched_by(rules: Sequence[Entity], purposes: Iterable[str], topic: str | None) -> list[Clears]:
    touched: dict[str, Clears] = {}
    for purpose in purposes:
        meant = [rule for rule in rules if folded(purpose) in _purposes(rule)]
        if not meant:
            names = [str(rule.values.get("applies_to") or "") for rule in rules]
            known = tuple({folded(name): name for name in names if name and name not in _NOT_A_PURPOSE}.values())
            raise NotFound(
                f"purpose: no rule of clearance knows {purpose!r}; purposes are {listed(known, most=len(known))}",
                suggestions=known,
            )
        touched |= {rule.id: _fixed(rule, purpose) for rule in meant if rule.id not in touched}
    for rule in rules:
        if topic and topic in (rule.values.get("topics") or ()):
            touched.setdefault(rule.id, _fixed(rule, in_words(topic)))
    return [touched[rule] for rule in sorted(touched)]


def _fixed(rule: Entity, about: str) -> Clears:
    return Clears(str(rule.values.get("office") or ""), rule.name, about, rule.values, is_for_party=False)


def _purposes(rule: Entity) -> set[str]:
    named = rule.values.get("applies_to")
    words = [named] if named not in _NOT_A_PURPOSE else []
    return {folded(str(word)) for word in (*words, *(rule.values.get("purposes_also") or ()))}


def _for_party(edges: Edges, rules: Sequence[Entity], party: Subject) -> list[Clears]:
    """Return who clears a paper on a party: offices that cover it, or its government, or what it is part of."""
    home = edges.session.home.government
    if party.id == home:
        return []
    subject, kind = _standing_for(edges, party)
    kinds = ("party", kind, *(["government"] if subject.cls == "Government" and subject.id != home else []))
    # Of our offices those nearest to the party: to itself, to whom it stands for, to what that is part of.
    wholes = [edge.id for edge in edges.every(WHOLES_OF, [subject.id])]
    above = [edge.id for edge in edges.every(WHOLES_OF, wholes)]
    ids = dict.fromkeys((party.id, subject.id, *wholes, *above))
    by_end = edges.of(OUR_SIDE_OF, ids)
    ours = [edge for end in ids for edge in by_end.get(end, ())]
    name = str(entities(edges.session, [party.id])[party.id].values.get("acronym") or party.name)
    asked = (rule for rule in rules if rule.values.get("applies_to") in kinds)
    return [clearer for rule in asked for clearer in _by_rule(rule, name, ours)]


def _standing_for(edges: Edges, party: Subject) -> tuple[Subject, str]:
    """Return whom the offices of ours deal with for a party, and what kind of party the rules take it for.

    A ministry stands for its government, a partner outside government is one of its country besides.
    """
    if party.cls == "Government":
        return party, "government"
    if party.cls in ("Person", "Post"):
        held = [edge.id for edge in edges.every(POSTS_HELD_BY, [party.id])] if party.cls == "Person" else [party.id]
        bodies = edges.every(BODIES_OF_POSTS, held)
        return _standing_for(edges, bodies[0].other) if bodies else (party, "partner")
    own = entities(edges.session, [party.id])[party.id].values
    kind = "partner" if party.cls in _PARTNERS else "government" if own.get("government") else "body"
    known = entities(edges.session, [str(own.get("government") or own.get("country") or "")])
    return next((government.subject for government in known.values()), party), kind


def _by_rule(rule: Entity, about: str, ours: Sequence[OurEdgeRow]) -> list[Clears]:
    kind = str(rule.values.get("found_by") or "")
    if office := rule.values.get("office"):
        return [Clears(str(office), "", about, rule.values)]
    meeting = [edge for edge in ours if _is_of_kind(edge, kind)]
    nearest = [edge for edge in meeting if edge.subject == meeting[0].subject]
    if not nearest:
        lacking = {"owner": "owner of the relationship", "desk": "country desk"}.get(kind, kind)
        return [Clears("", lacking, about, rule.values)]
    if kind == "owner":  # first owners, officers before the office they sit in; second ones where there is no first
        first = [edge for edge in nearest if edge.properties.get("standing") != "backup"] or nearest
        nearest = [edge for edge in first if edge.cls == "Post"] or first
    return [Clears(edge.id, kind, about, rule.values, (edge.properties, edge.values)) for edge in nearest]


def _is_of_kind(edge: OurEdgeRow, kind: str) -> bool:
    if kind == "owner":
        return edge.type == "OWNS_RELATIONSHIP"
    if edge.type != "COVERS":
        return False
    body = str(edge.values.get("body_kind") or edge.values.get("role") or "")
    if kind == "mission":
        return is_mission(body)
    return kind in folded(body) or (kind == "desk" and kind in folded(edge.properties.get("manner") or ""))
