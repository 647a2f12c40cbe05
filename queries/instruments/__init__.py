"""What binds: agreements, compacts, plans and duties."""
