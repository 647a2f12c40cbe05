"""How little an edge says of an acquaintance: the weights that paths are ranked by, lightest first."""

from collections.abc import Mapping

HUB = 50
"""What has more relationships than this edges everybody to everybody: the United Nations, a treaty, a report."""

UNKNOWN = 6
"""Added for each edge of which no date tells whether it stood on the day: more than any other step weighs."""

WEIGHTS: Mapping[str, int] = {
    # People who meet, and those who act for each other.
    "HOLDS": 1,
    "POST_IN": 1,
    "OWNS_RELATIONSHIP": 1,
    "COVERS": 1,
    "PARTICIPATED": 1,
    "ORGANIZED": 1,
    "ADVISES": 1,
    "PART_OF": 1,
    # Money, and what is done with it.
    "FUNDED": 1,
    "AWARDED_TO": 1,
    "SUBAWARDED_TO": 1,
    "IMPLEMENTS": 1,
    "OWED_TO": 1,
    # Common membership, common papers.
    "MEMBER_OF": 2,
    "MADE": 2,
    "SPONSORED": 2,
    "CLEARED": 2,
    "MANDATES": 2,
    "UNDER": 2,
    "IMPLEMENTED_IN": 2,
    "SUCCEEDED_BY": 2,
    # What is written of somebody, or signed or voted on with everybody else.
    "PARTY_TO": 5,
    "ASSESSED": 5,
    "RECOMMENDED_TO": 5,
    "VOTED": 5,
}
"""By type of relationship. One that is not listed is not followed: a channel leads to a mailbox, to nobody else."""

EXPLAINED = (
    "Paths are ranked by weight, lightest first: 1 for a tie between people, posts and offices or through money, 2 for"
    " common memberships and papers, 5 for treaties, assessments, advice and votes; what stands between adds 1 to 6 by"
    f" the number of its relationships; a tie that no date tells to stand on the day adds {UNKNOWN}. Paths through"
    f" anything with more than {HUB} relationships come last."
)


def weight_between(degree: int) -> int:
    """Return what something adds that stands between two others, by the number of its relationships up to a hub's."""
    return degree.bit_length()
