"""Which government a record of votes means by a code and a name; States that are no more stay themselves."""

from collections import Counter
from dataclasses import dataclass, field

from graph.statements import NodeStatement
from ingest.formats.noted import listed
from ingest.formats.stating import named_id, node
from ingest.names import governments, un_table
from ingest.rejections import CELL, Refusal


@dataclass
class Voters:
    """Finds the voters of one file and counts those that the tables do not know.

    Attributes:
        unknown: Names that no table knows, with the number of their votes.
        by_code: Names, with their codes, that only the code explains.
    """

    unknown: Counter[str] = field(default_factory=Counter)
    by_code: Counter[str] = field(default_factory=Counter)

    def voter(self, code: str, name: str) -> tuple[str, NodeStatement | None]:
        """Return the id of a voter, and what is to be said of one that is known by its name alone.

        The code is the source's own word on who is meant; the name is that of the day of the vote.

        Raises:
            Refusal: They mean two governments.
        """
        table = governments()
        coded = table.resolve(code) if code else None
        called = (un_table().resolve(name) or table.resolve(name)) if name else None
        if coded and called and coded != called:
            raise Refusal(
                f"the code {code!r} is {coded} and the name {name!r} is {called}",
                fix="correct one of the two",
                code=CELL,
                column="state",
                value=f"{code} {name}",
            )
        if coded and name and not called:
            self.by_code[f"{name} ({code})"] += 1
        known = coded or called
        return (known, None) if known else self._unknown(name or code)

    def notes(self, file: str) -> list[str]:
        """Return sentences on the States that the tables do not know."""
        told = []
        if self.unknown:
            told.append(
                f"{file}: votes of States that the tables do not know; each stands under its own name, and `iga judge`"
                f" can link it: {listed(self.unknown)}"
            )
        if self.by_code:
            told.append(
                f"{file}: these names are not in the tables and were read by their code: {listed(self.by_code)}"
            )
        return told

    def _unknown(self, name: str) -> tuple[str, NodeStatement]:
        self.unknown[name] += 1
        it = named_id("gov", name)
        return it, node(it, {"name": name})
