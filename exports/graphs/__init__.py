"""The graph, or a part of it, in the formats of other graph programs."""
