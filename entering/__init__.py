"""What people enter: asked for in words, compared with what is on record, and written as signed rows."""
