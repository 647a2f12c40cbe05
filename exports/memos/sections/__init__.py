"""The sections of a government memo, one module each: from the rows of an answer to a section."""
