"""IATI activity and organisation files: streamed, checked against the schema, turned into statements."""
