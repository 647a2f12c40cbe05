"""A form made from a card: a field for each parameter of a question, paper or entry, filled with what was given."""

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from iga.queries.core.question import takes_many
from iga.queries.core.typed_days import DAYS

Labels = Mapping[str, tuple[str, ...]]
Kind = Literal["name", "day", "choice", "number", "flag", "text"]


class FormCard(Protocol):
    """What has a form: a question, a kind of paper, or one of entry."""

    @property
    def params(self) -> type[BaseModel]:
        """Model of its parameters."""

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters."""

    @property
    def example(self) -> Mapping[str, Any]:
        """Parameters of an example."""


@dataclass(frozen=True)
class FormField:
    """A field of a form.

    Attributes:
        name: The parameter.
        label: It in words.
        meaning: What it means.
        kind: How it is filled: by the name of a thing, a day, one of `choices`, a number, yes or no, or free text.
        values: What was given; one blank where nothing was.
        choices: Values that it can have.
        classes: What it may name: classes and groups of classes.
        is_needed: Whether nothing is done without it.
        is_many: Whether it may be given several times.
        example: What may be written there; blank is none.
    """

    name: str
    label: str
    meaning: str
    kind: Kind
    values: tuple[str, ...]
    choices: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    is_needed: bool = False
    is_many: bool = False
    example: str = ""


def form_of(card: FormCard, names: Labels, given: Mapping[str, Sequence[str]]) -> tuple[FormField, ...]:
    """Return the form of a question, a paper or an entry, its fields in the order of its parameters.

    Args:
        card: What it is the form of.
        names: The parameters that name a thing, with what it must be; nothing is anything.
        given: What was given, by parameter.
    """
    return tuple(_field(card, name, names, tuple(filter(None, given.get(name, ())))) for name in card.parameters())


def _field(card: FormCard, name: str, names: Labels, values: tuple[str, ...]) -> FormField:
    declared, is_many = card.params.model_fields[name], takes_many(card.params, name)
    inner = tuple(_plain(declared.annotation))
    literal = (type_ for type_ in inner if typing.get_origin(type_) is Literal)
    choices = tuple(str(choice) for type_ in literal for choice in typing.get_args(type_))
    examples = (card.example.get(name), *(declared.examples or ()))
    return FormField(
        name=name,
        label=name.replace("_", " "),
        meaning=declared.description or "",
        kind="name" if name in names else _kind(name, inner, choices),
        values=(*values, "") if is_many and not choices else values or (_default(declared.default),),
        choices=choices,
        classes=names.get(name, ()),
        is_needed=declared.is_required(),
        is_many=is_many,
        example=next((str(text) for text in examples if isinstance(text, (str, int))), ""),
    )


def _plain(annotation: Any) -> Iterator[Any]:
    """Give the types that a value may have, without none and without the tuple around them."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType, tuple):
        for part in typing.get_args(annotation):
            yield from _plain(part)
    elif annotation not in (type(None), Ellipsis):
        yield annotation


def _kind(name: str, inner: tuple[Any, ...], choices: tuple[str, ...]) -> Kind:
    if name in DAYS:
        return "day"
    if choices:
        return "choice"
    return "flag" if bool in inner else "number" if int in inner else "text"


def _default(value: object) -> str:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
