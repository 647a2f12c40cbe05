"""From a file to statements."""
