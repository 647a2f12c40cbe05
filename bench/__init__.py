"""Measures speed: python dev.py bench [--only bundled loads names questions] [--million] [--write]."""
