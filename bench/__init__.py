"""Measures speed: python dev.py bench [--only bundled loads names questions] [--growth 10000 100000] [--write]."""
