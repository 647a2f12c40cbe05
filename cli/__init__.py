"""The `iga` command."""
