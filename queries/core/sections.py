"""What each type of relationship is called in a list of everything held on one entity."""

from collections.abc import Mapping

SECTIONS: Mapping[str, tuple[str, str]] = {
    "PARTY_TO": ("agreements", "parties"),
    "MEMBER_OF": ("memberships", "members"),
    "ASSESSED": ("who it assesses", "assessments"),
    "PARTICIPATED": ("engagements attended", "participants"),
    "ORGANIZED": ("engagements organized", "organizers"),
    "POST_IN": ("body of the post", "posts"),
    "HOLDS": ("posts held", "holders"),
    "REACHED_AT": ("channels", "whose channel it is"),
    "COVERS": ("what it deals with", "our offices that deal with it"),
    "OWNS_RELATIONSHIP": ("relationships owned", "owners of the relationship on our side"),
    "MADE": ("commitments and recommendations made", "who made it"),
    "OWED_TO": ("to whom it is owed", "commitments and contributions owed to it"),
    "RECOMMENDED_TO": ("to whom it is addressed", "recommendations to it"),
    "IMPLEMENTED_IN": ("where it runs", "projects that run there"),
    "IMPLEMENTS": ("projects carried out", "who carries it out"),
    "FUNDED": ("what it pays for", "who pays for it"),
    "AWARDED_TO": ("recipients", "awards received"),
    "SUBAWARDED_TO": ("sub-recipients", "sub-awards received"),
    "UNDER": ("what it belongs to", "what belongs to it"),
    "SPONSORED": ("resolutions and events sponsored", "sponsors"),
    "CLEARED": ("papers drafted, cleared or approved", "who drafted, cleared or approved papers on it"),
    "VOTED": ("votes", "votes cast on it"),
    "MANDATES": ("what it mandates", "mandates"),
    "ADVISES": ("whom it advises", "who advises it"),
    "PART_OF": ("what it is part of", "parts"),
    "SUCCEEDED_BY": ("successors", "predecessors"),
}
"""By type: what is at the far end of a relationship that leads from the entity, and of one that leads to it.

The order is that of a profile: agreements first, structure last.
"""
