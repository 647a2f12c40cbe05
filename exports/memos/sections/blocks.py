"""Blocks that several sections share."""

from exports.paper.document import Section
from exports.paper.statements import PROGRAM, Blank, Unknown

BLANKS = ("objective of the meeting", "points to make", "watch-outs and sensitivities")
"""What only the drafter can say. Clearances have a block of their own."""


def nothing_found(text: str, *, lead: str = "") -> Unknown:
    """Return the statement that the data hold nothing; it never says that there is nothing."""
    return Unknown(text, PROGRAM, lead=lead)


def for_the_drafter(prompts: tuple[str, ...] = BLANKS) -> Section:
    """Return the marked blanks that the drafter fills: the program never composes a judgement."""
    return Section("For the drafter", tuple(Blank(prompt) for prompt in prompts))
