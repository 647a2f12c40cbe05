"""Measures speed: python dev.py bench [--rows 10000 100000] [--engine embedded neo4j] [--memory] [--hostile]."""
