"""Which post of which body a cell means: title and organization, in one cell or two, in any order."""

import re
from dataclasses import dataclass, replace

from iga.graph.domain.catalog import KIND
from iga.graph.names.forms import LEGAL
from iga.graph.text import folded
from iga.ingest.contact_list.headings import words_of
from iga.ingest.missions import mission_named
from iga.ingest.name_tables import bodies, governments
from iga.ingest.subjects import class_of_id

Doubt = tuple[str, str]

_BODIES = ("public", "academic", "company", "media", "other")
_PARTS = re.compile(r"\s*(?:[;\n|]|,(?=\s|$)|\s[-–—/]\s|\s@\s)\s*|\s+at\s+(?:the\s+)?")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OF = re.compile(r"\bof (?:the )?", re.I)
_ACTING = re.compile(r"^(?:(?:acting|interim|a\.i\.)\s+|a/)|,?\s*\b(?:a\.\s?i\.|ad interim)$", re.I)
_NATION = re.compile(r"^(.+?)(?:'s)? (?:embassy|mission|consulate|ministry|police|parliament|government)\b", re.I)


@dataclass(frozen=True)
class NamedOffice:
    """A post and its body as cells name them.

    Attributes:
        title: The title; blank where none is named.
        body: The body as written; blank where none is named.
        known: Id of the body, where the bundled tables know it.
        kind: What the body is taken for where they do not: the first part of an id.
        government: Id of the government it is said to belong to; blank where it is not said.
        host: Of an embassy or another mission, id of the government in whose country it stands; blank where it is not
            said, and of all else.
        is_acting: Whether the title says that its holder is acting.
        remarks: What stood in brackets and is no government.
        doubts: Why it is not sure, each with what to write.
        unknown_country: The government that a cell of its own names and no table knows; blank where one does.
    """

    title: str = ""
    body: str = ""
    known: str = ""
    kind: str = ""
    government: str = ""
    host: str = ""
    is_acting: bool = False
    remarks: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unknown_country: str = ""

    @property
    def is_mission(self) -> bool:
        """Whether the body is an embassy, a consulate or a mission that no table knows."""
        return not self.known and mission_named(self.body) is not None

    @property
    def apart(self) -> str:
        """What tells the body from others of its name, for its id: whose it is and, of a mission, where."""
        host = f"in-{self.host.partition(':')[2]}" if self.host else ""
        return "-".join(filter(None, (self.government.partition(":")[2], host)))

    @property
    def places(self) -> dict[str, str]:
        """Whose the body is and in whose country it stands, as fields of its class."""
        fields = KIND[self.kind].model_fields
        seat = self.government if "government" in fields else self.government or self.host
        told = {"government": seat, "country": seat, "host": self.host}
        return {name: told[name] for name in told if name in fields}

    @property
    def fix(self) -> str:
        """What to write where it is not said which government's the body is."""
        return "write it with its government: Embassy of Ghana" if self.is_mission else "write the country beside it"


def office(
    together: str = "", *, title: str = "", body: str = "", division: str = "", country: str = ""
) -> NamedOffice:
    """Return the post and the body that cells name.

    Args:
        together: A cell that holds title and organization.
        title: A cell of its own for the title.
        body: A cell of its own for the organization, which is never parted.
        division: A cell of its own for a division of the organization.
        country: A cell that names the government; of a mission, where it stands.
    """
    text, remarks = _without_brackets(together)
    own_title, title_remarks = _without_brackets(title)
    own_body, body_remarks = _without_brackets(body or division)
    titles, names, doubts = _named_in(text, own_body)
    titles = [*filter(None, (own_title, " ".join(division.split()) if body else "")), *titles]
    governments_told = [(remark, _government(remark)) for remark in (*remarks, *title_remarks, *body_remarks)]
    government = _government(country) or next((whose for _, whose in governments_told if whose), "")
    names, whose = _without_government(names, is_parted=bool(text))
    name = names[-1] if names else ""
    government = government or whose or _government_in(name)
    written = ", ".join([*titles, *names[:-1]])  # a division before its ministry tells the post apart
    post = _ACTING.sub("", written)
    mission = None if (known := _known(name)) else mission_named(name)
    host = ""
    if mission:  # a list has the country in which an embassy stands beside it
        host = mission.host or ("" if government == mission.sender else government)
        government = mission.sender if mission.sender.startswith("gov:") else ""
    cls = class_of_id(known) if known else ""
    kind = next((kind for kind, node in KIND.items() if node.label() == cls), "") or _kind_of(name, government)
    return NamedOffice(
        title=post,
        body=name,
        known=known,
        kind=kind if name else "",
        government=government,
        host=host,
        is_acting=post != written,
        remarks=tuple(remark for remark, whose in governments_told if not whose),
        doubts=tuple(doubts),
        unknown_country="" if _government(country) else country,
    )


def under(where: NamedOffice, banner: str) -> NamedOffice:
    """Return a post and its body below a line that names a government or a body: what the row leaves open is its."""
    if not banner or where.known or (where.body and (where.host if where.is_mission else where.government)):
        return where
    above = office(body=banner)
    if where.is_mission:
        return replace(where, host=above.known) if above.kind == "gov" and above.known != where.government else where
    if where.body:  # a government above tells whose ministry it is
        return replace(where, government=above.known) if above.kind == "gov" else where
    return replace(where, body=above.body, known=above.known, kind=above.kind)


def _named_in(text: str, own_body: str) -> tuple[list[str], list[str], list[Doubt]]:
    """Return titles and bodies of a cell that holds both and of one that holds a body alone, and why it is not sure."""
    titles, names, doubts = _sorted_out(_split(text)) if text else ([], [], [])
    if own_body:
        names = [" ".join(own_body.split()), *names]
    if ";" in own_body:
        fix = "where it names several, give each a row"
        doubts = [*doubts, (f"{names[0]!r} may name several organizations; it was read as one", fix)]
    return titles, names, doubts


def _without_government(names: list[str], *, is_parted: bool) -> tuple[list[str], str]:
    """Return bodies without the government behind the last one, and that government; blank where none stands there."""
    if is_parted:
        whose = _government(names[-1]) if len(names) > 1 else ""
        return (names[:-1], whose) if whose else (names, "")
    name = names[-1] if names else ""
    whose = _government_behind(name)
    head = name.rpartition(",")[0].strip()
    # what a ministry is called says which government's it is; Caritas, Lebanon is a name
    return ([head] if whose and _kind_of(head, "") == "body" else names), whose


def _sorted_out(parts: list[str]) -> tuple[list[str], list[str], list[Doubt]]:
    """Return which parts are titles and which are bodies, and why that is not sure."""
    looks = [(part, _looks_like(part)) for part in parts]
    titles, names, unsure = ([part for part, look in looks if look == wanted] for wanted in ("title", "body", "?"))
    if not unsure:
        return titles, names, []
    if len(parts) == 1:
        fix = "write title and organization, parted by a comma"
        return [], parts, [(f"{parts[0]!r} may be a title or an organization; it was read as the latter", fix)]
    if titles and not names:
        names = unsure
    elif names and not titles:
        titles = unsure
    else:
        titles, names = [*titles, *unsure[:1]], [*unsure[1:], *names]
    fix = "write title and organization, parted by a comma, or in columns of their own"
    return titles, names, [(f"{', '.join(unsure)!r} may be a title or an organization", fix)]


def _looks_like(part: str) -> str:
    """Return what a part looks like: title, body, or ``?``."""
    if _known(part) or _government(part):
        return "body"
    words = folded(part).split()
    if not words:
        return "?"
    # "Director of the Office", "Head, Embassy …": the first word that is either decides
    for word in words:
        if word in words_of("titles"):
            return "title"
        if any(word in words_of(sort) for sort in _BODIES):
            return "body"
    return "?"


def _kind_of(name: str, government: str) -> str:
    words = folded(name.replace(".", "")).split()
    for kind in ("academic", "media", "company"):
        if words_of(kind).intersection(words):
            return kind
    if "ngo" in words:
        return "ngo"
    mission = mission_named(name)  # an International Justice Mission is none that a government sends
    if words_of("public").intersection(words) or (mission and mission.sender.startswith("gov:")):
        return "body"
    return "gov" if government and governments().resolve(name) else "organization"


def _known(name: str) -> str:
    known = {subject for table in (bodies(), governments()) if (subject := table.resolve(name))} if name else set()
    return known.pop() if len(known) == 1 else ""


def _government(text: str) -> str:
    # two letters alone are a code only where they are capitals: "no" is not Norway
    if len(text) < 2 or (len(text) <= 3 and not text.isupper()):
        return ""
    return governments().resolve(text) or ""


def _government_in(name: str) -> str:
    """Return the government that a body's own name says it belongs to: ``Embassy of Ghana``."""
    words = re.split(r"\s+in\s+", name)[0]  # Embassy of Peru in Vienna
    ends = [words[match.end() :] for match in _OF.finditer(words)]
    nation = _NATION.match(words)
    return next((known for text in (*ends, nation[1] if nation else "") if (known := _government(text.strip()))), "")


def _government_behind(name: str) -> str:
    """Return the government that stands behind the last comma of a name that no table knows; blank where none does."""
    _, comma, behind = name.rpartition(",")
    return _government(behind.strip()) if comma and not _known(name) else ""


def _split(text: str) -> list[str]:
    """Return the parts of a cell; a legal form stays with the name before it: ``Example Works, Inc.``."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, _PARTS.split(text))):
        if parts and LEGAL.issuperset(folded(part.replace(".", "")).split()):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts


def _without_brackets(text: str) -> tuple[str, list[str]]:
    remarks = [remark.strip() for remark in _BRACKETS.findall(text) if remark.strip()]
    return _BRACKETS.sub(" ", text).strip(), remarks
