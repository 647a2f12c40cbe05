"""The fold: from row versions to one graph, without any I/O."""
