"""The records of an IATI file: each checked, brought into the form of 2.03 where it is older, and told."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from graph.errors import ClassifiedText, FileRefused
from ingest.classified import looks_classified
from ingest.feed import OpenFile, Record, Said
from ingest.formats.iati.activity import activity_said
from ingest.formats.iati.organisation import organisation_said
from ingest.formats.iati.schema import VERSION, check, fault_of_root, refuse_flood
from ingest.formats.iati.stream import MOST_BYTES, RECORDS, Found, Root, children_of, root_of
from ingest.formats.iati.texts import line, told
from ingest.formats.iati.version1 import translated
from ingest.readers.table import Progress
from ingest.rejections import INVALID, SHAPE, Refusal

HEADER = ("identifier", "title")
KEYS = {"iati-activities": ("iati-identifier",), "iati-organisations": ("organisation-identifier",)}
_NAMES = {"iati-activities": ("iati-identifier", "title"), "iati-organisations": ("organisation-identifier", "name")}
_KNOWN_VERSIONS = ("2.01", "2.02", "2.03")


@contextmanager
def opened_iati(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
    """Open a file of activities or organisations.

    Raises:
        FileRefused: It is no XML, hostile, not IATI, or broken; what is broken further on is raised while it is read.
        ClassifiedText: A text looks classified, while it is read.
    """
    root = checked_root(path)
    notes = [_version_note(path, root)]
    yield OpenFile(
        name=path.name,
        place=f"{path.name}:",
        header=HEADER,
        records=_records(path, root, progress, notes),
        notes=notes,
    )


def checked_root(path: Path) -> Root:
    """Return the root of a file whose attributes are as the schema has them.

    Raises:
        FileRefused: They are not, or the file cannot be read.
    """
    root = root_of(path)
    if not is_version_1(root) and (fault := fault_of_root(root.name, root.attributes)):
        raise FileRefused(f"{path.name}: {fault}; correct the first element, such as <{root.name} version={VERSION!r}>")
    return root


def is_version_1(root: Root) -> bool:
    """Say whether a file is of IATI 1.x."""
    return root.attributes.get("version", "").strip().split(".")[0] == "1"


def _version_note(path: Path, root: Root) -> str:
    version = root.attributes.get("version", "")[:40]
    if is_version_1(root):
        return (
            f"{path.name}: IATI {version}, brought into the form of {VERSION} while it is read; not validated: no 1.x"
            " schema"
        )
    known = "" if version in _KNOWN_VERSIONS else ", which is no version of IATI 2 that is known"
    return f"{path.name}: IATI {version}{known}; each record is checked against the schema of {VERSION}"


def _records(path: Path, root: Root, progress: Progress | None, notes: list[str]) -> Iterator[Record]:
    not_taken: Counter[str] = Counter()
    tell = _teller(path.name, root, not_taken)
    last, shared, count = 0, 0, 0
    for found in children_of(path, root=root.name, progress=progress):
        # Locators tell records apart, so one that begins on the line of another is counted on from it.
        place = max(found.line, last + 1)
        shared += place != found.line
        last = place
        count += found.is_record
        yield Record(place, _cells(found, root), partial(tell, found))
    if shared:
        notes.append(f"{path.name}: {shared} records begin on the line of another; they are numbered on from it")
    if not count:
        notes.append(f"{path.name}: holds no <{RECORDS[root.name]}>")
    if not_taken:
        told_ = ", ".join(f"{name} ({number:,})" for name, number in sorted(not_taken.items()))
        notes.append(f"{path.name}: not taken, for the graph has no place for it: {told_}")


def _cells(found: Found, root: Root) -> tuple[str, str]:
    """Return what a list of rejected records shows of one: its identifier and its title."""
    key, name = _NAMES[root.name]
    title = found.element.find(name)
    words = told(title).main or line(title.text) if title is not None else ""
    return line(found.element.findtext(key))[:500], words[:500]


def _teller(file: str, root: Root, not_taken: Counter[str]) -> Callable[[Found], Said]:
    is_old = is_version_1(root)
    told_of: Callable[[Element], Said] = (
        partial(activity_said, not_taken=not_taken) if root.name == "iati-activities" else organisation_said
    )

    def tell(found: Found) -> Said:
        _refuse_other(found, root)
        record = found.element
        refuse_flood(record)
        _stop_if_classified(record, file)
        if is_old:
            record = translated(record)
        else:
            check(record)
        return told_of(record)

    return tell


def _refuse_other(found: Found, root: Root) -> None:
    if found.is_overlong:
        raise Refusal(
            f"the record is longer than {MOST_BYTES // 1_000_000} MB, which no activity needs",
            fix="get the file again; if it is meant so, part the activity",
            code=SHAPE,
        )
    if not found.is_record:
        name = str(found.element.tag)[:80]
        raise Refusal(
            f"line {found.line}: <{name}> does not belong between the records of <{root.name}>",
            fix="take it out, or put it in a namespace of your own",
            code=INVALID,
            column=name,
        )


def _stop_if_classified(record: Element, file: str) -> None:
    """Say nothing unless a text of a record looks classified.

    Raises:
        ClassifiedText: One does; the message names its line and element and nothing of it.
    """
    if not looks_classified(str(etree.tostring(record, method="text", encoding="unicode", with_tail=False))):
        return
    for element in record.iter("*"):
        if looks_classified(element.text or ""):
            raise ClassifiedText(
                f"{file}: line {element.sourceline}, <{element.tag}>: the text looks classified. The file was not"
                " loaded, nothing of it was stored; handle it by your security officer's rules, and load a version"
                " without it"
            )
