"""Finding things by name: the index of names, search, what a typed name stands for."""
