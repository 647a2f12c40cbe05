"""The list of standard formats; each module is imported when its format is asked for, or a file is sniffed."""

from functools import cache
from importlib import import_module

from graph.errors import UsageError
from ingest.formats.format import Format
from ingest.suggestions import did_you_mean

_FORMATS: dict[str, str] = {
    "editable": "ingest.formats.editable:EDITABLE",
    "contacts": "ingest.formats.template_format:CONTACTS",
    "engagements": "ingest.formats.template_format:ENGAGEMENTS",
    "agreements": "ingest.formats.template_format:AGREEMENTS",
    "awards": "ingest.formats.template_format:AWARDS",
    "members": "ingest.formats.template_format:MEMBERS",
    "consents": "ingest.formats.template_format:CONSENTS",
    "partners": "ingest.formats.partners:PARTNERS",
    "iati": "ingest.formats.iati.format:IATI",
    "icalendar": "ingest.formats.calendars:ICALENDAR",
    "vcard": "ingest.formats.vcards:VCARD",
    "ftm": "ingest.formats.ftm:FTM",
    "un-votes": "ingest.formats.un_votes:UN_VOTES",
    "co-sponsors": "ingest.formats.co_sponsors:CO_SPONSORS",
    "usaspending-awards": "ingest.formats.usaspending:AWARDS",
    "usaspending-subawards": "ingest.formats.usaspending:SUBAWARDS",
    "foreignassistance": "ingest.formats.foreignassistance:FOREIGN_ASSISTANCE",
    "exchange-rates": "ingest.formats.exchange_rates:EXCHANGE_RATES",
    "contact-list": "ingest.formats.contact_list:CONTACT_LIST",
}
"""Name of a format → module and attribute that hold it, in the order in which they are tried on a file."""


def format_names() -> tuple[str, ...]:
    """Return the names of all formats, as `--format` takes them, in the order in which they are tried."""
    return tuple(_FORMATS)


@cache
def format_named(name: str) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: There is none of this name.
    """
    if name not in _FORMATS:
        names = ", ".join(sorted(_FORMATS))
        raise UsageError(f"there is no format {name!r}{did_you_mean(name, _FORMATS)}; the formats are {names}")
    module, _, attribute = _FORMATS[name].partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, Format), f"{name} is registered as something else"
    assert found.name == name, f"{name} is registered under another name"
    return found
