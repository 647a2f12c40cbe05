"""Reads an editable workbook that comes back, and says cell by cell what somebody changed in it."""
