"""What a kind of entry is: what it asks for, as a command has options and a form has fields, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from iga.ingest.namesakes import Namesakes
from iga.ingest.officer_entries import OfficerEntry, Signed, plainly
from iga.queries.core.question import unusable
from iga.queries.core.session import Session


class EntryParams(BaseModel):
    """Base of what every entry asks for; a blank text is one that was left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, str_strip_whitespace=True)

    because: str = Field(default="", description="Why; it stays with the entry.")


E = TypeVar("E", bound=EntryParams)


@dataclass(frozen=True)
class Prepared:
    """What is about to be entered.

    Attributes:
        about: Id of what to look at once it is entered.
        notes: What to say once it is entered, in sentences.
    """

    entries: tuple[OfficerEntry, ...]
    about: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntryKind(Generic[E]):
    """A kind of entry.

    Attributes:
        name: How it is asked for: ``contact-check``.
        title: It in words, as a page is headed.
        prepare: Compares it with what is on record; raises `NotFound`, `Ambiguous` and `UsageError` of what is typed.
        names: What it asks for that names a thing, with what that may be.
    """

    name: str
    title: str
    params: type[E]
    prepare: Callable[[Session, E, Signed], Prepared]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    example: Mapping[str, Any] = field(default_factory=dict)

    def parameters(self) -> tuple[str, ...]:
        """Return the names of what it asks for as fields of a form, the reason last."""
        return (*(name for name in self.params.model_fields if name not in ("because", "fields")), "because")

    def prepared(self, session: Session, asked: E, signed: Signed) -> Prepared:
        """Return what is about to be entered, by ids that tell nobody's name who is protected; raises as `prepare`."""
        named = self.prepare(session, asked, signed)
        namesakes = Namesakes.of(session.ledger.whole)
        entries = tuple(plainly(entry, namesakes) for entry in named.entries)
        keys = {was.row_key: now.row_key for was, now in zip(named.entries, entries, strict=True)}
        return replace(named, entries=entries, about=keys.get(named.about, named.about))

    def asked(self, given: Mapping[str, Any]) -> E:
        """Return what was given as its model; what is blank or None counts as left out.

        Raises:
            UsageError: Something is missing, or cannot be used.
        """
        try:
            return self.params.model_validate({name: it for name, it in given.items() if it not in (None, "", ())})
        except ValidationError as error:
            raise unusable(self.name, self.params, error) from error


def text(meaning: str, metavar: str = "TEXT") -> Any:
    """Declare what may be left out."""
    return Field(default="", description=meaning, json_schema_extra={"metavar": metavar})


def needed(meaning: str, metavar: str = "TEXT") -> Any:
    """Declare what has to be said."""
    return Field(min_length=1, description=meaning, json_schema_extra={"metavar": metavar})


def several(meaning: str) -> Any:
    """Declare what may be said several times."""
    return Field(default=(), description=meaning, json_schema_extra={"metavar": "TEXT"})
