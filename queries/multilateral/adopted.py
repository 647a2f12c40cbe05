"""What is known of a text of a body: how it was adopted, its sponsors, and what a party did; consensus is no vote."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from iga.queries.core.absence import Absence, absence
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import worded
from iga.queries.core.reading import EdgeRow, Entity
from iga.queries.core.session import Session

VOTE_COUNTS = ("yes_count", "no_count", "abstain_count")
WITHOUT_VOTE = ("consensus", "presidential statement")
"""Ways of adoption in which nobody votes."""


def adoption(text: Mapping[str, Any]) -> dict[str, Any]:
    """Return how and when a resolution was adopted, as clauses and rows tell it."""
    return {name: text.get(name) for name in ("adopted_on", "adopted_by", *VOTE_COUNTS)}


def sponsorship(text: Mapping[str, Any], on_record: int) -> dict[str, Any]:
    """Return how the sponsors on record compare with the number stated, as clauses and rows tell it."""
    return {"sponsors": on_record, "stated": text.get("sponsor_count"), "is_whole": is_whole(text, on_record)}


def is_whole(text: Mapping[str, Any], on_record: int) -> bool:
    """Say whether as many sponsors are on record as are stated, to the last one."""
    stated = str(text.get("sponsor_count") or "")
    return bool(re.fullmatch(r"\d+", stated)) and 0 < int(stated) <= on_record


def sponsor_absence(session: Session, text: Entity, sponsors: Sequence[EdgeRow], *, day: str) -> Absence:
    """Return what it is worth that somebody is not on the list of a text's sponsors."""
    stated = str(text.values.get("sponsor_count") or "")
    counts = (len(sponsors), int(stated)) if re.fullmatch(r"\d+", stated) else None
    known = absence(session, text.id, *(edge.properties for edge in sponsors), day=day, counts=counts)
    # That all who are counted are listed is said, and is no list that its card calls whole.
    return replace(known, known=counts[0], counted=counts[1]) if known.why == "unchecked" and counts else known


def record(off_list: Absence, party: Subject, sponsors: Sequence[EdgeRow], votes: Sequence[EdgeRow]) -> dict[str, Any]:
    """Return what a party is known to have done for or against a text, as clauses and rows tell it."""
    return {
        "party": party.name,
        "roles": [edge.properties.get("role") for edge in sponsors if edge.id == party.id],
        "votes": [edge.properties.get("vote") for edge in votes if edge.id == party.id],
        "is_no": off_list.is_no,
    }


def in_words(macro: str, **values: Any) -> str:
    """Return a field of a row in words: ``adoption``, ``record``, ``deeds``, ``vote``, ``role`` of the values above."""
    return worded(__package__, "texts", macro, values)
