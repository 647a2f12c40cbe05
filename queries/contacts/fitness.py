"""What a channel is for, where that makes it no way to an official: a hotline, visas, citizens abroad, the press."""

import re
from collections.abc import Mapping
from typing import Any

from graph.text import folded

# The word of a purpose, of a name or of an address that tells it. Ours, from the purposes that our sources print and
# from how ministries and embassies call such mailboxes; a stated purpose goes before the look of an address.
_BY_WORD: Mapping[str, str] = {
    **dict.fromkeys(("hotline", "helpline", "tip line", "tipline", "toll free"), "hotline"),
    **dict.fromkeys(("visa", "visas"), "visas"),
    **dict.fromkeys(("acs", "citizen", "citizens"), "citizen services"),
    **dict.fromkeys(("consular", "consul", "consulate", "cons", "passport", "passports"), "consular services"),
    **dict.fromkeys(("press", "media", "presse", "prensa", "spokesperson"), "press"),
    **dict.fromkeys(("webmaster", "webadmin", "webcontact"), "the website"),
    "public affairs": "public affairs",
}
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def not_for_officials(channel: Mapping[str, Any]) -> str | None:
    """Return what a channel with these properties is for, in a word or two, if that is no way to an official.

    A hotline never is one. Of others the stated purpose tells; where none is stated, the part of an e-mail address
    before its sign.
    """
    kind, purpose = channel.get("channel_kind"), folded(str(channel.get("purpose") or ""))
    if kind == "hotline":
        return "hotline"
    if purpose:
        return next((meant for word, meant in _BY_WORD.items() if f" {word} " in f" {purpose} "), None)
    if kind != "email":
        return None
    local = str(channel.get("channel_value") or "").partition("@")[0]
    parts = {part.casefold() for part in _PARTS.findall(local)}
    return next((meant for word, meant in _BY_WORD.items() if word in parts), None)
