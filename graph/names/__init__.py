"""How names are compared and looked up: one form of a name, one index, one ranking for both engines."""
