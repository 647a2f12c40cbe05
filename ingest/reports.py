"""What a load tells when it is done: counts that add up, rejections, what a dry run would change."""

from pydantic import BaseModel, ConfigDict

from iga.ingest.rejections import Rejection

MOST_REJECTIONS = 1_000
"""Rejections that a report lists; the counts and the correction file hold all."""


MOST_UNKNOWN = 50
"""Names not known that a report lists with the nearest known ones; it counts the others."""


class ReportPart(BaseModel):
    """Base of the parts of a report."""

    model_config = ConfigDict(frozen=True)


class Example(ReportPart):
    """A node or relationship that a load touches, as examples print it."""

    id: str
    name: str


class ChangeCount(ReportPart):
    """How many items of one sort change, with the first by id."""

    count: int = 0
    examples: tuple[Example, ...] = ()


class LoadPreview(ReportPart):
    """What the graph would gain and lose.

    Attributes:
        waiting_added: Relationships that would wait, each with its reason.
        edges_to_wait: Of these, how many are in the graph now, whoever stated them.
    """

    nodes_added: ChangeCount = ChangeCount()
    nodes_changed: ChangeCount = ChangeCount()
    nodes_removed: ChangeCount = ChangeCount()
    edges_added: ChangeCount = ChangeCount()
    edges_changed: ChangeCount = ChangeCount()
    edges_removed: ChangeCount = ChangeCount()
    waiting_added: ChangeCount = ChangeCount()
    edges_to_wait: ChangeCount = ChangeCount()


class UnknownName(ReportPart):
    """A name of a party that nothing on record has.

    Attributes:
        is_held: Whether these were kept back; otherwise it is a new party.
        near: What may have been meant, each with its id, the likeliest first.
    """

    name: str
    cls: str
    rows: int
    is_held: bool
    near: tuple[str, ...] = ()


class NameMatched(ReportPart):
    """A name of the file, and the party on record under another name that it was taken for."""

    name: str
    id: str
    printed: str


class LoadReport(ReportPart):
    """What a load did, or would do.

    Attributes:
        load: Number of the load; that of the source's newest load when nothing changed, 0 for a dry run.
        refused: Why nothing of this source was loaded, where others were; blank where it was.
        read: Rows of the files; always new + changed + unchanged + repeated + skipped + rejected.
        repeated: Identical twins of rows of the same load.
        withdrawn: Rows of earlier loads that this one took back.
        waiting, conflicts: Relationships that wait and items on which sources differ in the whole graph; None
            before it is projected, and where counting takes too long.
        waits: The first relationships of this source that wait for an end, each with the reason.
        candidates: Pairs of parties that came up and may be one, for a person to judge; None when none were looked for.
        uncompared: Parties that are not compared with the others yet.
        data_version: What the graph is known by; blank before it is projected.
        rejections: The first rejected rows, at most `MOST_REJECTIONS`.
        unread: The first cells that were not read though their row was taken, at most `MOST_REJECTIONS`.
        unread_file: Where all of them are listed; blank when there are none.
        correction_file: Where the rejected rows are; blank when there are none. Several files are joined by a
            semicolon.
        notes: How the files were read, and what was not done, each a sentence.
        undone: What was to follow the load and did not happen, each with the reason and with what does it later; the
            load itself stands.
        people_basis: Where these are published, and on which day; blank when there are none.
        people_kept_internal: People who are internal because the source names no basis for making them public.
        people_held: Entries that may be, reach or name somebody protected, and count as that person until judged.
        preview: What would change in the graph; None unless it was asked for.
        names_not_known: Names of parties that nothing on record has, the first ones; new parties unless held.
        names_taken: Names that were taken for parties on record which print another name, the first ones.
    """

    load: int
    source: str
    title: str
    refused: str = ""
    dry_run: bool = False
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    skipped: int = 0
    rejected: int = 0
    withdrawn: int = 0
    waiting: int | None = None
    conflicts: int | None = None
    waits: tuple[str, ...] = ()
    candidates: int | None = None
    uncompared: int = 0
    seconds: float = 0.0
    data_version: str = ""
    rejections: tuple[Rejection, ...] = ()
    unread: tuple[Rejection, ...] = ()
    unread_count: int = 0
    unread_file: str = ""
    correction_file: str = ""
    how_to_correct: str = "correct and load that file"
    notes: tuple[str, ...] = ()
    withdrawn_rows: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    people_public: int = 0
    people_basis: str = ""
    people_kept_internal: int = 0
    people_held: int = 0
    preview: LoadPreview | None = None
    names_not_known: tuple[UnknownName, ...] = ()
    names_not_known_count: int = 0
    names_taken: tuple[NameMatched, ...] = ()
