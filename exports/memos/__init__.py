"""The kinds of papers, each in a module of its own, and the sections, tables and sentences that they share."""
