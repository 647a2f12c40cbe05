"""Formats that are tables: bundled mappings say how they are read, and columns which of them a file asks for."""

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib.resources import files as files_of_package
from pathlib import Path
from string import Template
from typing import TypeAlias

from iga.graph.errors import DomainError, FileRefused, UsageError
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file, head_of, worded
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping import Mapping
from iga.ingest.mapping_file import mapping_from
from iga.ingest.readers.file_table import Progress
from iga.ingest.source_reader import OpenFile, SourceReader
from iga.ingest.subjects import slug

Variants: TypeAlias = MappingOf[str, tuple[str, ...]]
"""Name of each bundled mapping of a format → the columns that tell its files from others; all must be there."""

_TEXTS = (".csv", ".tsv", ".txt")
_OF_360 = ("grants", "amountAwarded", "recipientOrganization", "fundingOrganization")


def table_format(
    name: str, title: str, variants: Variants, *, suffixes: tuple[str, ...] = _TEXTS, key: str = "", page: str = ""
) -> Format:
    """Return the format whose files have the columns of one of its mappings.

    Files of several variants may be one load if one card is theirs.
    """
    if len(variants) == 1 and name not in variants:
        raise DomainError(f"the format {name} has one mapping, {name}.yaml: write its columns as {{{name!r}: (…)}}")

    def fits(head: Head) -> bool:
        return any(head.has_columns(*columns) for columns in variants.values())

    def feed(files: Sequence[Path], words: CardWords) -> SourceReader:
        if len(variants) == 1:
            return reader_of_mapping(name, words)
        return _varied_reader({path: _variant_of(path, name, variants) for path in files}, key, words)

    return Format(name, title, suffixes, fits, feed, page)


def format_mapping(name: str, **words: str) -> Mapping:
    """Return the bundled mapping of a format, ``NAME.yaml`` beside this module, with words in place of ``$word``.

    Raises:
        DomainError: There is no such file.
    """
    try:
        text = (files_of_package("iga.ingest.formats") / f"{name}.yaml").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DomainError(f"the format {name} has no mapping: write ingest/formats/{name}.yaml") from None
    return mapping_from(Template(text).safe_substitute(words) if words else text, name=f"{name}.yaml")


def reader_of_mapping(
    name: str, words: CardWords, *, source: str = "", title: str = "", notes: tuple[str, ...] = ()
) -> SourceReader:
    """Return the feed that the bundled mapping of a format describes.

    Raises:
        UsageError: A word does not fit.
    """
    mapping = _worded_mapping(name, replace(words, source=source or words.source, title=title or words.title))
    return mapped_reader(with_sheets(mapping, words.sheets), notes=notes)


def with_sheets(mapping: Mapping, sheets: Sequence[str]) -> Mapping:
    """Return a mapping that reads the sheets asked for, if any; raises UsageError where it reads no workbook."""
    if not sheets:
        return mapping
    if mapping.format != "xlsx":
        raise UsageError(f"--sheet {sheets[0]!r}: the mapping is for CSV files, which have no sheets")
    one = sheets[0] if len(sheets) == 1 else None
    return mapping.model_copy(update={"sheet": one, "sheets": None if one else tuple(sheets)})


def _variant_of(path: Path, name: str, variants: Variants) -> str:
    head = head_of(path)
    for mapping, columns in variants.items():
        if head.has_columns(*columns):
            return mapping
    wanted = "; or ".join(map(", ".join, variants.values()))
    raise FileRefused(f"{path.name}: no file of {name}: its header needs the columns {wanted}")


def _varied_reader(variant_of: MappingOf[Path, str], key: str, words: CardWords) -> SourceReader:
    feeds = {name: mapped_reader(_worded_mapping(name, words)) for name in variant_of.values()}
    cards = {feed.card.source: feed.card for feed in feeds.values()}
    if len(cards) > 1:
        raise UsageError(f"the files are of several sources ({', '.join(sorted(cards))}); load each by itself")

    def opened(path: Path, progress: Progress | None) -> AbstractContextManager[OpenFile]:
        return feeds[variant_of[path]].opened(path, progress)

    [card] = cards.values()
    return SourceReader(card=card, key=(key,), opened=opened)


def _worded_mapping(name: str, words: CardWords) -> Mapping:
    mapping = format_mapping(name)
    return mapping.model_copy(update={"card": worded(mapping.card, words)})


def _is_object(head: Head) -> bool:
    return head.text.lstrip().startswith("{")


EXCHANGE_RATES = table_format(
    "exchange-rates", "exchange rates", {"exchange-rates": ("currency", "base", "rate", "rate_on")}
)

PARTNERS = table_format(
    "partners",
    "a list of partners",
    {"partners": ("Kind", "Name", "What they do", "Part of")},
    suffixes=(".xlsx", ".xlsm", ".csv"),
)

USASPENDING_AWARDS = table_format(
    "usaspending-awards",
    "prime awards of USAspending.gov",
    {
        "usaspending-assistance-transactions": ("assistance_transaction_unique_key", "federal_action_obligation"),
        "usaspending-contract-transactions": ("contract_transaction_unique_key", "federal_action_obligation"),
        "usaspending-assistance-awards": ("assistance_award_unique_key", "total_obligated_amount"),
        "usaspending-contract-awards": ("contract_award_unique_key", "total_obligated_amount"),
    },
    key="the unique key",
    page="usaspending",
)

USASPENDING_SUBAWARDS = table_format(
    "usaspending-subawards",
    "sub-awards of USAspending.gov",
    {
        "usaspending-subgrants": ("prime_award_unique_key", "prime_award_fain", "subaward_amount"),
        "usaspending-subcontracts": ("prime_award_unique_key", "prime_award_piid", "subaward_amount"),
    },
    key="prime award, report, number, sub-recipient, day and amount",
    page="usaspending",
)

GRANTS_360 = Format(
    name="360giving",
    title="grants in the 360Giving standard",
    suffixes=(".json",),
    fits=lambda head: _is_object(head) and all(f'"{word}"' in head.text for word in _OF_360),
    feed=lambda _, words: reader_of_mapping("360giving", words),
    example=(
        '{"grants": [{"id": "360G-example-1", "title": "Shelters that work", "description": "Opens two shelters.",\n'
        ' "currency": "GBP", "amountAwarded": 40000, "awardDate": "2031-06-05",\n'
        ' "recipientOrganization": [{"id": "GB-CHC-0000001", "name": "Example Relief"}],\n'
        ' "fundingOrganization": [{"id": "GB-CHC-0000002", "name": "Example Foundation"}],\n'
        ' "beneficiaryLocation": [{"countryCode": "GH"}]}]}\n'
    ),
)

OECD_CRS = table_format(
    "oecd-crs",
    "activities of the OECD's Creditor Reporting System",
    {"oecd-crs": ("DonorCode", "RecipientCode", "PurposeCode", "USD_Commitment", "USD_Disbursement")},
)


def _fts(files: Sequence[Path], words: CardWords) -> SourceReader:
    """Return the feed of flows, as CSV or as JSON; raises UsageError where the files are of both."""
    forms = {path.suffix.lower() == ".json" or head_of(path).text.lstrip().startswith("{") for path in files}
    if len(forms) > 1:
        raise UsageError("the files are CSV and JSON; load them apart")
    mapping = _worded_mapping("ocha-fts", words)
    in_json = {"format": "json", "records": "data.flows"}
    return mapped_reader(mapping.model_copy(update=in_json) if forms.pop() else mapping)


_FLOWS = ("amountUSD", "flowType", "boundary", "budgetYear")

OCHA_FTS = Format(
    name="ocha-fts",
    title="flows of OCHA's Financial Tracking Service",
    suffixes=(*_TEXTS, ".json"),
    fits=lambda head: (
        head.has_columns(*_FLOWS, "srcOrganization", "destOrganization")
        or (_is_object(head) and all(f'"{word}"' in head.text for word in (*_FLOWS, "sourceObjects")))
    ),
    feed=_fts,
)

_LISTS = ("persons", "organizations", "memberships", "posts")
_FIELDS = ("person_id", "organization_id", "classification", "other_names", "contact_details", "family_name")


def _own_source(name: str, prefix: str, title: str, files: Sequence[Path], words: CardWords) -> SourceReader:
    """Return the feed of a file that is a source of its own; raises UsageError where there are several."""
    if len(files) > 1:
        raise UsageError(f"{title}: each file is a source of its own, with ids of its own; load them one by one")
    card = card_of_file(prefix, title, files[0], words)
    own = {"source": card.source, "title": card.title.replace('"', "'"), "file": slug(card.source)}
    mapping = format_mapping(name, **own)
    return mapped_reader(mapping.model_copy(update={"card": worded(mapping.card, words)}))


POPOLO = Format(
    name="popolo",
    title="people and organizations in Popolo",
    suffixes=(".json",),
    fits=lambda head: (
        _is_object(head)
        and any(re.search(rf'"{word}"\s*:\s*\[', head.text) for word in _LISTS)
        and any(f'"{word}"' in head.text for word in _FIELDS)
    ),
    feed=lambda files, words: _own_source("popolo", "popolo", "Popolo", files, words),
)

_PUBLIC_LISTS: Variants = {
    "public-list": ("country", "title", "holder"),
    "public-list-missions": ("iso3", "post", "holder", "listed_on_last_copy"),
    "public-list-members": ("bioguide", "name", "chamber", "term_start"),
}


def _public_list(files: Sequence[Path], words: CardWords) -> SourceReader:
    variant = _variant_of(files[0], "public-list", _PUBLIC_LISTS)
    return _own_source(variant, "listed", "Public list", files, words)


PUBLIC_LIST = Format(
    name="public-list",
    title="a public list of who holds which post",
    suffixes=_TEXTS,
    fits=lambda head: any(head.has_columns(*columns) for columns in _PUBLIC_LISTS.values()),
    feed=_public_list,
    example=(
        "country,title,holder,since,listed_on\n"
        "Ghana,President,Ada Example,2031-01-07,2031-05-01\n"
        "Ghana,Minister of Examples,Kofi Example,,2031-05-01\n"
    ),
)

FOREIGN_ASSISTANCE = table_format(
    "foreignassistance",
    "ForeignAssistance.gov",
    {
        "foreignassistance-transactions": (
            "Country Code",
            "Managing Agency Name",
            "Implementing Partner Name",
            "Current Dollar Amount",
        ),
        "foreignassistance-budget": ("Country Code", "Transaction Type ID", "Funding Account Name", "current_amount"),
        "foreignassistance-country": ("Country Code", "Transaction Type Name", "Fiscal Year", "current_amount"),
    },
    key="the columns that tell its rows apart",
)
