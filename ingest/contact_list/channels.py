"""How somebody is reached: every address and number in a cell, and the words of it that are neither."""

import re
from dataclasses import dataclass
from typing import Literal

from graph.text import folded

Kind = Literal["email", "phone", "fax", "messenger", "website"]

_MAIL = re.compile(r"(?:mailto:)?([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", re.I)
_WEB = re.compile(r"https?://[^\s;,<>]+|\bwww\.[^\s;,<>]+", re.I)
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-/\u00a0]{4,}\d(?:\s*(?:x|ext\.?|extension)\s*\d+)?", re.I)
_HIDDEN = re.compile(r"\S+\s*(?:\[at\]|\(at\)|\[@\]| at )\s*\S+\s*(?:\[dot\]|\(dot\)|\.)\s*\w+", re.I)
_FAX, _MESSENGER = re.compile(r"\b(fax|f)\b"), re.compile(r"\b(whatsapp|signal|wa|telegram|viber|wechat)\b")
_UNUSABLE = re.compile(r"\b(old|bounced|bounces|dead|invalid|wrong|not working|do not use|don t use|obsolete|former)\b")
# labels of a number or address, which say nothing more
_LABELS = {
    "tel", "t", "phone", "ph", "p", "mobile", "mob", "m", "cell", "c", "office", "o", "w", "work", "direct", "d", "e",
    "email", "mail", "e mail", "home", "h", "main", "desk", "and", "or", "new", "fax", "f", "whatsapp", "signal", "wa",
    "telegram", "viber", "wechat", "web", "website", "switchboard", "mailto",
}  # fmt: skip
_PARTS = re.compile(r"[;\n|]+|,(?=\s)|\s/\s")


@dataclass(frozen=True)
class Found:
    """One way to reach somebody.

    Attributes:
        kind: What it is.
        value: The address or number as printed.
        unusable: Why it must not be used, in the words of the list; blank where it may.
    """

    kind: Kind
    value: str
    unusable: str = ""


def channels(text: str, *, usual: Kind = "phone") -> tuple[tuple[Found, ...], tuple[tuple[str, str, str], ...]]:
    """Return the ways in a cell, and the parts that are none: (part, why, what to write).

    Args:
        text: The cell.
        usual: What a number in it is unless a word before it says more.
    """
    found: dict[tuple[str, str], Found] = {}
    left: list[tuple[str, str, str]] = []
    for part in filter(None, map(str.strip, _PARTS.split(text))):
        ways, rest = _of_part(part, usual)
        if hidden := (not ways and _HIDDEN.search(part)):
            left.append((part, f"{hidden[0]!r} is a disguised address", "write it with @ and dots"))
            continue
        for way in ways:
            found.setdefault((way.kind, way.value.casefold()), way)
        if rest:
            fix = "write a whole e-mail address, or a number with its country code"
            left.append((rest, f"{rest!r} is neither an address nor a number", fix))
    return tuple(found.values()), tuple(left)


def _of_part(part: str, usual: Kind) -> tuple[list[Found], str]:
    """Return the ways in one part, and the words beside them that say something else."""
    words = folded(_PHONE.sub(" ", _MAIL.sub(" ", _WEB.sub(" ", part))))
    unusable = f"marked as {found[1]} in the list" if (found := _UNUSABLE.search(words)) else ""
    ways = [Found("website", match[0].rstrip(".)"), unusable) for match in _WEB.finditer(part)]
    bare = _WEB.sub(" ", part)
    ways += [Found("email", match[1].rstrip("."), unusable) for match in _MAIL.finditer(bare)]
    bare = _MAIL.sub(" ", bare)
    kind: Kind = "fax" if _FAX.search(words) else "messenger" if _MESSENGER.search(words) else usual
    ways += [Found(kind, " ".join(match[0].split()), unusable) for match in _PHONE.finditer(bare) if _digits(match[0])]
    rest = _UNUSABLE.sub(" ", folded(_PHONE.sub(" ", bare)))
    meant = [word for word in rest.split() if word not in _LABELS and len(word) > 1]
    # a name before an address in angle brackets, as mail programs write it, says whose it is and no more
    is_named = bool(ways) and re.search(r"<[^<>]*@[^<>]*>", part)
    return ways, "" if is_named or not meant else " ".join(bare.split()).strip(" :,-()<>") if not ways else " ".join(
        meant
    )


def _digits(number: str) -> bool:
    """Say whether a number has as many digits as a telephone number may have (E.164 allows 15)."""
    return 6 <= sum(map(str.isdigit, number)) <= 20
