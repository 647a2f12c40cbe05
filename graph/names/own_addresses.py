"""Whose an address may be: made of a name in the ways in which offices and people make them; one in any notation."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, permutations

from iga.graph.names.forms import latin
from iga.graph.names.near_words import readings
from iga.graph.text import folded

_NO_LETTERS = re.compile(r"[^a-z]+")
# Parts of names that are no name by themselves, fewer than `known_words.particles`: Ben, Le and Das are names, too.
_PARTICLES = frozenset(
    (
        *("al", "ap", "bin", "bint", "da", "dal", "de", "del", "den", "der", "di", "du", "el", "ibn", "la", "van"),
        *("von", "y"),
    )
)
# Words of mailboxes that some people are called as well.
_OF_OFFICES = frozenset(
    (
        *("admin", "ambassador", "bureau", "contact", "court", "desk", "embassy", "focal", "head", "help", "info"),
        *("justice", "law", "mail", "media", "minister", "mission", "office", "post", "press", "secretary", "service"),
        *("state", "support", "team", "trade", "unit"),
    )
)
# Words of mailboxes that are an office's, whoever reads them.
_OF_NOBODY = _OF_OFFICES | frozenset(
    (
        *("acs", "administration", "ambassade", "ambasciata", "botschaft", "center", "chair", "communication"),
        *("communications", "consulate", "consular", "contacto", "contato", "coordination", "coordinator", "correo"),
        *("department", "direction", "director", "division", "emb", "embajada", "enquiries", "feedback"),
        *(
            "general",
            "hotline",
            "information",
            "inquiries",
            "kontakt",
            "mailbox",
            "ministry",
            "notifications",
            "oficina",
        ),
        *("prensa", "president", "presse", "protocol", "public", "reception", "registry", "sekretariat", "secretaria"),
        *("secretariat", "section", "trafficking", "webmaster"),
    )
)
# How German and Scandinavian letters are typed where there are none.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss"})
# Sounds that are written in Latin letters in several ways: Yusuf, Youssouf; Tarasenko, Tarassenko.
_SOUNDS = (
    *(("kh", "h"), ("gh", "g"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("sch", "sh"), ("tch", "ch")),
    *(("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("j", "i")),
)
_TWICE = re.compile(r"(?<=.)(.)\1+")
# Letters that a word needs to be told by, alone and beside others, and so do words that are run together.
_LEAST_ALONE, _LEAST_BESIDE, _LEAST_JOINED = 3, 4, 4
# Letters by which a word is told of which the end is cut off, and those that are told among others.
_LEAST_CUT, _LEAST_AMONG = 3, 8
# Letters of a mailbox that may be the initials of a name of two or three words.
_INITIALS = (2, 3)
# How what hosts are called is told from what mailboxes are, and letters of a whole name by which a host is.
HOST_SIGN, LEAST_TOGETHER = "@", 6
# Words of hosts that are no name: those of offices, and of examples.
_OF_NO_NAME = _OF_OFFICES | {"example"}


def is_made_of(address: str, name: str) -> bool:
    """True if an e-mail address, or the path of a page, is made of a name of a person.

    Its words in any order, with or without a middle one; a word with the initials of the others, before or behind it;
    a word of the name alone, unless mailboxes of offices are called so. Digits and separators count for nothing, and
    neither does the script, nor how it is written in Latin letters.
    """
    if not made_of(name).isdisjoint(runs_of(address)):
        return True
    alone = _words_alone(name)
    for parts in _parts(address):
        least = _LEAST_ALONE if len(parts) == 1 else _LEAST_BESIDE
        if any(len(part) >= least and part not in _OF_OFFICES and _sound(part) in alone for part in parts):
            return True
    return False


def is_of_an_office(address: str) -> bool:
    """True if the name of a mailbox says that it is an office's, whoever reads it: info, press, secretariat."""
    return any(not _OF_NOBODY.isdisjoint(parts) for parts in _parts(address))


@dataclass(frozen=True)
class PartsKnown:
    """With what texts begin, and their last letters where they are long: what has none of these is none of them."""

    beginnings: Container[str]
    ends: Container[str]


class _Everything:
    def __contains__(self, text: object) -> bool:
        return True


EVERYTHING = PartsKnown(_Everything(), _Everything())


def beginnings_of(texts: Iterable[str]) -> PartsKnown:
    """Return with what texts begin and end: what begins none of them need be looked at no further."""
    texts = list(texts)
    begun = frozenset(text[:size] for text in texts for size in range(1, len(text) + 1))
    return PartsKnown(begun, frozenset(text[-_LEAST_AMONG:] for text in texts))


def runs_of(address: str, known: PartsKnown = EVERYTHING) -> set[str]:
    """Return the words of an address, those in a row and any two written together, as they are written and sound.

    So are those of the mailbox with the host, the beginnings and ends of a long one, and what the host is called.
    Runs that are none of the beginnings `known` may be left out.
    """
    labels = [[word for word in _NO_LETTERS.split(label) if word] for label in _host(address)]
    host = [word for word in chain(*labels) if len(word) >= _LEAST_ALONE and word not in _OF_NO_NAME]
    runs = {run for label in labels for run in _host_runs(label, known)}
    for parts in _parts(address):
        sounds = list(map(_sound, parts)), list(map(_sound, host))
        runs.update(_runs(parts, host, known), _runs(*sounds, known) if sounds != (parts, host) else ())
    return runs


def runs_of_host(label: str, known: PartsKnown) -> set[str]:
    """Return of `runs_of` those that a host is called by which has one label in Latin letters."""
    return _host_runs([word for word in _NO_LETTERS.split(label.casefold()) if word], known)


def _host_runs(words: list[str], known: PartsKnown) -> set[str]:
    return {run for read in (words, list(map(_sound, words))) for run in _rows(read, known, HOST_SIGN)}


def _runs(parts: Sequence[str], host: Iterable[str], known: PartsKnown) -> Iterator[str]:
    yield from _rows(parts, known)
    yield from (f"{one}{other}" for at, one in enumerate(parts) if one in known.beginnings for other in parts[at + 1 :])
    if whole := "".join(parts):
        yield from (text for word in host for text in (f"{whole}{word}", f"{word}{whole}"))
    if len(whole) in _INITIALS:
        # With that of the name which the host is called by: bq@quenneville.example.org.
        yield from (f"{whole[:-1]}{word}" for word in host if whole[-1] == word[0])
        yield from (f"{whole[1:]}{word}" for word in host if whole[0] == word[0])


def _rows(parts: Sequence[str], known: PartsKnown, sign: str = "") -> Iterator[str]:
    """Give words in a row, written together, and the beginnings and ends of all of them where these are long."""
    for at in range(len(parts)):
        run = sign
        for part in parts[at:]:
            run += part
            if run not in known.beginnings:
                break
            yield run
    whole = "".join(parts)
    for size in range(_LEAST_AMONG, len(whole)):
        if (run := f"{sign}{whole[:size]}") not in known.beginnings:
            break
        yield run
    for at in range(1, len(whole) - _LEAST_AMONG + 1) if whole[-_LEAST_AMONG:] in known.ends else ():
        if (run := f"{sign}{whole[at:]}") in known.beginnings:
            yield run


def _parts(address: str) -> list[list[str]]:
    """Return the words of the part of an address that its owner chose, before the sign or behind the host, as read."""
    text = address.partition("://")[2] or address
    if "@" in text.strip("@"):
        text = text.rpartition("@")[0]
    elif "/" in text and ("." in text.partition("/")[0] or "://" in address):
        text = text.partition("/")[2]
    elif " " in text:
        return []
    return [[part for part in _NO_LETTERS.split(latin(reading)) if part] for reading in readings(text)]


def _host(address: str) -> list[str]:
    host = (address.partition("://")[2].partition("/")[0] or address.rpartition("@")[2]).rpartition(".")[0]
    return host.casefold().split(".")


def _spellings(name: str) -> Iterator[list[str]]:
    for text in dict.fromkeys((name, name.casefold().translate(_SPELLED_OUT))):
        if words := [word for word in _NO_LETTERS.split(latin(text)) if word]:
            yield words


@lru_cache(maxsize=10_000)
def made_of(name: str) -> frozenset[str]:
    """Return what addresses are made of that hold more than one word of a name, or one with initials."""
    made: set[str] = set()
    for words in _spellings(name):
        # As it is written, and as it sounds: by word, since two words may make a sound that neither has.
        for written in (words, [_sound(word) for word in words]):
            made |= _joined(written) | _hosts(written)
    return frozenset(text for text in made if len(text) >= _LEAST_JOINED)


def _joined(words: list[str]) -> set[str]:
    own = [word for word in words if word not in _PARTICLES]
    made = {"".join(words), "".join(reversed(words))} if len(words) > 1 else set()
    for at, word in enumerate(own):
        others = [other[0] for other in (*own[:at], *own[at + 1 :])]
        initials = {"".join(others), *others[:1], *others[-1:]} - {""}
        made |= {text for initial in initials for text in (f"{initial}{word}", f"{word}{initial}")}
    made |= {f"{one}{other}" for one, other in permutations([word for word in own if len(word) > 1], 2)}
    pairs = [
        *permutations(own, 2),
        *((word, "".join([*words[:at], *words[at + 1 :]])) for at, word in enumerate(words)),
    ]
    for word, rest in pairs if len(words) > 1 else ():
        shorts = (
            [word[:1], *(word[:size] for size in range(_LEAST_CUT, len(word)))] if len(rest) >= _LEAST_BESIDE else ()
        )
        made |= {text for short in shorts for text in (f"{rest}{short}", f"{short}{rest}")}
    return made


def _hosts(words: list[str]) -> set[str]:
    """Return what a host is called by a name, or by two words of it in either order."""
    own = [word for word in words if word not in _PARTICLES and len(word) > 1]
    whole = {"".join(words), "".join(reversed(words))} if len(own) > 1 else set()
    names = whole | {f"{one}{other}" for one, other in permutations(own, 2)}
    return {f"{HOST_SIGN}{name}" for name in names if len(name) >= LEAST_TOGETHER}


@lru_cache(maxsize=10_000)
def _words_alone(name: str) -> frozenset[str]:
    words = (word for words in _spellings(name) for word in words if word not in _PARTICLES)
    return frozenset(_sound(word) for word in words if len(word) >= _LEAST_ALONE and word not in _OF_OFFICES)


@lru_cache(maxsize=10_000)
def _sound(text: str) -> str:
    for written, sound in _SOUNDS:
        text = text.replace(written, sound)
    return _TWICE.sub(r"\1", text)


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
