"""Lists of names matched with the graph, by the Reconciliation API 0.2."""
