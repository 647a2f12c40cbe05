"""The list of all classes, and look-ups in it."""

from functools import cache

from graph.domain import edges, funding, instruments, parties, records, work
from graph.domain.model import Declared, Edge, Node
from graph.errors import DomainError

VERSION = 3
"""Raised when a change of the domain or the fold makes stored projections stale; they are then rebuilt."""

NODES: tuple[type[Node], ...] = (
    parties.Government,
    parties.PublicBody,
    parties.InternationalOrganization,
    parties.Forum,
    parties.SurvivorCouncil,
    parties.Ngo,
    parties.Company,
    parties.AcademicInstitution,
    parties.MediaOrganization,
    parties.Organization,
    parties.Person,
    parties.Consent,
    parties.Topic,
    parties.Post,
    parties.ContactPoint,
    instruments.Treaty,
    instruments.ChildProtectionCompact,
    instruments.Memorandum,
    instruments.Declaration,
    instruments.NationalActionPlan,
    instruments.Law,
    instruments.Standard,
    instruments.Obligation,
    records.Resolution,
    records.Review,
    records.Publication,
    records.Assessment,
    records.Determination,
    records.Recommendation,
    funding.Programme,
    funding.Project,
    funding.Award,
    funding.FundingLine,
    funding.Transaction,
    funding.Contribution,
    funding.Indicator,
    funding.Measurement,
    funding.ExchangeRate,
    work.Engagement,
    work.Commitment,
    work.Document,
    work.ClearanceRule,
)

EDGES: tuple[type[Edge], ...] = (
    edges.PartyTo,
    edges.MemberOf,
    edges.Assessed,
    edges.Participated,
    edges.Organized,
    edges.PostIn,
    edges.Holds,
    edges.ReachedAt,
    edges.Covers,
    edges.OwnsRelationship,
    edges.Made,
    edges.OwedTo,
    edges.RecommendedTo,
    edges.ImplementedIn,
    edges.Implements,
    edges.Funded,
    edges.AwardedTo,
    edges.SubawardedTo,
    edges.Under,
    edges.Sponsored,
    edges.Cleared,
    edges.Voted,
    edges.Mandates,
    edges.Advises,
    edges.PartOf,
    edges.SucceededBy,
)
"""In the order of a profile: agreements first, structure last."""

NODE: dict[str, type[Node]] = {node.label(): node for node in NODES}
EDGE: dict[str, type[Edge]] = {edge.type(): edge for edge in EDGES}
KIND: dict[str, type[Node]] = {node.kind: node for node in NODES}

if len(KIND) != len(NODES):
    raise DomainError("two node classes share a kind: ids would not tell them apart")
_labels = {label for node in NODES for label in node.all_labels()}
for _edge in EDGES:
    if _unknown := {*_edge.source, *_edge.target} - _labels:
        raise DomainError(f"{_edge.__name__} joins labels that no node carries: {sorted(_unknown)}")


@cache
def fits(node_class: str, labels: tuple[str, ...]) -> bool:
    """Say whether a node of a class may stand at an end that asks for one of `labels`."""
    return bool(set(labels) & set(NODE[node_class].all_labels()))


def declared(name: str) -> type[Declared]:
    """Return the node class of a label or the edge class of a type.

    Raises:
        KeyError: There is neither.
    """
    return NODE[name] if name in NODE else EDGE[name]
