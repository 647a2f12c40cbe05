"""The append-only ledger of loads, rows and judgements."""
