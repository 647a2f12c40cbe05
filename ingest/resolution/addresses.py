"""What of pages, mail addresses and telephone numbers tells one party from another."""

import re
from urllib.parse import urlsplit

from iga.ingest.mapping_file import bundled_yaml

_MAIL = re.compile(r"[^@\s]+@([\w.-]+\.\w+)")
_TELLING_DIGITS = 9


def domain_of(page: str) -> str:
    """Return the host of a page without ``www``; blank for a host that many share, or none."""
    text = page if "//" in page else f"//{page}"
    try:
        host = (urlsplit(text).hostname or "").lower().removeprefix("www.")
    except ValueError:  # brackets that hold no address
        return ""
    return "" if _is_shared(host) or "." not in host else host


def mail_domain_of(address: str) -> str:
    """Return the domain of a mail address; blank for one that many share, or where there is none."""
    match = _MAIL.fullmatch(address.strip())
    domain = match[1].lower() if match else ""
    return "" if _is_shared(domain) else domain


def phone_of(kind: str | None, value: str) -> str:
    """Return the last nine digits of a telephone or fax number, which stay with and without the prefix of its country.

    Blank for what is none, and for a number so short that it is a hotline of a country.
    """
    digits = "".join(letter for letter in value.partition("x")[0] if letter.isdigit())
    return digits[-_TELLING_DIGITS:] if kind in ("phone", "fax") and len(digits) >= _TELLING_DIGITS else ""


def _is_shared(host: str) -> bool:
    return host in bundled_yaml("iga.ingest.resolution", "shared_hosts.yaml")
