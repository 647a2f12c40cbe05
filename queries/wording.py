"""Small pieces of plain English that sentences of answers are put together from."""

from collections.abc import Sequence


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 member``, ``3 members``, ``no members``."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number or 'no'} {noun}"


def listed(words: Sequence[str], *, most: int = 5) -> str:
    """Return words as a list in a sentence; beyond `most` the rest is counted. Blank when there are none."""
    shown = list(words[:most])
    if len(words) > most:
        return f"{', '.join(shown)} and {len(words) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def sentences(*parts: str) -> str:
    """Return parts as sentences: each with a capital and a full stop; blank ones are left out."""
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)
