"""Drafts a mapping for a file of somebody's own, from its header and first rows; every guess is marked."""
