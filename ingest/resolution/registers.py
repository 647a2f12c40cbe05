"""Which register and number an identifier is of, whoever wrote it."""

import re

_ORG_ID = re.compile(r"([A-Z]{2}-[A-Z0-9]{2,10})-(.+)", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://)?ror\.org/(\w+)", re.IGNORECASE)
_WIKIDATA = re.compile(r"(?:https?://)?(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)", re.IGNORECASE)
# One register under several names: org-id.guide's code, and how people write it.
_SCHEMES = {
    "XI-LEI": "LEI",
    "XI-ROR": "ROR",
    "XI-WIKIDATA": "WIKIDATA",
    "WD": "WIKIDATA",
    "SAM-UEI": "UEI",
    "US-UEI": "UEI",
    "US-SAM": "UEI",
    "XI-UEI": "UEI",
    "US-DUNS": "DUNS",
    "XI-DUNS": "DUNS",
    "D-U-N-S": "DUNS",
}
_REGISTERS = frozenset({"BIOGUIDE", "DUNS", "ISNI", "LEI", "ROR", "THOMAS", "UEI", "WIKIDATA"})
# Ids of ours that hold the number under which an authority keeps somebody or something.
_IN_IDS = (("BIOGUIDE", re.compile(r"person:us-congress-([a-z]\d{6})")), ("ROR", re.compile(r"academic:ror-(\w+)")))


def number_of(text: str) -> tuple[str, str] | None:
    """Return the register and the number of an identifier in a public register; None for any other code.

    Registers are those of org-id.guide, UEI, LEI, ROR, ISNI and Wikidata, and of Congress those of its members and
    committees, each under one name whoever wrote it. An id of ours may hold such a number.
    """
    for scheme, pattern in _IN_IDS:
        if match := pattern.fullmatch(text):
            return scheme, match[1].upper()
    for scheme, pattern in (("ROR", _ROR), ("WIKIDATA", _WIKIDATA)):
        if match := pattern.search(text):
            return scheme, match[1].upper()
    scheme, colon, number = text.partition(":")
    if not colon:
        if (match := _ORG_ID.fullmatch(text.strip())) is None:
            return None
        scheme, number = match[1], match[2]
    scheme, number = scheme.strip().upper(), number.strip().upper()
    scheme = _SCHEMES.get(scheme, scheme)
    is_listed = scheme in _REGISTERS or _ORG_ID.fullmatch(f"{scheme}-0") is not None
    return (scheme, number) if number and is_listed else None
