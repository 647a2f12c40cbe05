"""The domain: every class, field and value the graph may hold."""
