"""One thing or the whole: profiles, what stands in the sources, what is held."""
