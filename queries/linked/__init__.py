"""How parties are linked: paths between two of them, and everything around one."""
