"""Any set of parties: conditions over columns, combined, with what is not known."""
