"""The pages that people look at: the same questions, things and sources as the rest of the service gives as JSON."""
