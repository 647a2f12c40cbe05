"""Templates compiled once: kept where Python keeps its own compiled modules, for the next process."""

import pickle
import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class KeptTemplates(FileSystemBytecodeCache):
    """Compiled templates in ``__pycache__`` beside this module; where nobody may write there, they are not kept."""

    def __init__(self) -> None:
        super().__init__(str(Path(__file__).parent / "__pycache__"), "%s.template")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a compiled template, if what is kept is of its text and whole."""
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if the system lets us."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
