"""Who reads: made at the door, and carried to whatever is read."""

from dataclasses import dataclass, replace
from typing import Self

from graph.domain.marking import Marking


@dataclass(frozen=True)
class Reader:
    """Somebody who asks, and how much of what is kept is shown to them.

    Attributes:
        who: Name that entries and loads are signed with, and that the audit log notes.
        purpose: What for, as far as it was said.
        ceiling: Highest marking that is shown.
        door: Where they came in: command line, socket or HTTP.
    """

    who: str
    purpose: str = ""
    ceiling: Marking = Marking.SENSITIVE
    door: str = "command line"

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden from them."""
        return self.ceiling is Marking.SENSITIVE

    def below(self, ceiling: Marking) -> Self:
        """Return this reader under a ceiling besides their own: the lower of the two counts."""
        return replace(self, ceiling=min(self.ceiling, ceiling))
