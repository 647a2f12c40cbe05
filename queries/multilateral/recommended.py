"""A recommendation with everybody and everything around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queries.core.answer import Subject
from queries.core.reading import EdgeRow, FullEdgeRow


@dataclass(frozen=True)
class Recommended:
    """A recommendation to one party by one maker.

    Attributes:
        edge: Leads to the recommendation.
        party: To whom it is addressed.
        maker: Who made it; None if nobody says.
        report: The publication it stands in; None if none is held.
    """

    edge: FullEdgeRow
    party: Subject
    maker: EdgeRow | None
    report: FullEdgeRow | None

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said of the recommendation."""
        return self.edge.values

    @property
    def published_on(self) -> str | None:
        """Publication day of its report, None if not held."""
        return self.report.values.get("published_on") if self.report else None
