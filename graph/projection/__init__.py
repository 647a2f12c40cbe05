"""The projection: the folded graph, kept up in a store."""
