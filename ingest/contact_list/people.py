"""Who a cell names: the person, the family name, how to address them, and whether they hold the post."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from iga.graph.names.near_words import readings
from iga.graph.text import folded
from iga.ingest.contact_list.headings import is_mobile, words_of

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_TAIL = re.compile(r"\s+[-–—]\s+([^-–—]+)$")
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
    doubts: tuple[tuple[str, str], ...] = ()


def people(text: str, *, last_first: bool = False) -> People:
    """Return whom a cell names."""
    plain, remarks = _without_remarks(text)
    remarked = " ".join(folded(remark) for remark in remarks)
    if folded(plain) in words_of("nobody"):
        is_vacant = folded(plain) in words_of("vacant") or "vacant" in remarked
        doubt = () if is_vacant or not text.strip() else ((f"{text!r} names nobody", "write the name, or vacant"),)
        return People(is_vacant=is_vacant, doubts=doubt)
    doubts: list[tuple[str, str]] = []
    persons: list[NamedPerson] = []
    for part in filter(None, _SEVERAL.split(plain)):
        name = _as_read(part.strip(" ,"))
        if name not in part:
            doubts.append((f"{part!r} has digits for letters, and is taken for {name!r}", "write the name in letters"))
        person = _person(name, last_first=last_first)
        if isinstance(person, NamedPerson):
            persons.append(person)
        else:
            doubts.append(person)
    if len(persons) > 1:
        doubts.append((f"the cell names {len(persons)} people", "give each a row, with the addresses that are theirs"))
    left = _LEFT.search(remarked)
    if left:
        doubts.append(
            (f"the name is followed by {left[1]!r}, without a day", "say who holds the post now, or write vacant")
        )
    if "?" in text or _UNSURE.search(remarked):
        doubts.append(("the name is marked as not certain", "take the mark out once it is"))
    return People(tuple(persons), "vacant" in remarked, bool(_ACTING.search(remarked)), bool(left), tuple(doubts))


def _as_read(name: str) -> str:
    """Return a name as a reader takes it, where digits stand among the letters of its words; else as it is."""
    with_digits = [word for word in name.split() if any(map(str.isdigit, word))]
    is_name = all(sum(map(str.isalpha, it)) > max(2, sum(map(str.isdigit, it))) for it in with_digits)
    read = readings(name)[-1] if with_digits and is_name and "@" not in name else name
    return name if any(map(str.isdigit, read)) else read


def _without_remarks(text: str) -> tuple[str, list[str]]:
    """Return a text without what stands in brackets, after a dash or as a question mark, and those remarks."""
    remarks = ["".join(brackets) for brackets in _BRACKETS.findall(text)]
    plain = _BRACKETS.sub(" ", text)
    if (tail := _TAIL.search(plain)) and (_LEFT.search(folded(tail[1])) or _ACTING.search(folded(tail[1]))):
        remarks.append(tail[1])
        plain = plain[: tail.start()]
    return "\n".join(" ".join(line.split()) for line in plain.replace("?", " ").splitlines()).strip(" ,;-"), remarks


def _person(text: str, *, last_first: bool) -> NamedPerson | tuple[str, str]:
    """Return the person that a text names, or why it names none and what to write."""
    if any(letter.isdigit() or letter in "@<>" for letter in text) or not any(map(str.isalpha, text)):
        return f"{text!r} is not a name", "write the name alone; numbers and addresses have their own column"
    address = ""
    if match := _ADDRESS.match(text):
        address, text = _dotted(match[1]), text[match.end() :]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    while len(parts) > 1 and (_DEGREE.match(parts[-1]) or _ALONE.match(parts[-1])):
        last = parts.pop()
        address = address or (_dotted(last) if _ALONE.match(last) else "")
    if all(map(_ALONE.match, parts)):
        return f"{text!r} is not a name", "write the name"
    if len(parts) == 1:
        return NamedPerson(*_spoken(parts[0]), address)
    family, first_name = parts[0], parts[1]
    if match := _ADDRESS.match(first_name):
        address, first_name = address or _dotted(match[1]), first_name[match.end() :]
    before_last = {word.lower() for word in family.split()[:-1]}  # Van der Berg, Jan; not Ada Okafor, Jan Berg
    if len(parts) > 2 or not (last_first or family.isupper() or before_last <= words_of("particles")):
        return f"{text!r} may be one name or several", "write LAST, First, one person to a row"
    family = _cased(family)
    return NamedPerson(f"{first_name} {family}", family, address)


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
    tricky = any(word.lower() in words_of("particles") or word.startswith(("MC", "MAC")) for word in words)
    if not plain or tricky:
        return family
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)


def _dotted(address: str) -> str:
    plain = address.rstrip(".").replace(" ", "")
    if plain.lower() in ("he", "h.e"):
        return "H.E."
    is_short = len(plain) <= 5 and plain.lower() not in ("miss", "judge", "sir", "dame")
    return f"{plain.capitalize()}{'.' if is_short else ''}"


Kind = Literal["email", "phone", "mobile", "fax", "messenger", "website"]

_GENERAL_MAIL = {"gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "proton", "protonmail", "gmx", "live", "mail"}
_MAIL = re.compile(r"(?i:mailto:)?([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
# What stands beside letters that are no separator: an address that begins or ends there is part of another one.
_OF_WORDS = ("L", "M", "N", "Cf")
_JOIN = r"[\u2010-\u2015\u2018\u2019]"
_JOINED_BEFORE, _JOINED_AFTER = re.compile(rf"[\w.]{_JOIN}\Z"), re.compile(rf"{_JOIN}[.-]?\w")
_WEB = re.compile(r"https?://[^\s;,<>]+|\bwww\.[^\s;,<>]+", re.I)
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-/\u00a0]{4,}\d(?:\s*(?:x|ext\.?|extension)\s*\d+)?", re.I)
_HIDDEN = re.compile(r"\S+\s*(?:\[at\]|\(at\)|\[@\]| at )\s*\S+\s*(?:\[dot\]|\(dot\)|\.)\s*\w+", re.I)
_FAX, _MESSENGER = re.compile(r"\b(fax|f)\b"), re.compile(r"\b(whatsapp|signal|wa|telegram|viber|wechat)\b")
_UNUSABLE = re.compile(r"\b(old|bounced|bounces|dead|invalid|wrong|not working|do not use|don t use|obsolete|former)\b")
_WAY_PARTS = re.compile(r"[;\n|]+|,(?=\s)|\s/\s")


@dataclass(frozen=True)
class ListedChannel:
    """One way to reach somebody.

    Attributes:
        unusable: Why it must not be used, in the words of the list; blank where it may.
    """

    kind: Kind
    value: str
    unusable: str = ""

    @property
    def is_carried(self) -> bool:
        """Whether it is somebody's own, in a post or out of it."""
        return self.kind in ("mobile", "messenger")


def channels(text: str, *, usual: Kind = "phone") -> tuple[tuple[ListedChannel, ...], tuple[tuple[str, str, str], ...]]:
    """Return the ways in a cell, and the parts that are none: (part, why, what to write)."""
    ways_by_value: dict[tuple[str, str], ListedChannel] = {}
    left: list[tuple[str, str, str]] = []
    for part in filter(None, map(str.strip, _WAY_PARTS.split(text))):
        ways, rest = _of_part(part, usual)
        if hidden := (not ways and _HIDDEN.search(part)):
            left.append((part, f"{hidden[0]!r} is a disguised address", "write it with @ and dots"))
            continue
        if cut := next((match[1] for match in _MAIL.finditer(part) if _is_cut(part, match)), ""):
            why = f"{cut!r} is only part of an address: a letter or sign beside it is not in plain Latin letters"
            left.append((part, why, "write the whole address in plain Latin letters, apart from other words"))
            continue
        for way in ways:
            ways_by_value.setdefault((way.kind, way.value.casefold()), way)
        if rest:
            fix = "write a whole e-mail address, or a number with its country code"
            left.append((rest, f"{rest!r} is neither an address nor a number", fix))
    return tuple(ways_by_value.values()), tuple(left)


def _is_cut(part: str, match: re.Match[str]) -> bool:
    """True if letters or signs beside an address, which no address has, belong to it."""
    before, after = part[: match.start()], part[match.end() :].lstrip(".-")
    beside = (sign for sign in (before[-1:], after[:1]) if not sign.isascii())
    is_joined = _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(after)
    return bool(is_joined) or any(unicodedata.category(sign).startswith(_OF_WORDS) for sign in beside)


def _of_part(part: str, usual: Kind) -> tuple[list[ListedChannel], str]:
    """Return the ways in one part, and the words beside them that say something else."""
    words = folded(_PHONE.sub(" ", _MAIL.sub(" ", _WEB.sub(" ", part))))
    unusable = f"marked as {mark[1]} in the list" if (mark := _UNUSABLE.search(words)) else ""
    ways = [ListedChannel("website", match[0].rstrip(".)"), unusable) for match in _WEB.finditer(part)]
    bare = _WEB.sub(" ", part)
    ways += [ListedChannel("email", match[1].rstrip("."), unusable) for match in _MAIL.finditer(bare)]
    bare = _MAIL.sub(" ", bare)
    carried = is_mobile(words) or words.split()[:1] in (["c"], ["m"])
    plain: Kind = "mobile" if carried else usual
    kind: Kind = "fax" if _FAX.search(words) else "messenger" if _MESSENGER.search(words) else plain
    # a telephone number has at most 15 digits (E.164), and often those of an extension
    numbers = (match[0] for match in _PHONE.finditer(bare) if 6 <= sum(map(str.isdigit, match[0])) <= 20)
    ways += [ListedChannel(kind, " ".join(number.split()), unusable) for number in numbers]
    rest = _UNUSABLE.sub(" ", folded(_PHONE.sub(" ", bare)))
    meant = [word for word in rest.split() if word not in words_of("labels") and len(word) > 1]
    if not ways:
        return ways, " ".join(bare.split()).strip(" :,-()<>") if meant else ""
    # a name before an address in angle brackets, as mail programs write it, says whose it is and no more
    return ways, "" if re.search(r"<[^<>]*@[^<>]*>", part) else " ".join(meant)


def mail_domain(ways: Iterable[ListedChannel]) -> str:
    """Return the mail domain of an office's own; blank where there is none."""
    domains = (way.value.rpartition("@")[2].casefold() for way in ways if way.kind == "email")
    return next((domain for domain in domains if domain.split(".")[0] not in _GENERAL_MAIL), "")
