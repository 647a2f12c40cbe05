"""The kinds of memos, each in a module of its own, and the sections that they share."""
