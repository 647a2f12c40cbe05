"""Answers as documents and files."""
