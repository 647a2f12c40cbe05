"""The shapes of an answer and of a search, the same on the command line, over HTTP and in documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny
from typing_extensions import TypeVar

from iga.graph.statements import Confidence

CaveatKind = Literal[
    "partial",
    "stale",
    "conflict",
    "uncertain",
    "derived",
    "unknown",
    "ambiguous",
    "undisclosed",
    "embargoed",
    "projecting",
]
Held = Literal["yes", "unknown"]
How = Literal["id", "code", "name", "acronym", "alias", "text", "prefix", "fuzzy"]
Ref: TypeAlias = tuple[str, str]
"""Names one row of one source: (source, row key)."""


class Shape(BaseModel):
    """Base of everything an answer is made of: frozen, and dumped under the names other programs rely on."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True, defer_build=True
    )


class Subject(Shape):
    """Whom or what a question is about: never an id alone."""

    id: str = Field(description="Canonical id.")
    cls: str = Field(alias="class", description="Class, such as Government.")
    name: str = Field(description="Name as printed.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")


class NameTaken(Shape):
    """A name that nothing has, and what it was taken for since nothing else comes near."""

    parameter: str = Field(description="What was asked with the name.")
    typed: str = Field(description="The name as typed.")
    id: str = Field(description="Canonical id of what it was taken for.")
    name: str = Field(description="Name of what it was taken for, as printed.")


def _made_from() -> Any:
    """Return the field of what words were made from, besides the other fields: papers make them anew, JSON lacks it."""
    return Field(default={}, exclude=True, repr=False, description="What its words were made from.")


class AnswerRow(Shape):
    """Base of the rows of every question."""

    in_documents_alone: ClassVar[frozenset[str]] = frozenset()
    """Fields that hold more than a cell of a table can: JSON documents have them, tables do not."""

    held: Held = Field(default="yes", description="Whether it held on the day asked for; what did not is left out.")
    conflicts: tuple[str, ...] = Field(default=(), description="Fields on which its sources differ.")
    confidence: Confidence | None = Field(
        default=None, description="How far its best source is to be trusted; null when no source is known."
    )
    fictional: bool = Field(default=False, description="Whether a source it rests on is made up for demonstration.")
    evidence: tuple[int, ...] = Field(default=(), description="Numbers of the notes that the row rests on.")
    values: Mapping[str, Any] = _made_from()


class PartyRow(AnswerRow):
    """Base of rows about a party: it is told by its id, a government also by its code."""

    id: str = Field(description="Id of the party.")
    cls: str = Field(alias="class", description="Class of the party, such as Government.")
    name: str = Field(description="Name of the party as printed.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")


R = TypeVar("R", bound=AnswerRow, covariant=True, default=AnswerRow)


@dataclass(frozen=True)
class SourcedRow(Generic[R]):
    """A row before its evidence is numbered.

    Attributes:
        refs: Source rows it rests on; the best of them says how far it is to be trusted.
        dated_by: Source rows that only date it: noted, but they do not make it more trusted.
        parts: Source rows of each statement that a row is made of, which is then trusted as far as the weakest of them.
        cells: Source rows of each of the row's ``cells``, by name; most rows have none.
    """

    row: R
    refs: tuple[Ref, ...] = ()
    dated_by: tuple[Ref, ...] = ()
    parts: tuple[tuple[Ref, ...], ...] = ()
    cells: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)


class Total(Shape):
    """How many rows there are before any cap."""

    value: int = Field(description="Number of rows.")
    relation: Literal["eq", "gte"] = Field(default="eq", description="Whether the number is exact or a lower bound.")


class Caveat(Shape):
    """One thing the answer does not know, in a sentence."""

    kind: CaveatKind = Field(description="What sort of doubt.")
    text: str = Field(description="The doubt in one sentence.")
    source: str | None = Field(default=None, description="Source it comes from, if from one.")
    clause: str | None = Field(default=None, description="Id of the clause that it concerns, if it concerns one.")
    rows: tuple[int, ...] = Field(default=(), description="Numbers of the rows that it concerns, from 1.")
    macro: str = Field(default="", exclude=True, repr=False, description="What of a template says it; blank: none.")
    values: Mapping[str, Any] = _made_from()


class Clause(Shape):
    """One sentence of an answer, with what it was made from and what it rests on."""

    id: str = Field(description="What it says, in a word or two; stays the same for a question.")
    text: str = Field(description="The sentence.")
    values: dict[str, Any] = Field(default={}, description="What the sentence was made from, by name.")
    evidence: tuple[int, ...] = Field(default=(), description="Numbers of the notes that it rests on.")


class EvidenceNote(Shape):
    """An endnote: which row of which file said it, and in which load it was first said so."""

    source: str = Field(description="Name of the source.")
    title: str = Field(description="Title of the source as an endnote prints it.")
    url: str | None = Field(default=None, description="Page the row rests on.")
    locator: str = Field(description="Place in the file: file:line or sheet!row.")
    stated_on: str | None = Field(default=None, description="Day it was stated for, possibly partial.")
    load: int = Field(description="Number of the load.")
    marking: str = Field(default="public", description="Marking of the row: public, internal or sensitive.")
    fictional: bool = Field(default=False, description="Whether the source is made up for demonstration.")


class Answer(Shape):
    """The answer to one question."""

    question: str = Field(description="Name of the question.")
    parameters: dict[str, str | tuple[str, ...]] = Field(
        description="Parameters as understood: ids and codes, ready to ask again."
    )
    as_of: str = Field(description="Day the answer is for.")
    known_on: str | None = Field(
        default=None, description="Day or load up to which the ledger counts; null is everything loaded."
    )
    headline: str = Field(default="", description="The first clause: the sentence that replies to the question.")
    clauses: tuple[Clause, ...] = Field(default=(), description="What there is to say, weightiest first.")
    answer: str = Field(description="All clauses as plain sentences; the day before them if it is not today.")
    rows: tuple[SerializeAsAny[AnswerRow], ...] = Field(description="One row for each thing found, in a stable order.")
    total: Total = Field(description="Number of rows before any cap.")
    caveats: tuple[Caveat, ...] = Field(default=(), description="What the answer does not know.")
    evidence: dict[int, EvidenceNote] = Field(default={}, description="Endnotes by number.")
    data_version: str = Field(
        description="Version of the graph that answered: another after each change of what is shown."
    )
    subjects: tuple[Subject, ...] = Field(default=(), description="Whom the question was understood to be about.")
    understood_as: tuple[NameTaken, ...] = Field(
        default=(), description="Names that nothing has, with what they were taken for."
    )

    @property
    def more(self) -> str:
        """What there is to say beyond the reply; blank is nothing."""
        return " ".join(clause.text for clause in self.clauses[1:])

    @property
    def reply(self) -> str:
        """The sentence that replies, with the day it is for where that is told."""
        return self.answer.removesuffix(self.more).rstrip()

    def first_rows(self, limit: int | None) -> Self:
        """Return the answer with its first rows alone, and the notes that these and its sentences rest on."""
        return self.only_rows(0, limit)

    def only_rows(self, first: int, last: int | None) -> Self:
        """Return the answer with some of its rows alone, and the notes that these and its sentences rest on."""
        rows = self.rows[first:last]
        cited = {number for row in rows for number in row.evidence}
        cited.update(number for clause in self.clauses for number in clause.evidence)
        notes = {number: note for number, note in self.evidence.items() if number in cited}
        return self.model_copy(update={"rows": rows, "evidence": notes})


class Hit(Shape):
    """One thing that a search found."""

    id: str = Field(description="Canonical id.")
    cls: str = Field(alias="class", description="Class, such as Government.")
    name: str = Field(description="Name as printed.")
    matched: str = Field(description="The name, code or text that matched.")
    how: How = Field(description="How it matched.")
    score: float = Field(description="From 0 to 100; only good for comparing hits of one search.")
    unverified: bool = Field(
        default=False, description="Whether it rests on lists that nobody checked, or on rows of low confidence, alone."
    )
    note: str | None = Field(
        default=None, description="What is odd about its name: letters that only look like others, hidden characters."
    )


class FacetCount(Shape):
    """How many of all hits have one value of a facet."""

    value: str = Field(description="Class, id or topic code; ready to narrow the search by.")
    name: str = Field(description="The value in words.")
    count: int = Field(description="Number of hits that have it.")


class Facets(Shape):
    """What a search can be narrowed by, with counts: most hits first, then by name; at most 20 values each."""

    kind: tuple[FacetCount, ...] = Field(default=(), description="Classes.")
    country: tuple[FacetCount, ...] = Field(default=(), description="Governments that hits are, belong to or concern.")
    body: tuple[FacetCount, ...] = Field(default=(), description="Bodies that hits are, or are part of.")
    topic: tuple[FacetCount, ...] = Field(default=(), description="Topics that hits deal with.")


class FindResult(Shape):
    """What a search found."""

    query: str = Field(description="The words searched for.")
    hits: tuple[Hit, ...] = Field(description="Best first, then by name and id.")
    facets: dict[str, int] = Field(default={}, description="Number of hits by class, of all that were found.")
    facets_by: Facets = Field(default=Facets(), description="What the search can be narrowed by, of all found.")
    narrowed_to: dict[str, tuple[str, ...]] = Field(
        default={}, description="What it was narrowed to, as understood: classes, ids and topic codes, by filter."
    )
    suggestions: tuple[str, ...] = Field(default=(), description="Names close to the words, when nothing was found.")
    caveats: tuple[Caveat, ...] = Field(default=(), description="What the search does not settle.")
    total: Total = Field(description="Number of hits before the limit.")
    data_version: str = Field(
        description="Version of the graph that was searched: another after each change of what is shown."
    )
