"""Names that name nobody: what stands in place of a name, sums, addresses, numbers that a spreadsheet shortened."""

import re
from functools import cache

from iga.graph.domain.catalog import NODE, NODES, fits
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Value
from iga.graph.text import folded
from iga.ingest.address_words import form_of_address
from iga.ingest.mapping_file import bundled_yaml
from iga.ingest.name_tables import known_as
from iga.ingest.rejections import UNFIT, Refusal, short

_NAMED = frozenset(node.label() for node in NODES if fits(node.label(), ("Party",))) | {"Post"}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SHORTENED = re.compile(r"\d[.,]\d+E\+\d{1,3}", re.I)
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)", re.I)
_SUMMED = re.compile(
    r"(?:sub-?\s?totals?|grand totals?|sum of|sous-total|zwischensumme)\b|totals?\s*[:=(]"
    r"|totals? (?:for|of|amounts?|awards?|costs?|parties|members|countries|states|governments|contacts|number)\b",
    re.I,
)
_SAYS_MORE = re.compile(
    r"\([^()]*\b(?:left|former|ex|retired|moved|departed|acting|interim|until|since|tbc|deceased|transferred)\b[^()]*\)"
    r"|^(?:ex-|former\b)",
    re.I,
)
_PEOPLE = re.compile(r"\s/\s|[;\n|]|\s&\s")
_NUMBER = re.compile(r"[\d\s.,:/+()%$€£-]*\d[\d\s.,:/+()%$€£-]*")
_PARTS = re.compile(r" ?[;/|,] ?| (?:and|&) ")  # of a text in which spaces stand alone


def fault_of(content: Content) -> Refusal | None:
    """Return why a row cannot be taken because a name or number in it is none; None where all are."""
    for one in content.statements:
        if isinstance(one, EdgeStatement) and (refusal := _fault_of_membership(one)):
            return refusal
        if not isinstance(one, NodeStatement) or one.values.get("undisclosed"):
            continue
        name = one.values.get("name")
        if isinstance(name, str) and (why := _fault_of_name(one.cls, name)):
            return Refusal(f"{short(name)!r} {why[0]}", fix=why[1], code=UNFIT, value=name)
        for text in _codes(one):
            if _SHORTENED.fullmatch(text.rpartition(":")[2].strip()):
                reason = f"{short(text)!r} is a number that a spreadsheet shortened, so its digits are lost"
                fix = "format the column as text in the spreadsheet, and export the file again"
                return Refusal(reason, fix=fix, code=UNFIT, value=text)
    return None


def _fault_of_membership(edge: EdgeStatement) -> Refusal | None:
    """Return why a membership is none by its own category: withdrawn, applied, not a member."""
    category = edge.values.get("category")
    if edge.type != "MEMBER_OF":
        return None
    if edge.values.get("status") in ("withdrawn", "excluded") and not edge.values.get("status_on"):
        reason = f"the status {edge.values['status']!r} has no day, so the row would count as a member"
        return Refusal(reason, fix="write since when the status is so", code=UNFIT, value=str(edge.values["status"]))
    if not isinstance(category, str):
        return None
    if folded(category) not in _words("no_members") and not category.rstrip().endswith("?"):
        return None
    reason = f"{short(category)!r} is no category of members: the row would count as one"
    fix = "take the row out; or write candidate, or member with the end of its period"
    return Refusal(reason, fix=fix, code=UNFIT, value=category)


def names_nobody(text: str) -> bool:
    """True if a text stands in place of a name: N/A, unknown, not specified."""
    return folded(text) in _words("nobody")


def is_sum(text: str) -> bool:
    """True if a text stands before a sum: Total, Subtotal Ghana, Total for Kenya; Total Relief does not."""
    return folded(text) in _words("sums") or bool(_SUMMED.match(text))


def _fault_of_name(cls: str, name: str) -> tuple[str, str] | None:
    """Return what is wrong with the name of a party or post, and what to write; None where nothing is."""
    text = " ".join(name.split())
    if cls not in _NAMED:
        return None
    if names_nobody(text) or _ERROR.fullmatch(text):
        return "names nobody", "leave the cell blank, or write the name"
    if is_sum(text):
        return "is the name of a sum, no party", "take the row of sums out of the file"
    if cls == "Post" and form_of_address(text):
        return "is a form of address, nobody's post", "write the post; a form of address has its own column"
    if _MAIL.fullmatch(text):
        return "is an address, no name", "write the name; addresses have their own column"
    if cls == "Person" and (match := _SAYS_MORE.search(text)):
        return f"says more than a name ({match[0]!r})", "write the name alone; who has left holds no post any more"
    if cls == "Person" and _PEOPLE.search(text) and not any(map(form_of_address, _PEOPLE.split(text))):
        return "may name several people", "give each of them a row"
    if _NUMBER.fullmatch(text):
        return "is a number, no name", "write the name; check whether the columns have moved"
    return _several(text)


def _several(text: str) -> tuple[str, str] | None:
    """Return that a text names several parties that are known; None where it does not."""
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) < 2 or not all(known_as("party", part) for part in parts) or known_as("party", text):
        return None
    listed = " and ".join(map(repr, map(short, parts[:3])))
    return f"names several: {listed}", "say `split` or `each` in the mapping, or give each a row"


def _codes(one: NodeStatement) -> list[str]:
    """Return the codes and numbers of a thing that are known by their digits."""
    rules = NODE[one.cls].rules()
    values = (value for name, value in one.values.items() if name in rules and _is_code(one.cls, name))
    return [text for value in values for text in _texts(value)]


@cache
def _is_code(cls: str, field: str) -> bool:
    rule = NODE[cls].rules()[field]
    return rule.shape == "channel" or field in ("identifiers", "award_number", "reference", "opportunity")


def _texts(value: Value) -> list[str]:
    if isinstance(value, dict):
        return [value["value"]] if "value" in value else []
    return [str(text) for text in value] if isinstance(value, list) else [str(value)]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(bundled_yaml("iga.ingest", "address_words.yaml")[name])
