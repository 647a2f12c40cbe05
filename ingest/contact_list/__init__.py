"""Reads contact lists as offices keep them: what can be known is taken, what cannot is listed cell by cell."""
