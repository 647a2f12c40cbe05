"""The format `iati`: how its files are recognized, and the card of their source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import UsageError
from ingest.feed import Feed
from ingest.formats.format import CardWords, Format, Head
from ingest.formats.iati.money import day_of
from ingest.formats.iati.reading import KEYS, checked_root, opened_iati
from ingest.formats.iati.stream import RECORDS, Root, children_of
from ingest.formats.iati.texts import cut, line, told
from ingest.formats.mapped_format import worded
from ingest.mapping import SourceCard
from ingest.rejections import Refusal
from ingest.subjects import slug

_NAMES = "|".join(sorted({*RECORDS, *RECORDS.values()}, key=len, reverse=True))
_ROOT = re.compile(rf"<(?:{_NAMES})[\s/>]")
_KINDS = {"iati-activities": "activities", "iati-organisations": "organisation file"}
_OFFICIAL = 20


_EXAMPLE = """<iati-activities version="2.03" generated-datetime="2026-05-01T00:00:00Z">
 <iati-activity default-currency="USD" xml:lang="en">
  <iati-identifier>XX-EX-1-S01</iati-identifier>
  <reporting-org ref="XX-EX-1" type="10"><narrative>Example Agency</narrative></reporting-org>
  <title><narrative>Shelters of an example</narrative></title>
  <description><narrative>Two shelters that nobody runs.</narrative></description>
  <participating-org ref="XX-NGO-7" type="22" role="4"><narrative>Example Relief</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2026-01-01"/>
  <recipient-country code="GH"/>
  <sector code="15160"/>
 </iati-activity>
</iati-activities>
"""


@dataclass(frozen=True)
class _Looked:
    """What a file tells of its source: its root, and who reports in it by reference, with the names."""

    root: Root
    reporters: dict[str, str]


def _fits(head: Head) -> bool:
    return head.text.lstrip().startswith("<") and _ROOT.search(head.text) is not None


def _feed(files: Sequence[Path], words: CardWords) -> Feed:
    """Return the feed of files of one kind.

    Raises:
        FileRefused: A file is not IATI, or broken.
        UsageError: The files are of both kinds, or of several reporters and no source is named.
    """
    looked = {file: _look(file) for file in files}
    kinds = sorted({one.root.name for one in looked.values()})
    if len(kinds) > 1:
        counts = (f"{sum(one.root.name == kind for one in looked.values())} of <{kind}>" for kind in kinds)
        raise UsageError(f"the files are of two kinds ({', '.join(counts)}); they are two sources: load them apart")
    card = _card(looked, kinds[0], words)
    days = {_generated(one.root) for one in looked.values()} - {""}
    notes = (f"the files were made on different days; the earliest, {min(days)}, is taken",) if len(days) > 1 else ()
    return Feed(card=worded(card, words).card(), key=KEYS[kinds[0]], opened=opened_iati, reloads=False, notes=notes)


def _look(file: Path) -> _Looked:
    """Read through a file once for who reports in it; a broken file is refused here, before anything is loaded."""
    root = checked_root(file)
    reporters: dict[str, str] = {}
    for found in children_of(file, root=root.name):
        reporting = found.element.find("reporting-org") if found.is_record else None
        if reporting is not None and len(reporters) < 2:
            reporters.setdefault(line(reporting.get("ref")), told(reporting).main or line(reporting.text))
    return _Looked(root, reporters)


def _card(looked: dict[Path, _Looked], kind: str, words: CardWords) -> SourceCard:
    reporters = {reference: name for one in looked.values() for reference, name in one.reporters.items()}
    end = "" if kind == "iati-activities" else ":organisations"
    days = {_generated(one.root) for one in looked.values()} - {""}
    as_of = min(days, default="")
    if len(reporters) == 1:
        [(reference, name)] = reporters.items()
        called = name or reference or "an unnamed reporter"
        source = f"iati:{slug(reference) or slug(name) or 'unnamed'}{end}"
        title = f"IATI {_KINDS[kind]} of {called}"
        return SourceCard(source=source, title=cut(title, 300), publisher=name, as_of=as_of, rank=_OFFICIAL)
    if len(looked) > 1 and not words.source:
        raise UsageError(
            "the files are of several reporting organizations, so they are several sources: load them apart, or name"
            " the source that all of them are of with --source, such as --source iati:partners"
        )
    file = next(iter(looked))
    source = f"iati:{slug(file.stem) or 'file'}{end}"
    title = cut(f"IATI {_KINDS[kind]} in {file.name}", 300)
    return SourceCard(source=source, title=title, as_of=as_of, rank=_OFFICIAL)


def _generated(root: Root) -> str:
    """Return the day a file was made; blank when it does not say, or, in 1.x where nothing checks it, no date."""
    try:
        return day_of(root.attributes.get("generated-datetime"))
    except Refusal:
        return ""


IATI = Format("iati", "IATI activity or organisation XML", (".xml",), _fits, _feed, example=_EXAMPLE)
