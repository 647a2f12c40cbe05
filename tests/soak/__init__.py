"""Faults of an office's life, tried over and over: `python -m tests.soak --minutes 60`; a few of them as a test."""
