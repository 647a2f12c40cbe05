"""Load files of one source into the ledger: every row ends as taken, skipped or rejected, and the counts add up."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from graph.errors import InputError, ShrinkRefused
from graph.ledger.ledger import Ledger
from graph.ledger.load import OpenLoad
from graph.statements import Content, digest, encoded
from ingest.corrections import CorrectionFile
from ingest.header import is_correction
from ingest.mapping import Mapping
from ingest.readers.table import Progress, Table, TableRow
from ingest.readers.text_file import sha256_of
from ingest.rejections import CLASH, Refusal, Rejection
from ingest.reports import MOST_REJECTIONS, LoadReport, Preview, RejectionReport
from ingest.rows import Said, row_reader
from ingest.tables import mapped_table

# the ledger is quickest with batches of this size
_BATCH = 2_000
_NAMED = 10


@dataclass(frozen=True)
class LoadOptions:
    """What a load may do beyond the usual.

    Attributes:
        dry_run: Say what would happen and write nothing.
        allow_shrink: Withdraw even more than a tenth of a complete source.
        rekey: Accept other row-key columns; rows under old keys are withdrawn.
        by, because: Who loads, and why.
    """

    dry_run: bool = False
    allow_shrink: bool = False
    rekey: bool = False
    by: str = ""
    because: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What a load needs from outside.

    Attributes:
        clock: Gives the present instant, for the seconds of the report.
        progress: Is told how far each file is read.
        preview: Says what the graph gains and loses by the open load; asked in a dry run, and before rows are
            withdrawn.
    """

    clock: Callable[[], datetime]
    progress: Progress | None = None
    preview: Callable[[], Preview] | None = None


@dataclass
class _Tally:
    """What the load has come to so far."""

    counts: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    twins: dict[str, dict[int, str]] = field(default_factory=dict)
    is_partial: bool = False

    def reject(self, rejection: Rejection) -> None:
        self.counts["rejected"] += 1
        if len(self.rejections) < MOST_REJECTIONS:
            self.rejections.append(rejection)
