"""Who a cell names: the person, the family name, how to address them, and whether they hold the post."""

import re
from dataclasses import dataclass, field

from graph.text import folded

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_TAIL = re.compile(r"\s+[-–—]\s+([^-–—]+)$")
_NOBODY = {"", "vacant", "tbd", "tbc", "n a", "na", "none", "unknown", "to be determined", "to be named", "nobody",
           "to be confirmed", "position vacant", "vacancy"}  # fmt: skip
_VACANT = {"vacant", "position vacant", "vacancy"}
_LEFT = re.compile(r"\b(left|departed|gone|retired|resigned|former|formerly|ex|no longer|moved|until|replaced)\b")
_ACTING = re.compile(r"\b(acting|interim|a i|ad interim|oic|officer in charge)\b")
_UNSURE = re.compile(r"\b(tbc|tbd|unconfirmed|not confirmed|check|maybe|probably|spelling)\b")
_ADDRESS = re.compile(
    r"^(mr|mrs|ms|miss|mx|dr|prof|professor|amb|ambassador|h\.?\s?e|hon|sir|dame|gen|col|maj|capt|judge|justice|msgr|fr|sr)"
    r"\b\.?\s+",
    re.I,
)
_ALONE = re.compile(r"^(mr|mrs|ms|miss|mx|dr|prof|amb|ambassador|h\.?\s?e|hon)\.?$", re.I)
_DEGREE = re.compile(r"^(ph\.?\s?d|ll\.?\s?[mb]|j\.?\s?d|m\.?\s?[ad]|esq|m\.?p|mba|jr|sr|i{2,3})\.?$", re.I)
_SEVERAL = re.compile(r"\s*(?:[;\n/&]|\band\b)\s*")
_PARTICLES = {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "al", "el", "bin",
              "ibn", "bint", "ben", "ter", "zu", "af"}  # fmt: skip


@dataclass(frozen=True)
class NamedPerson:
    """One person as a cell names them.

    Attributes:
        name: Given name first, as the person is called.
        family: The family name, where the cell marks it; blank where it does not.
        address: How to address them: Ms., Dr.
    """

    name: str
    family: str = ""
    address: str = ""


@dataclass(frozen=True)
class People:
    """What the cell of a name says.

    Attributes:
        persons: Who is named; none where nobody is.
        is_vacant: Whether the post is said to be vacant.
        is_acting: Whether they hold it for the time being.
        has_left: Whether they are said to hold it no longer.
        doubts: Why it is not sure, each with what to write: (reason, fix).
    """

    persons: tuple[NamedPerson, ...] = ()
    is_vacant: bool = False
    is_acting: bool = False
    has_left: bool = False
    doubts: tuple[tuple[str, str], ...] = field(default=())


def people(text: str, *, last_first: bool = False) -> People:
    """Return whom a cell names.

    Args:
        text: The cell.
        last_first: Whether its heading says that the family name stands first.
    """
    plain, remarks = _without_remarks(text)
    said = " ".join(folded(remark) for remark in remarks)
    if folded(plain) in _NOBODY:
        is_vacant = folded(plain) in _VACANT or "vacant" in said
        told = () if is_vacant or not text.strip() else ((f"{text!r} names nobody", "write the name, or vacant"),)
        return People(is_vacant=is_vacant, doubts=told)
    doubts: list[tuple[str, str]] = []
    persons: list[NamedPerson] = []
    for part in filter(None, _SEVERAL.split(plain)):
        person, doubt = _person(part.strip(" ,"), last_first=last_first)
        persons += [person] if person else []
        doubts += [doubt] if doubt else []
    if len(persons) > 1:
        doubts.append((f"the cell names {len(persons)} people", "give each a row, with the addresses that are theirs"))
    left = _LEFT.search(said)
    if left:
        doubts.append(
            (f"the name is followed by {left[1]!r}, without a day", "say who holds the post now, or write vacant")
        )
    if "?" in text or _UNSURE.search(said):
        doubts.append(("the name is marked as not certain", "take the mark out once it is"))
    return People(tuple(persons), "vacant" in said, bool(_ACTING.search(said)), bool(left), tuple(doubts))


def _without_remarks(text: str) -> tuple[str, list[str]]:
    """Return a text without what stands in brackets, after a dash or as a question mark, and those remarks."""
    remarks = ["".join(found) for found in _BRACKETS.findall(text)]
    plain = _BRACKETS.sub(" ", text)
    if (tail := _TAIL.search(plain)) and (_LEFT.search(folded(tail[1])) or _ACTING.search(folded(tail[1]))):
        remarks.append(tail[1])
        plain = plain[: tail.start()]
    return "\n".join(" ".join(line.split()) for line in plain.replace("?", " ").splitlines()).strip(" ,;-"), remarks


def _person(text: str, *, last_first: bool) -> tuple[NamedPerson | None, tuple[str, str] | None]:
    if any(letter.isdigit() or letter in "@<>" for letter in text) or not any(map(str.isalpha, text)):
        return None, (f"{text!r} is not a name", "write the name alone; numbers and addresses have their own column")
    address = ""
    if found := _ADDRESS.match(text):
        address, text = _dotted(found[1]), text[found.end() :]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    while len(parts) > 1 and (_DEGREE.match(parts[-1]) or _ALONE.match(parts[-1])):
        last = parts.pop()
        address = address or (_dotted(last) if _ALONE.match(last) else "")
    if not parts:
        return None, (f"{text!r} is not a name", "write the name")
    if len(parts) == 1:
        return NamedPerson(*_spoken(parts[0]), address), None
    family, given = parts[0], parts[1]
    if found := _ADDRESS.match(given):
        address, given = address or _dotted(found[1]), given[found.end() :]
    if len(parts) > 2 or not (last_first or family.isupper() or " " not in family):
        return None, (f"{text!r} may be one name or several", "write LAST, First, one person to a row")
    family = _cased(family)
    return NamedPerson(f"{given} {family}", family, address), None


def _spoken(name: str) -> tuple[str, str]:
    """Return a name in the order it is spoken, and its family name where capitals mark it at its end."""
    words = name.split()
    capitals = 0
    while capitals < len(words) and words[-1 - capitals].isupper() and len(words[-1 - capitals]) > 1:
        capitals += 1
    if not 0 < capitals < len(words):
        return name, ""
    family = _cased(" ".join(words[-capitals:]))
    return f"{' '.join(words[:-capitals])} {family}", family


def _cased(family: str) -> str:
    """Return a family name in capitals as it is usually written; as it stands where that is not plain."""
    words = family.split()
    plain = all(part.isalpha() and part.isupper() for word in words for part in word.split("-"))
    tricky = any(word.lower() in _PARTICLES or word.startswith(("MC", "MAC")) for word in words)
    if not plain or tricky:
        return family
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)


def _dotted(address: str) -> str:
    plain = address.rstrip(".").replace(" ", "")
    if plain.lower() in ("he", "h.e"):
        return "H.E."
    return (
        f"{plain.capitalize()}."
        if len(plain) <= 5 and plain.lower() not in ("miss", "judge", "sir", "dame")
        else plain.capitalize()
    )
