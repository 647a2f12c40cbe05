"""What an organisation record says: the organization, its budgets and expenditures as lines, its documents."""

from lxml.etree import _Element as Element

from iga.ingest.formats.iati.iati_elements import coded, cut, end_of_id, line, refused, text_of
from iga.ingest.formats.iati.iati_money import money_of, period_of
from iga.ingest.formats.iati.iati_record import IatiRecord, key_of, kind_of, region_words
from iga.ingest.formats.iati.results import tell_documents
from iga.ingest.name_tables import governments
from iga.ingest.rejections import MISSING, Refusal
from iga.ingest.source_reader import StatedRow
from iga.ingest.subjects import digest_of

_LINES = {
    "total-budget": ("total budget", "budget"),
    "recipient-org-budget": ("budget for an organization", "budget"),
    "recipient-region-budget": ("budget for a region", "budget"),
    "recipient-country-budget": ("budget for a country", "budget"),
    "total-expenditure": ("total expenditure", "expenditure"),
}
"""Element → what it is a line of, and what its amount measures."""


def organisation_statements(element: Element) -> StatedRow:
    """Return the identifier of an organisation record, and what it says.

    Raises:
        Refusal: The record is not taken; the refusal says why and what to do.
    """
    identifier = key_of(element, "organisation-identifier")
    record = IatiRecord(end=end_of_id(identifier), currency=line(element.get("default-currency")))
    organization = _organization(record, element, identifier)
    for name, (account, measure) in _LINES.items():
        for part in element.iterchildren(name):
            _tell_line(record, organization, part, account, measure)
    tell_documents(record, organization, list(element.iterchildren("document-link")), edge="PART_OF")
    return identifier, record.content()


def _organization(record: IatiRecord, element: Element, identifier: str) -> str:
    """State the organization of a record; its type is told only where it reports on itself."""
    reporting = element.find("reporting-org")
    is_own = reporting is not None and line(reporting.get("ref")) == identifier
    kind = kind_of(reporting) if reporting is not None and is_own else ""
    organization = record.named(identifier, text_of(element.find("name")), kind, element)
    if not organization:
        raise Refusal("the record names no organization", fix="fill <name>", code=MISSING, column="name")
    return organization


def _tell_line(record: IatiRecord, organization: str, element: Element, account: str, measure: str) -> None:
    """State a line, and the lines it is broken down into as parts of it; only the whole is tied to the organization."""
    region = element.find("recipient-region")
    words = cut(f"{account} {region_words(region)}" if region is not None else account)
    period = period_of(element)
    place = record.party(element.find("recipient-org")) or _country(element)
    values = {
        "name": cut(f"{words[:1].upper()}{words[1:]}, {' to '.join(period.values())}"),
        "account": words,
        "line_kind": coded(element, "status", "BudgetStatus"),
        "period": period,
        "money": money_of(element, measure, record.currency),
        "place": place,
    }
    mark = digest_of(_recipient(element), *period.values(), size=6)
    whole = record.node(record.numbered(f"line:iati:{record.end}:{element.tag}-{mark}"), values, at=element)
    record.edge("FUNDED", organization, whole, at=element)
    for part in (*element.iterchildren("budget-line"), *element.iterchildren("expense-line")):
        reference, words = line(part.get("ref")), text_of(part).main
        own = {
            "name": cut(words or reference),
            "account": cut(" ".join(filter(None, (reference, words)))),
            "period": period,
            "money": money_of(part, measure, record.currency),
            "place": place,
        }
        subject = record.numbered(f"{whole}:{digest_of(reference, words, size=4)}")
        record.edge("PART_OF", record.node(subject, own, at=part), whole, at=part)


def _recipient(element: Element) -> str:
    """Return whom a line is for, as it is written; blank is the whole."""
    for name, attribute in (("recipient-org", "ref"), ("recipient-region", "code"), ("recipient-country", "code")):
        if (recipient := element.find(name)) is not None:
            return f"{line(recipient.get('vocabulary'))} {line(recipient.get(attribute)) or text_of(recipient).main}"
    return ""


def _country(element: Element) -> str:
    country = element.find("recipient-country")
    if country is None:
        return ""
    code = line(country.get("code")).upper()
    if government := governments().codes.get(code):
        return government
    raise refused(country, f"has the code {code!r}, which is no country", fix="write a code of ISO 3166-1", value=code)
