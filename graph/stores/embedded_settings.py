"""Settings of the embedded engine that differ from its own, each with its reason."""

PAGE_BYTES = 16_384
"""Bytes of a page of nodes or relationships. Relationships come in no order of their ends, so each that is written
touches a page of its own: of the engine's own 64 kB, two thousand of them filled a heap of 128 MB."""

INDEX_PAGE_BYTES = 65_536
"""Bytes of a page of an index. Things of fifteen classes have some 190 indexes, most of them all but empty: of the
engine's own 256 kB, such a graph took 92 MB of disk (23), 350 ms of processor to make (150) and 61 to open (27)."""

PAGES_WAITING = 4
"""Batches of pages that may wait to be written. The engine's own 512 filled its heap when the disk was slow."""

COMPACTION_MB = 32
"""Memory for putting an index in order; the engine's own 300 MB alone is more than its heap."""

SERIES_KEPT = 1000
"""Series of an index before they are all made into one. At the engine's own ten, that fills a heap of 128 MB when the
index holds half a million nodes; a look-up passes a series by its filter."""

SETTINGS: tuple[tuple[str, int | str], ...] = (
    ("bucketDefaultPageSize", PAGE_BYTES),
    ("indexDefaultPageSize", INDEX_PAGE_BYTES),
    ("pageFlushQueue", PAGES_WAITING),
    ("indexCompactionRAM", COMPACTION_MB),
    ("indexCompactionFullSeriesThreshold", SERIES_KEPT),
    ("opencypher.loadCsv.allowFileUrls", "false"),  # a read must not read files or addresses
    ("opencypher.loadCsv.allowRemoteUrls", "false"),
)
"""Names and values, for every graph that is opened."""
