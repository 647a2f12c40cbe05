"""Results: indicators with their baselines, and what was aimed at and reached in each period."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml.etree import _Element as Element

from iga.ingest.formats.iati.iati_elements import (
    LONGEST_TEXT,
    FieldTable,
    code_list,
    coded,
    cut,
    day_in,
    day_of,
    fields_in,
    line,
    narrated,
    text_of,
    translations,
)
from iga.ingest.formats.iati.iati_money import digits_of, period_of
from iga.ingest.formats.iati.iati_record import IatiRecord
from iga.ingest.subjects import digest_of

# XML Schema has values of results as any text; these are numbers, the last two of them as people group digits.
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{1,18})?|\.\d{1,18}|\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,18})?)", re.ASCII)


_INDICATOR: FieldTable = {
    "name": narrated("title"),
    "aliases": translations("title"),
    "definition": narrated("description", LONGEST_TEXT),
    "unit": lambda indicator: coded(indicator, "measure", "IndicatorMeasure"),
}
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}
_VALUES = {"target": "target", "actual": "value", "baseline": "value"}
"""Element of a reading → the field that its number fills."""

_DOCUMENT: FieldTable = {
    "name": narrated("title"),
    "aliases": translations("title"),
    "summary": narrated("description", LONGEST_TEXT),
    "document_kind": lambda link: _codes(link, "category", code_list("DocumentCategory")),
    "language": lambda link: _codes(link, "language", {}),
    "dated_on": lambda link: day_in(link, "document-date"),
    "website": lambda link: cut(line(link.get("url"))),
}


def tell_results(record: IatiRecord, project: str, results: Sequence[Element], *, reporter: str) -> None:
    """State the indicators of a project and the readings of each; a blank reporter of them is unknown."""
    for result in results:
        tell_documents(record, project, list(result.iterchildren("document-link")))
        name, kind = text_of(result.find("title")).main, coded(result, "type", "ResultType")
        for indicator in result.iterchildren("indicator"):
            mark = digest_of(kind, name, text_of(indicator.find("title")).main, indicator.get("measure") or "")
            subject = record.numbered(f"indicator:iati:{record.end}:{mark}")
            baselines = list(indicator.iterchildren("baseline"))
            is_ascending = _TRUTHS.get(line(indicator.get("ascending")))
            own = {"result": cut(name), "result_kind": kind, "is_ascending": is_ascending, **_baseline(baselines)}
            record.node(subject, {**fields_in(indicator, _INDICATOR), **own}, at=indicator)
            record.edge("UNDER", subject, project, at=indicator)
            tell_documents(record, subject, list(indicator.iterchildren("document-link")))
            _tell_readings(record, subject, indicator, baselines, reporter)


def _baseline(baselines: Sequence[Element]) -> dict[str, object]:
    """Return the baseline of the whole; that of a part is a reading of its own."""
    if (whole := _whole(baselines)) is None:
        return {}
    value = _number(whole.get("value"))
    words = "" if value else _words("baseline", whole)
    return {"baseline": value, "baseline_on": _baseline_day(whole), "summary": cut(words, LONGEST_TEXT)}


def _whole(baselines: Sequence[Element]) -> Element | None:
    return next((baseline for baseline in baselines if not _part(baseline)), None)


def _tell_readings(
    record: IatiRecord, indicator: str, element: Element, baselines: Sequence[Element], reporter: str
) -> None:
    end = indicator.removeprefix("indicator:")

    def reading(at: Element, mark: str, values: dict[str, object]) -> None:
        subject = record.node(record.numbered(f"measurement:{end}:{mark}"), values, at=at)
        record.edge("UNDER", subject, indicator, at=at)

    whole = _whole(baselines)
    for baseline in (baseline for baseline in baselines if baseline is not whole):
        of_part = {"name": "baseline", "measured_on": _baseline_day(baseline), "reported_by": reporter}
        reading(baseline, digest_of("baseline", _part(baseline)), {**of_part, **_read((("baseline", baseline),))})
        tell_documents(record, indicator, list(baseline.iterchildren("document-link")))
    for period in element.iterchildren("period"):
        span = period_of(period)
        days = digits_of(span)
        for part, read in _parts(period):
            mark = f"{days}-{digest_of(part, size=4)}" if part else days
            about: dict[str, object] = {"period": span, "reported_by": reporter, "disaggregation": part}
            reading(period, mark or "0", about | _read(read))
        for value in (*period.iterchildren("target"), *period.iterchildren("actual")):
            tell_documents(record, indicator, list(value.iterchildren("document-link")))


def _parts(period: Element) -> Iterator[tuple[str, tuple[tuple[str, Element], ...]]]:
    """Give each part of the whole that a period tells of, with its targets and actual values in pairs."""
    values_by_part: dict[str, dict[str, list[Element]]] = {}
    for name in ("target", "actual"):
        for child in period.iterchildren(name):
            values_by_part.setdefault(_part(child), {"target": [], "actual": []})[name].append(child)
    for part, both in values_by_part.items():
        for place in range(max(map(len, both.values()))):
            yield part, tuple((name, ones[place]) for name, ones in both.items() if place < len(ones))


def _read(pair: Sequence[tuple[str, Element]]) -> dict[str, object]:
    """Return a reading: numbers in their fields, what is no number in words."""
    values: dict[str, object] = {}
    words = []
    for name, element in pair:
        if value := _number(element.get("value")):
            values[_VALUES[name]] = value
        if not value or element.find("comment") is not None:
            words.append(_words(name, element))
    if parts := {part for _, element in pair if (part := _part(element))}:
        values["disaggregation"] = parts.pop()
    return {**values, "summary": cut("; ".join(filter(None, words)), LONGEST_TEXT)}


def _words(name: str, element: Element) -> str:
    value, comment = line(element.get("value")), text_of(element.find("comment")).main
    value = "" if _number(value) else value
    words = " - ".join(filter(None, (value, comment)))
    return f"{name}: {words}" if words else ""


def _part(element: Element) -> str:
    """Return which part of the whole a value is of: its dimensions and places; blank is the whole."""
    dimensions = (
        f"{line(dimension.get('name'))}: {line(dimension.get('value'))}"
        for dimension in element.iterchildren("dimension")
        if dimension.attrib
    )
    places = (
        f"place: {line(location.get('ref'))}" for location in element.iterchildren("location") if location.get("ref")
    )
    return cut("; ".join((*dimensions, *places)))


def _number(text: str | None) -> str:
    """Return a number as plain digits: ``1,200`` is 1200; blank when the text is none."""
    plain = line(text)
    return plain.replace(",", "") if _NUMBER.fullmatch(plain) else ""


def _baseline_day(baseline: Element) -> str:
    day, year = day_of(baseline.get("iso-date")), line(baseline.get("year"))
    return day or (year if re.fullmatch(r"\d{4}", year, re.ASCII) else "")


def _codes(element: Element, name: str, meanings: Mapping[str, str]) -> str:
    """Return the codes of some children, each once, by what they mean where that is known."""
    codes = dict.fromkeys(line(child.get("code")) for child in element.iterchildren(name))
    return cut(", ".join(meanings.get(code, code) for code in codes if code))


def tell_documents(record: IatiRecord, whole: str, links: Sequence[Element], *, edge: str = "UNDER") -> None:
    """State the documents that are linked to, each once, and what they belong to; an address is what makes one."""
    for url, link in {line(link.get("url")): link for link in links if line(link.get("url"))}.items():
        document = record.node(f"document:iati:{digest_of(url)}", fields_in(link, _DOCUMENT), at=link)
        record.edge(edge, document, whole, at=link)
