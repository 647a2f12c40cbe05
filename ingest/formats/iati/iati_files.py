"""The records of an IATI file: each checked, brought into the form of 2.03 where it is older, and told."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from iga.graph.errors import ClassifiedText, FileRefused, UsageError
from iga.ingest.classified import looks_classified
from iga.ingest.formats.format_registry import CardWords, Format, Head, worded
from iga.ingest.formats.iati.activity import activity_statements
from iga.ingest.formats.iati.iati_elements import code_list, cut, day_of, line, text_of
from iga.ingest.formats.iati.organisation import organisation_statements
from iga.ingest.formats.iati.schema import VERSION, check, fault_of_root, refuse_flood
from iga.ingest.formats.iati.stream import MOST_BYTES, RECORDS, Root, RootChild, children_of, root_of
from iga.ingest.mapping import MappingCard
from iga.ingest.names_of_load import OF_REPORTS
from iga.ingest.readers.file_table import Progress
from iga.ingest.rejections import INVALID, SHAPE, Refusal
from iga.ingest.source_reader import OpenFile, SourceReader, SourceRecord, StatedRow
from iga.ingest.subjects import slug

_OWN = "99"
_NOTHING = ("", "NA", "N/A", "NULL")
_PUBLISHED_AS = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_TEXTS = (
    *("title", "description", "reporting-org", "participating-org", "recipient-country", "recipient-region", "sector"),
    *("provider-org", "receiver-org", "comment", "recipient-org", "name"),
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def translated(record: Element) -> Element:
    """Return the record itself, changed in place into the form of 2.03."""
    for name in _TEXTS:
        for element in list(record.iter(name)):
            _narrate(element)
    for element in list(record.iter("*")):
        tag = str(element.tag)
        if attribute := _RECODED.get(tag):
            word = line(element.get(attribute))
            element.set(attribute, code_list("version 1")[f"{tag}/{attribute}"].get(word.lower(), word))
        if change := _CHANGES.get(tag):
            change(element)
    return record


def _narrate(first: Element) -> None:
    """Put the text of an element into a narrative; titles, which 1.x repeats for each language, into those of one."""
    if first.find("narrative") is not None:
        return
    group = [first]
    while first.tag == "title" and (other := group[-1].getnext()) is not None and _is_repetition(other):
        group.append(other)
    for element in group:
        if text := line(element.text):
            narrative = etree.SubElement(first, "narrative")
            narrative.text = text
            if code := element.get(_LANG):
                narrative.set(_LANG, code)
        element.text = None
        if element is not first and (above := element.getparent()) is not None:
            above.remove(element)


def _is_repetition(element: Element) -> bool:
    return element.tag == "title" and set(element.attrib) <= {_LANG}


def _stated_day(element: Element) -> None:
    """Take the day from the text where the attribute is missing, as 1.x allows."""
    if not element.get("iso-date") and (match := _PUBLISHED_AS.match(line(element.text))):
        element.set("iso-date", match[0])


def _sector(element: Element) -> None:
    word = line(element.get("vocabulary"))
    known = code_list("version 1")["sector/vocabulary"].get(word.lower())
    element.set("vocabulary", known or _OWN)
    if line(element.get("code")).upper() in _NOTHING:
        # a sector without a code is the publisher's own words
        element.set("vocabulary", _OWN)
        if "code" in element.attrib:
            del element.attrib["code"]
        for narrative in element.findall("narrative"):
            if line(narrative.text).upper() in _NOTHING:
                element.remove(narrative)


def _other_identifier(element: Element) -> None:
    if element.get("ref") is None:
        element.set("ref", line(element.text))
        element.set("type", "A1" if _is_of_reporter(element) else "A9")


def _is_of_reporter(element: Element) -> bool:
    """True if an identifier is the reporter's own: it says so, or names nobody."""
    record, owner = element.getparent(), line(element.get("owner-ref"))
    reporter = record.find("reporting-org") if record is not None else None
    return not owner or (reporter is not None and owner == line(reporter.get("ref")))


def _value(element: Element) -> None:
    """Date an amount by its transaction where it has no date of its own; take grouped digits apart."""
    element.text = line(element.text).replace(",", "")
    parent = element.getparent()
    dated = parent.find("transaction-date") if parent is not None else None
    if not element.get("value-date") and dated is not None:
        _stated_day(dated)
        element.set("value-date", line(dated.get("iso-date")))


def _document(element: Element) -> None:
    if (code := line(element.get("language"))) and element.find("language") is None:
        etree.SubElement(element, "language").set("code", code)


_RECODED = {
    "participating-org": "role",
    "activity-date": "type",
    "transaction-type": "code",
    "budget": "type",
    "planned-disbursement": "type",
    "result": "type",
}
"""Element → the attribute in which 1.x has a word and 2.03 a code."""

_CHANGES: dict[str, Callable[[Element], None]] = {
    "activity-date": _stated_day,
    "transaction-date": _stated_day,
    "period-start": _stated_day,
    "period-end": _stated_day,
    "sector": _sector,
    "other-identifier": _other_identifier,
    "value": _value,
    "document-link": _document,
}


HEADER = ("identifier", "title")
_ACTIVITIES = "iati-activities"
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
    root = _checked_root(path)
    notes = [_version_note(path, root)]
    yield OpenFile(
        name=path.name, place=f"{path.name}:", header=HEADER, records=_records(path, root, progress, notes), notes=notes
    )


def _checked_root(path: Path) -> Root:
    """Return the root of a file; refuse one whose attributes are not as the schema has them."""
    root = root_of(path)
    if not root.is_version_1 and (fault := fault_of_root(root.name, root.attributes)):
        raise FileRefused(f"{path.name}: {fault}; correct the first element, such as <{root.name} version={VERSION!r}>")
    return root


def _version_note(path: Path, root: Root) -> str:
    version = root.attributes.get("version", "")[:40]
    if root.is_version_1:
        return (
            f"{path.name}: IATI {version}, brought into the form of {VERSION} while it is read; not validated: no 1.x"
            " schema"
        )
    known = "" if version in _KNOWN_VERSIONS else ", which is no version of IATI 2 that is known"
    return f"{path.name}: IATI {version}{known}; each record is checked against the schema of {VERSION}"


def _records(path: Path, root: Root, progress: Progress | None, notes: list[str]) -> Iterator[SourceRecord]:
    not_taken: Counter[str] = Counter()
    last, shared, count = 0, 0, 0
    for child in children_of(path, root=root.name, progress=progress):
        # Locators tell records apart, so one that begins on the line of another is counted on from it.
        place = max(child.line, last + 1)
        shared += place != child.line
        last = place
        count += child.is_record
        yield SourceRecord(place, _cells(child, root), partial(_stated, child, path.name, root, not_taken))
    if shared:
        notes.append(f"{path.name}: {shared} records begin on the line of another; they are numbered on from it")
    if not count:
        notes.append(f"{path.name}: holds no <{RECORDS[root.name]}>")
    if not_taken:
        elements = ", ".join(f"{name} ({number:,})" for name, number in sorted(not_taken.items()))
        notes.append(f"{path.name}: not taken, for the graph has no place for it: {elements}")


def _cells(child: RootChild, root: Root) -> tuple[str, str]:
    """Return what a list of rejected records shows of one: its identifier and its title."""
    key, name = _NAMES[root.name]
    title = child.element.find(name)
    words = text_of(title).main or line(title.text) if title is not None else ""
    return line(child.element.findtext(key))[:500], words[:500]


def _stated(child: RootChild, file: str, root: Root, not_taken: Counter[str]) -> StatedRow:
    _refuse_other(child, root)
    record = child.element
    refuse_flood(record)
    _stop_if_classified(record, file)
    if root.is_version_1:
        record = translated(record)
    else:
        check(record)
    return activity_statements(record, not_taken) if root.name == _ACTIVITIES else organisation_statements(record)


def _refuse_other(child: RootChild, root: Root) -> None:
    if child.is_overlong:
        raise Refusal(
            f"the record is longer than {MOST_BYTES // 1_000_000} MB, which no activity needs",
            fix="get the file again; if it is meant so, part the activity",
            code=SHAPE,
        )
    if not child.is_record:
        name = str(child.element.tag)[:80]
        raise Refusal(
            f"line {child.line}: <{name}> does not belong between the records of <{root.name}>",
            fix="take it out, or put it in a namespace of your own",
            code=INVALID,
            column=name,
        )


def _stop_if_classified(record: Element, file: str) -> None:
    """Say nothing unless a text of a record looks classified."""
    if not looks_classified(str(etree.tostring(record, method="text", encoding="unicode", with_tail=False))):
        return
    for element in record.iter("*"):
        if looks_classified(element.text or ""):
            raise ClassifiedText(
                f"{file}: line {element.sourceline}, <{element.tag}>: the text looks classified. The file was not"
                " loaded, nothing of it was stored; handle it by your security officer's rules, and load a version"
                " without it"
            )


_ROOT_NAMES = "|".join(sorted({*RECORDS, *RECORDS.values()}, key=len, reverse=True))
_ROOT = re.compile(rf"<(?:{_ROOT_NAMES})[\s/>]")
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


def _fits(head: Head) -> bool:
    return head.text.lstrip().startswith("<") and _ROOT.search(head.text) is not None


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    """Return the feed of files of one kind."""
    roots = {file: _checked_root(file) for file in files}
    kinds = Counter(root.name for root in roots.values())
    if len(kinds) > 1:
        counts = ", ".join(f"{count} of <{kind}>" for kind, count in sorted(kinds.items()))
        raise UsageError(f"the files are of two kinds ({counts}); they are two sources: load them apart")
    [kind] = kinds
    days = {_generated(root) for root in roots.values()} - {""}
    card = _card(roots, kind, words).model_copy(update={"as_of": min(days, default=""), "rank": _OFFICIAL})
    notes = (f"the files were made on different days; the earliest, {min(days)}, is taken",) if len(days) > 1 else ()
    return SourceReader(
        worded(card, words).card(), KEYS[kind], opened_iati, reloads=False, notes=notes, unknown=OF_REPORTS
    )


def _reporters(file: Path, root: Root) -> dict[str, str]:
    """Return who reports in a file by reference, with the name; a broken file is refused before anything is loaded."""
    reporters: dict[str, str] = {}
    for child in children_of(file, root=root.name):
        reporting = child.element.find("reporting-org") if child.is_record else None
        if reporting is not None and len(reporters) < 2:
            reporters.setdefault(line(reporting.get("ref")), text_of(reporting).main or line(reporting.text))
    return reporters


def _card(roots: dict[Path, Root], kind: str, words: CardWords) -> MappingCard:
    reporters = {ref: name for file, root in roots.items() for ref, name in _reporters(file, root).items()}
    end = "" if kind == _ACTIVITIES else ":organisations"
    if len(reporters) == 1:
        [(reference, name)] = reporters.items()
        title = f"IATI {_KINDS[kind]} of {name or reference or 'an unnamed reporter'}"
        source = f"iati:{slug(reference) or slug(name) or 'unnamed'}{end}"
        return MappingCard(source=source, title=cut(title, 300), publisher=name)
    if len(roots) > 1 and not words.source:
        raise UsageError(
            "the files are of several reporting organizations, so they are several sources: load them apart, or name"
            " the source that all of them are of with --source, such as --source iati:partners"
        )
    file = next(iter(roots))
    title = cut(f"IATI {_KINDS[kind]} in {file.name}", 300)
    return MappingCard(source=f"iati:{slug(file.stem) or 'file'}{end}", title=title)


def _generated(root: Root) -> str:
    """Return the day a file was made; blank when it does not say, or, in 1.x where nothing checks it, no date."""
    try:
        return day_of(root.attributes.get("generated-datetime"))
    except Refusal:
        return ""


IATI = Format("iati", "IATI activity or organisation XML", (".xml",), _fits, _reader, example=_EXAMPLE)
