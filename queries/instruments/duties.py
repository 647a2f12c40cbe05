"""What anybody must do by a day: duties by law, promises and replies to reviews, with who owes them to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queries.answer import Subject
from queries.asking import Asking
from queries.instruments.reads import COMMITMENTS_DUE, OBLIGATIONS, OWED_TO, REPLIES_DUE
from queries.reading import Entity, OfIds, by_name, grouped
from queries.reads import ASSESSED_BY, ENTITIES_BY_ID, MAKERS_OF, Everything


@dataclass(frozen=True)
class Duty:
    """Something that must be done.

    Attributes:
        entity: The obligation, commitment or review.
        owners: Who must do it, by name; empty if nobody says.
        owed_to: To whom it is owed, by name.
    """

    entity: Entity
    owners: tuple[Subject, ...]
    owed_to: tuple[Subject, ...] = ()

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said of it."""
        return self.entity.values

    @property
    def due_on(self) -> str | None:
        """Day it is due; of one that comes back, the first."""
        day: str | None = self.said.get("report_due_on" if self.entity.cls == "Review" else "due_on")
        return day

    @property
    def recurrence(self) -> str | None:
        """How it comes back, None if it does not."""
        rule: str | None = self.said.get("recurrence")
        return rule


def duties(asking: Asking) -> list[Duty]:
    """Return everything that is due some day, in the order of ids."""
    obligations = asking.read(OBLIGATIONS, Everything())
    promises = asking.read(COMMITMENTS_DUE, Everything())
    replies = asking.read(REPLIES_DUE, Everything())
    everything = [*obligations, *promises, *replies]
    ids = OfIds(ids=tuple(sorted(entity.id for entity in everything)))
    owners = {**_made(asking, promises), **_about(asking, replies), **_owners(asking, obligations)}
    owed = {key: tuple(tie.other for tie in by_name(ties)) for key, ties in grouped(asking.read(OWED_TO, ids)).items()}
    found = [Duty(entity, owners.get(entity.id, ()), owed.get(entity.id, ())) for entity in everything]
    return sorted(found, key=lambda duty: duty.entity.id)


def _made(asking: Asking, promises: list[Entity]) -> dict[str, tuple[Subject, ...]]:
    ties = asking.read(MAKERS_OF, OfIds(ids=tuple(promise.id for promise in promises)))
    return {key: tuple(tie.other for tie in by_name(of)) for key, of in grouped(ties).items()}


def _about(asking: Asking, reviews: list[Entity]) -> dict[str, tuple[Subject, ...]]:
    ties = asking.read(ASSESSED_BY, OfIds(ids=tuple(review.id for review in reviews)))
    return {key: tuple(tie.other for tie in by_name(of)) for key, of in grouped(ties).items()}


def _owners(asking: Asking, obligations: list[Entity]) -> dict[str, tuple[Subject, ...]]:
    named = {duty.id: duty.values["owner"] for duty in obligations if duty.values.get("owner")}
    found = asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(set(named.values())))))
    known = {entity.id: entity.subject for entity in found}
    return {duty: (known[owner],) for duty, owner in named.items() if owner in known}
