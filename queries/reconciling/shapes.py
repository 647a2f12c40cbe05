"""What the reconciliation service answers with, in the words of the Reconciliation API 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel


class Wire(BaseModel):
    """Base of what goes over the wire; members that are None are left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Wire):
    """A thing told by id and name."""

    id: str = Field(description="Identifier.")
    name: str = Field(description="Name in plain words.")


class Type(Named):
    """A class of things, or a group of classes."""

    description: str | None = Field(default=None, description="What one of them is.")
    broader: tuple["Type", ...] | None = Field(default=None, description="Groups that the class belongs to.")


class Feature(Wire):
    """One thing that a score rests on."""

    id: str = Field(description="name, exact, type, rivals, or the id of a property that was given.")
    value: bool | float = Field(description="Yes or no, or a number.")


class Candidate(Named):
    """One thing that a name may mean."""

    description: str = Field(description="What it is, where, and the name that matched if it is printed otherwise.")
    type: tuple[Type, ...] = Field(description="Its class, then the groups that the class belongs to.")
    score: float = Field(description="From 0 to 100; only good for comparing candidates of one name.")
    features: tuple[Feature, ...] = Field(description="What the score rests on.")
    match: bool = Field(description="Whether it is meant beyond doubt.")


class MatchResult(Wire):
    """The candidates for one name, best first."""

    result: tuple[Candidate, ...] = Field(description="Candidates; empty when nothing is called so.")


class Results(RootModel[dict[str, MatchResult]]):
    """The candidates for each name of a batch, by the keys of the batch."""


class Suggestion(Named):
    """A thing, property or type that begins like what was typed."""

    description: str | None = Field(default=None, description="What tells it from its namesakes.")
    notable: tuple[Type, ...] | None = Field(default=None, description="Types of a thing.")
    broader: tuple[Type, ...] | None = Field(default=None, description="Broader types of a type.")


class Suggestions(Wire):
    """What begins like what was typed, best first."""

    result: tuple[Suggestion, ...] = Field(description="Suggestions.")


class Flyout(Wire):
    """A few lines on a suggestion."""

    id: str = Field(description="Identifier asked for.")
    html: str = Field(description="A fragment of HTML.")


class ProposedProperty(Named):
    """A property that can be fetched."""

    description: str | None = Field(default=None, description="What it says.")


class ProposedProperties(Wire):
    """The properties that things of a type have."""

    type: str = Field(description="Type asked for.")
    properties: tuple[ProposedProperty, ...] = Field(description="Properties.")
    limit: int | None = Field(default=None, description="Most properties asked for.")


class Column(Named):
    """A property that was fetched, with the type of its values if they are things."""

    type: Named | None = Field(default=None, description="Type of the values.")


class Extension(Wire):
    """Values of properties of things; a property without a value has an empty list."""

    meta: tuple[Column, ...] = Field(description="The properties, in the order asked for.")
    rows: dict[str, dict[str, tuple[dict[str, Any], ...]]] = Field(
        description="By id of the thing and of the property: objects with one of str, int, date, or id and name."
    )


class Manifest(RootModel[dict[str, Any]]):
    """What the service is and offers, as the API describes it."""
