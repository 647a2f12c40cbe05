"""A paper as a tagged PDF."""
