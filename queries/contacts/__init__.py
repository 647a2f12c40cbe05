"""Whom to contact: posts, their holders, channels and the way to them."""
