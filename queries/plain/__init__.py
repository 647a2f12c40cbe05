"""Questions in plain words: what is understood of a typed text, and the question that answers it."""
