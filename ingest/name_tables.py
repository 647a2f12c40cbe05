"""The bundled tables of codes and names: which government or body a cell means."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import StringIO

from iga.graph.grouping import by_key
from iga.graph.names.forms import government_forms
from iga.graph.names.look_alikes import is_suspicious
from iga.graph.text import folded
from iga.ingest.reference_files import reference_file

Line = Mapping[str, str]

_GOVERNMENT_NAMES = ("name", "formal_name", "un_name", "name_ar", "name_es", "name_fr", "name_ru", "name_zh")
_BODY_NAMES = ("name", "acronym")
_BODIES = ("bodies.csv", "us_bodies.csv", "us_partner_bodies.csv")
_SEVERAL_NAMES = ("aliases", "former_names")
# ISO before GENC: where they differ, a file that says nothing of its codes means ISO 3166.
_CODES = ("iso3", "iso2", "genc3")

_UNTIL = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class NameTable:
    """Which subject each name or code means.

    Attributes:
        names: Names in the form of `name_key`, with the one subject that has it.
    """

    codes: Mapping[str, str]
    names: Mapping[str, str]

    def resolve(self, text: str) -> str | None:
        """Return the id that a code or name means; None when no subject, or more than one, has it.

        A name that only looks like one, with a letter of another script or a character that is not seen, is none.
        """
        if is_suspicious(text):
            return None
        return self.codes.get(text) or self.names.get(name_key(text))


def name_key(text: str) -> str:
    """Return a name as the tables compare it: folded, ``&`` and ``St.`` written out, no article.

    The article may stand before the name or, as the United Nations print it, behind: ``Gambia (the)``.
    """
    words = folded(text.replace("&", " and ")).removeprefix("the ").removesuffix(" the").split()
    return " ".join("saint" if word == "st" else word for word in words)


def government_table(lines: Iterable[Line]) -> NameTable:
    """Return the table of governments: ISO and GENC codes, and every name in six languages."""
    lines = list(lines)
    codes: dict[str, str] = {}
    for column in _CODES:
        for line in lines:
            if code := line.get(column):
                codes.setdefault(code.upper(), line["id"])
    return NameTable(codes, _unambiguous(lines, (*_GOVERNMENT_NAMES, "iso3")))


def body_table(lines: Iterable[Line]) -> NameTable:
    """Return the table of bodies: acronyms, names and aliases."""
    return NameTable({}, _unambiguous(lines, _BODY_NAMES))


def _unambiguous(lines: Iterable[Line], columns: tuple[str, ...]) -> dict[str, str]:
    ids_by_key: dict[str, set[str]] = {}
    for line in lines:
        for name in _names(line, columns):
            # one letter is an office's nickname ("L", "H"), not a name that a file can rely on
            if len(key := name_key(name)) > 1:
                ids_by_key.setdefault(key, set()).add(line["id"])
    return {key: min(ids) for key, ids in ids_by_key.items() if len(ids) == 1}


def _names(line: Line, columns: tuple[str, ...]) -> Iterator[str]:
    for column in columns:
        yield line.get(column) or ""
    for column in _SEVERAL_NAMES:
        for name in (line.get(column) or "").split(";"):
            yield from (name, _UNTIL.sub("", name))


@cache
def governments() -> NameTable:
    """Return the bundled table of governments, read once."""
    return government_table(_reference("governments.csv"))


@cache
def un_names() -> dict[str, str]:
    """Return the English names that the United Nations print, as printed, with the id of each."""
    return {line["un_name"]: line["id"] for line in _reference("governments.csv") if line["un_name"]}


@cache
def un_table() -> NameTable:
    """Return the table of the names that the United Nations print: there ``Congo`` is only one of the two."""
    return NameTable({}, {name_key(name): subject for name, subject in un_names().items()})


@cache
def government_names() -> tuple[str, ...]:
    """Return the names of all governments in US practice, in the order of the alphabet."""
    return tuple(sorted((line["name"] for line in _reference("governments.csv")), key=folded))


@cache
def body_names() -> tuple[str, ...]:
    """Return the names of the bundled bodies, in the order of the alphabet."""
    lines = [line for name in _BODIES for line in _reference(name)]
    return tuple(sorted({line["name"] for line in lines}, key=folded))


@cache
def bodies() -> NameTable:
    """Return the bundled table of bodies, ours included, read once."""
    return body_table([line for name in _BODIES for line in _reference(name)])


@cache
def keys_of_bodies() -> Mapping[str, tuple[str, ...]]:
    """Return the keys of the names of each bundled body, by its id."""
    names = bodies().names
    return {subject: tuple(keys) for subject, keys in by_key(names, names.__getitem__).items()}


@cache
def partners() -> NameTable:
    """Return the bundled table of organizations outside government, those that somebody checked, read once."""
    return body_table([line for line in _reference("partners.csv") if line["confidence"] != "low"])


TABLES: dict[str, tuple[Callable[[], NameTable], ...]] = {
    "government": (governments,),
    "body": (bodies,),
    "party": (governments, bodies, partners),
    "named": (),
}
"""The tables that each reader of names looks into."""


@lru_cache(maxsize=20_000)  # the names of a file repeat
def known_as(reader: str, text: str, codes: str = "") -> str | None:
    """Return the id that a code or name means in the tables of a reader; None when none has it, or it means several.

    Args:
        reader: Of names.
        text: As written.
        codes: What two or three capitals are: ``iso``, ``genc`` or ``fips``; blank is ISO, or GENC where ISO has none.
    """
    if codes and _CODE.fullmatch(text):
        return _codes_of(codes).get(text)
    ids = {known for table in TABLES[reader] if (known := table().resolve(text))}
    if not ids and reader in ("government", "party"):
        ids = {known for form in government_forms(text) if (known := governments().resolve(form))}
    return ids.pop() if len(ids) == 1 else None


_CODE = re.compile(r"[A-Z]{2,3}")
# GENC is ISO 3166 but for places that ISO has no code for, such as QZ and XQZ for Akrotiri
_CODE_COLUMNS = {"iso": ("iso3", "iso2"), "genc": ("genc3", "genc2", "iso2"), "fips": ("fips",)}


@cache
def _codes_of(standard: str) -> Mapping[str, str]:
    """Return the governments by their codes in a standard."""
    lines = _reference("governments.csv")
    return {code: line["id"] for column in _CODE_COLUMNS[standard] for line in lines if (code := line.get(column))}


def coded_government(text: str) -> tuple[str, str, str] | None:
    """Return standard, id and name of the government that a text is the FIPS (GEC) or GENC code of; None for none."""
    for standard in ("fips", "genc"):
        if known := _codes_of(standard).get(text):
            return standard, known, next(line["name"] for line in _reference("governments.csv") if line["id"] == known)
    return None


def _reference(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(reference_file(name).read_text(encoding="utf-8"))))
