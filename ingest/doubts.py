"""Doubts that a remark states of its own row, by the word that it begins with."""

import re
from typing import cast, get_args

from iga.graph.statements import Doubt, DoubtKind

_KINDS: tuple[str, ...] = get_args(DoubtKind)
_DOUBT = re.compile(rf"({'|'.join(_KINDS)}): *(\S[^;]*)", re.IGNORECASE)


def doubts_in(remark: str) -> tuple[Doubt, ...]:
    """Return the parts of a remark, parted by semicolons, that begin with a kind of doubt and a colon, in order.

    ``conflict: other lists say 1931-12-11; from a copy`` states one: of the kind conflict, other lists say 1931-12-11.
    """
    parts = (_DOUBT.fullmatch(part.strip()) for part in remark.split(";"))
    return tuple(Doubt(cast(DoubtKind, part[1].lower()), part[2]) for part in parts if part)
