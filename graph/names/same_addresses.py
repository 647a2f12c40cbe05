"""How addresses are compared: one address is one, in whatever notation, and so is one telephone."""

import re
from collections.abc import Iterator

from iga.graph.text import folded

_NUMBER = re.compile(r"\d[\d\s().\-\u2010-\u2015]*\d")
_EXTENSION = re.compile(r"(?:;?\bext(?:ension|n)?\b|\b(?:poste|durchwahl|int)\b|(?<=[\d\s)])x|#)[\s.:=]*(\d{1,6})\W*$")
# A zero that is dialed inside of a country alone.
_INSIDE = re.compile(r"\(\s*0\s*\)")
_SCHEME = re.compile(r"(?!tel|sms|callto|whatsapp|fax)[a-z_-]+:|.*(?:@|://)")
# Digits of a subscriber within a city, and those by which one of a country is told from all others.
_FEWEST, _MOST = 7, 10


def forms_of(address: str) -> set[str]:
    """Return what is kept of an address: another that is written otherwise and is the same has `forms_like` it."""
    kept = {folded(_untagged(address))}
    for number, extension in _numbers(address):
        ends = {f"end {number[-size:]}" for size in range(_FEWEST, len(number) + 1)} | {f"whole {number}"}
        kept |= ends | {f"{end} {extension or 'alone'}" for end in ends}
    return kept - {""}


def forms_like(address: str) -> set[str]:
    """Return the forms of which an address has one in common with those that are kept of the same one.

    Of two telephones one may be without its country and area. One with an extension is one that is kept with the same,
    or without any.
    """
    like = {folded(address), folded(_untagged(address))}
    for number, extension in _numbers(address):
        ends = {f"end {number}"} | {f"whole {number[-size:]}" for size in range(_FEWEST, len(number) + 1)}
        like |= {f"{end} {how}" for end in ends for how in (extension, "alone")} if extension else ends
    return like - {""}


def _untagged(address: str) -> str:
    """Return an e-mail address without what its owner put behind the name of the mailbox: ada+news@example.org."""
    local, sign, host = address.rpartition("@")
    return f"{local.partition('+')[0] or local}{sign}{host}"


def _numbers(address: str) -> Iterator[tuple[str, str]]:
    """Give the last digits of each telephone in an address, without what is dialed before them, and its extension."""
    text = _INSIDE.sub("", address.casefold())
    if _SCHEME.match(text):
        return
    extension = _EXTENSION.search(text)
    for run in _NUMBER.findall(text[: extension.start()] if extension else text):
        number = "".join(str(int(sign)) for sign in run if sign.isdecimal()).lstrip("0")[-_MOST:]
        if len(number) >= _FEWEST:
            yield number, extension[1] if extension else ""
