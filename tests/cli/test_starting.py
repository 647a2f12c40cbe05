"""What the command line imports before it is asked for anything."""

import subprocess
import sys


def test_help_imports_neither_an_engine_nor_the_ledger() -> None:
    code = (
        "import sys; from cli.main import main; sys.argv = ['iga', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'arcadedb', 'neo4j', 'sqlalchemy', 'pydantic', 'fastapi', 'docx', 'openpyxl'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
