"""The questions, with their evidence."""
