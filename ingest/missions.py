"""Whose an embassy, a consulate or a mission is, by its name: that of who sends it, never of where it stands."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from iga.graph.names.known_words import peoples
from iga.graph.text import folded
from iga.ingest.name_tables import bodies, governments

_KINDS = (
    r"(?:embassy|embassies|ambassade|embajada|embaixada|high commission|legation|permanent representation"
    r"|(?:permanent )?(?:mission|delegation)|(?:honorary )?consulate(?: general)?|consulat(?: général)?"
    r"|consulado(?: general)?)"
)
_OF = re.compile(rf"\b{_KINDS}\s+(?:of|de|du|del|da|do)\s+(?:the\s+|la\s+|los\s+|l['’])?(?P<sender>.+)", re.I)
_NATION = re.compile(rf"^(?:the\s+)?(?P<sender>.+?)(?:['’]s?)?\s+{_KINDS}\b(?P<behind>.*)", re.I)
_WHERE = re.compile(r"\s+(?:in|to|at|en|au|à|auprès de)\s+(?:the\s+)?|\s*,\s*(?:the\s+)?|\s+[-–—]\s+", re.I)
_SURELY = re.compile(r"\b(?:embassy|ambassade|embajada|embaixada|high commission|consulate|legation)\b", re.I)


class Mission(NamedTuple):
    """What the name of a mission says.

    Attributes:
        sender: Id of the government that sends it, or of the organization; blank where the name does not say.
        host: Id of the government in whose country the name says it stands; blank where it does not.
    """

    sender: str
    host: str


@lru_cache(maxsize=20_000)  # every party is compared with many
def mission_named(name: str) -> Mission | None:
    """Return what a name says of a mission; None where it is none.

    ``International Justice Mission`` is none: nothing that sends missions is called *International Justice*.
    """
    for whom, behind in _senders(name):
        if sender := _government(whom) or bodies().resolve(whom) or "":
            return Mission(sender, next(filter(None, map(_government, _WHERE.split(behind))), ""))
    return Mission("", "") if _SURELY.search(name) else None


def _senders(name: str) -> Iterator[tuple[str, str]]:
    """Yield what may name the sender, the longest first, and what stands behind it."""
    if of := _OF.search(name):
        whom = of["sender"]
        yield whom, ""
        # Bonaire, Sint Eustatius, and Saba is one; of Ghana, Washington only the first part
        yield from ((whom[: cut.start()], whom[cut.end() :]) for cut in reversed(list(_WHERE.finditer(whom))))
    if nation := _NATION.search(name):
        whom = nation["sender"]
        yield whom, nation["behind"]
        yield whom.rpartition(",")[2].strip().removeprefix("Royal "), nation["behind"]


def _government(text: str) -> str:
    """Return the government of a name, or whose people are called so; blank where it is none, or one of several."""
    named = governments().resolve(text.strip()) if len(text.strip()) > 1 else None
    called = peoples().get(folded(text), ())
    return named or (called[0] if len(called) == 1 else "")
