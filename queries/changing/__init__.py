"""What changed, what sources differ on, what cannot all be true, and what is new in a saved question."""
