"""Answers and records as files for other programs: tables, address cards, calendars, each with its manifest."""
