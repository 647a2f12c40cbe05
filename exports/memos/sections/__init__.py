"""What several papers tell: from the rows of an answer to a section, or to a line of the bottom line."""
