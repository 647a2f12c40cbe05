"""Who may be the same as whom: candidates found, weighed with their evidence, judged, exported and imported."""
