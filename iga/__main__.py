"""`python -m iga` is the command line."""

from iga.cli.main import main

main()
