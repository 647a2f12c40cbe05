"""The standard formats that files come in, each read without a mapping; `registry` lists them."""
