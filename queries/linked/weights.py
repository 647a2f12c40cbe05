"""What paths are ranked by beside the weights of edges, which their classes state."""

HUB = 50
"""What has more relationships than this edges everybody to everybody: the United Nations, a treaty, a report."""

UNKNOWN = 6
"""Added for each edge of which no date tells whether it stood on the day: more than any other step weighs."""

EXPLAINED = (
    "Paths are ranked by weight, lightest first: 1 for a tie between people, posts and offices or through money, 2 for"
    " common memberships and papers, 5 for treaties, assessments, advice and votes; what stands between adds 1 to 6 by"
    f" the number of its relationships; a tie that no date tells to stand on the day adds {UNKNOWN}. Paths through"
    f" anything with more than {HUB} relationships come last."
)


def weight_between(degree: int) -> int:
    """Return what something adds that stands between two others, by the number of its relationships up to a hub's."""
    return degree.bit_length()
