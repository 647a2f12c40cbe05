"""Who reads: made at the door, and carried to whatever is read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Self

from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied

Duty = Literal["read", "write", "keep", "audit"]

ROLES: Mapping[str, frozenset[Duty]] = {
    "reader": frozenset({"read"}),
    "editor": frozenset({"read", "write"}),
    "steward": frozenset({"read", "write", "keep"}),
    "auditor": frozenset({"audit"}),
}
"""What each role does; nobody who changes things examines who changed them (NIST SP 800-53 AC-5, AC-6)."""

_MEANS: Mapping[Duty, str] = {
    "read": "ask or write papers",
    "write": "enter, correct or judge",
    "keep": "load, restore, give out keys, restrict or erase",
    "audit": "read the audit log",
}


@dataclass(frozen=True)
class Reader:
    """Somebody who asks, and how much of what is kept is shown to them.

    Attributes:
        who: Name that entries and loads are signed with, and that the audit log notes.
        purpose: What for, as far as it was said.
        door: Where they came in: command line, socket or HTTP.
        role: One of `ROLES`; blank is whoever runs the installation, who does all.
    """

    who: str
    purpose: str = ""
    ceiling: Marking = Marking.SENSITIVE
    door: str = "command line"
    role: str = ""

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden from them."""
        return self.ceiling is Marking.SENSITIVE

    def below(self, ceiling: Marking) -> Self:
        """Return this reader under a ceiling besides their own: the lower of the two counts."""
        return replace(self, ceiling=min(self.ceiling, ceiling))

    def refuse_unless(self, duty: Duty) -> None:
        """Raise Denied unless their role has a duty."""
        if self.role and duty not in ROLES[self.role]:
            able = [role for role, duties in ROLES.items() if duty in duties]
            *first, last = able
            others = f"{', '.join(first)} and {last}" if first else last
            raise Denied(f"your role, {self.role}, may not {_MEANS[duty]}; {others} may")

    def refuse_unless_all_is_seen(self, what: str) -> None:
        """Raise Denied, with what it is that needs sight of everything, unless nothing is hidden from them."""
        if not self.sees_all:
            seen = f"here nothing above {self.ceiling.word} is shown"
            raise Denied(f"{what} needs sight of everything; {seen}: ask somebody who may see what is sensitive")
