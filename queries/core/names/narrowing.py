"""What a search is narrowed to, as typed and as the index understands it."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from iga.graph.domain.topics import with_narrower
from iga.graph.names.index import WITHIN, Only
from iga.graph.names.kinds import kind_of
from iga.queries.core.names.name_edges import COUNTRY, TOPIC
from iga.queries.core.names.resolve import classes_of, subject_of
from iga.queries.core.names.topics import topic_of
from iga.queries.core.session import Session


class Narrowing(BaseModel):
    """What a search is narrowed to; everything given must fit, of several kinds one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: tuple[str, ...] = Field(
        default=(),
        description="Only things of a class, a group, or a plain word for one; may be given several times.",
        examples=[["ngo"]],
    )
    country: str | None = Field(
        default=None, description="Only what is, belongs to or concerns a government.", examples=["Ghana"]
    )
    body: str | None = Field(
        default=None, description="Only a body and what is part of it, posts and people included.", examples=["OSCE"]
    )
    topic: str | None = Field(
        default=None, description="Only what deals with a topic or a narrower one.", examples=["child trafficking"]
    )


Understood = dict[str, tuple[str, ...]]
"""Classes, ids and topic codes by filter; filters left out are left out."""


def understood(session: Session, asked: Narrowing) -> Understood:
    """Return what a narrowing means.

    Raises:
        NotFound: There is no such kind, or nothing is called so.
        Ambiguous: Several things are called so.
        UsageError: A country is no government.
    """
    meaning: Understood = {}
    if asked.kind:
        meaning["kind"] = classes_of(tuple(kind_of(word) for word in asked.kind))
    if asked.country:
        meaning["country"] = (subject_of(session, asked.country, parameter="country", labels=("Government",)).id,)
    if asked.body:
        meaning["body"] = (subject_of(session, asked.body, parameter="body", labels=("Party",)).id,)
    if asked.topic:
        meaning["topic"] = with_narrower(topic_of(asked.topic))
    return meaning


def only(meaning: Understood) -> Only:
    """Return what the index is narrowed to."""
    facets = {"country": COUNTRY, "body": WITHIN, "topic": TOPIC}
    links = tuple((facets[name], frozenset(meaning[name])) for name in facets if name in meaning)
    return Only(classes=frozenset(meaning.get("kind", ())), links=links)


def named(kind: Sequence[str] = (), country: str = "", body: str = "", topic: str = "") -> Narrowing:
    """Return a narrowing of texts as typed; blank ones count as left out."""
    return Narrowing(
        kind=tuple(word for word in kind if word.strip()),
        country=country.strip() or None,
        body=body.strip() or None,
        topic=topic.strip() or None,
    )
