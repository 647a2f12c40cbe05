"""The graph stores, behind one door."""
