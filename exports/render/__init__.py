"""A paper in each format: one room for each, and what they share."""
