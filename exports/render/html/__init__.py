"""A paper as one web page."""
