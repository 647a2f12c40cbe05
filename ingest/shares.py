"""Shares of one thing in several places: more than the whole is refused, less than the whole is said."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from graph.statements import EdgeStatement, NodeStatement
from ingest.rejections import UNFIT, Refusal

_WHOLE = Decimal(100)
# Shares are printed rounded: three thirds are 33.3 or 33.33 each.
_ROUNDING = Decimal("0.1")


def told_of_shares(statements: Sequence[NodeStatement | EdgeStatement]) -> str:
    """Return the sentence that shares do not add up to the whole; blank when they do, or when one is not stated.

    Raises:
        Refusal: The shares of one thing are more than the whole.
    """
    shares: defaultdict[str, list[object]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement, EdgeStatement) and statement.type == "IMPLEMENTED_IN":
            shares[statement.source].append(statement.values.get("percentage"))
    told = []
    for source, stated in shares.items():
        total = sum((Decimal(str(share)) for share in stated if share is not None), Decimal(0))
        if total > _WHOLE + _ROUNDING:
            raise Refusal(
                f"the shares of {source} add up to {total:f} percent",
                fix="correct them; together they are at most 100",
                code=UNFIT,
            )
        if None not in stated and abs(total - _WHOLE) > _ROUNDING:
            told.append(f"The stated shares add up to {total:f} percent.")
    return " ".join(dict.fromkeys(told))
