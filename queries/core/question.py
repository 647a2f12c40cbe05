"""What a question is made of: its card, what it is asked with, and what its function finds."""

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, Literal, NotRequired, Self, TypedDict, Unpack, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from typing_extensions import TypeVar

from iga.graph.errors import UsageError
from iga.graph.ledger.evidence import EvidenceRow
from iga.queries.core.answer import AnswerRow, Caveat, NameTaken, R, Ref, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat
from iga.queries.core.session import Session

if TYPE_CHECKING:
    from iga.queries.core.rows import Rows


class Params(BaseModel):
    """Base of what every question is asked with."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    as_of: str | None = Field(
        default=None,
        description="Day to answer for, possibly partial (its last day counts); today if left out.",
        examples=["2026-11-25"],
    )


def unusable(what: str, params: type[BaseModel], error: ValidationError) -> UsageError:
    """Return the refusal of what something was asked with, in a sentence that names the parameter."""
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "?"
    if first["type"] == "missing":
        return UsageError(f"{what} needs {name}: {params.model_fields[name].description}")
    return UsageError(f"{name}: {first['input']!r} cannot be used: {first['msg'][0].lower()}{first['msg'][1:]}")


def takes_many(params: type[BaseModel], parameter: str) -> bool:
    """True if a parameter may be given several times."""
    return get_origin(params.model_fields[parameter].annotation) is tuple


A = TypeVar("A", bound=Params, covariant=True)


# Parameters that keep some of what there is: they are called so in every question, and left out are None.
NARROWING = (
    *("category", "field", "fiscal_year", "kind", "pillar", "place", "role", "state", "status", "step", "tier"),
    *("topic", "year"),
)


@dataclass(frozen=True)
class Request(Generic[A]):
    """A question as put: everything its function may look at.

    Attributes:
        day: Full day that the answer is for.
        subjects: What the parameters that name something stand for, by parameter.
        topic: Code of the topic asked about, None if none was.
        ask: Asks another question of the same session and day: its name and parameters, as typed.
        taken: Names that nothing has, with what they were taken for.
    """

    session: Session
    params: A
    day: str
    subjects: Mapping[str, tuple[Subject, ...]]
    topic: str | None
    ask: Callable[..., "Result[Any]"] = field(repr=False, compare=False)
    taken: tuple[NameTaken, ...] = ()

    def one(self, parameter: str) -> Subject:
        """Return the one thing that a required parameter stands for."""
        return self.subjects[parameter][0]

    def named(self, *parameters: str) -> dict[str, str | None]:
        """Return the names of what parameters stand for, by parameter; None for one that was left out."""
        return {name: subject.name if (subject := self.maybe(name)) else None for name in parameters}

    def narrowing(self) -> dict[str, str]:
        """Return the conditions that keep some of what there is, as typed, by parameter."""
        fields = type(self.params).model_fields
        optional = [name for name in NARROWING if name in fields and not fields[name].is_required()]
        given = {name: value for name in optional if (value := getattr(self.params, name)) is not None}
        return {name: str(value) for name, value in given.items() if not takes_many(type(self.params), name)}

    def without_narrowing(self) -> "Request[A]":
        """Return the same request for all that there is."""
        given = dict.fromkeys(self.narrowing())
        return replace(self, params=self.params.model_copy(update=given), topic=None)

    def is_on_topic(self, properties: Mapping[str, Any]) -> bool:
        """True if a thing of these properties deals with the topic asked about, if one was."""
        return self.topic is None or self.topic in (properties.get("topics") or ())

    def maybe(self, parameter: str) -> Subject | None:
        """Return the one thing that an optional parameter stands for, None if it was left out."""
        return next(iter(self.subjects.get(parameter, ())), None)


@dataclass(frozen=True)
class Result(Generic[R]):
    """What the function of a question found: facts; they are put in words last.

    Attributes:
        clauses: What there is to say, weightiest first; the first replies to the question.
        rows: Rows in their final order, all of them: the cap is applied later.
        caveats: What this question knows that it does not know; common doubts are added later.
        refs: Source rows that a caveat rests on and no row does.
        total: Number of rows if it is not the number of `rows`.
        past: Source rows as they were at an earlier load, by references that the ledger of today does not have.
    """

    clauses: tuple[SourcedClause, ...]
    rows: tuple[SourcedRow[R], ...] = ()
    caveats: tuple[Caveat | UnwordedCaveat, ...] = ()
    refs: tuple[Ref, ...] = ()
    total: Total | None = None
    past: Mapping[Ref, EvidenceRow] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        clauses: Iterable[SourcedClause],
        rows: "Rows[Any] | None" = None,
        caveats: Iterable[Caveat | UnwordedCaveat] = (),
        *,
        refs: tuple[Ref, ...] = (),
        total: Total | None = None,
    ) -> Self:
        """Return what was found from rows in their order and what is said of them."""
        return cls(tuple(clauses), rows.sourced if rows else (), tuple(caveats), refs, total)


Maturity = Literal["stable", "trial"]


class CardFields(TypedDict):
    """What a card says beside its function; see `Question`."""

    title: str
    names: Mapping[str, tuple[str, ...]]
    example: Mapping[str, str]
    columns: NotRequired[tuple[str, ...]]
    maturity: NotRequired[Maturity]
    use: NotRequired[str]
    is_duty: NotRequired[bool]
    yes_or_no: NotRequired[tuple[str, ...]]
    any_of: NotRequired[tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """The card of a question: the same card makes the command, the HTTP route and the page of the manual.

    Attributes:
        name: How it is asked for, such as ``treaty-status``.
        names: Labels that what a parameter names must carry, by parameter.
        example: Parameters of an example that the bundled reference data answers.
        columns: Fields of a row that a table on a terminal shows, in this order; none is all of them. What every row
            shares, ids and remarks are left to ``--json``.
        maturity: ``stable``, or ``trial`` while its rows may still change.
        use: What it shows people for, where they must have agreed to it; None is a look-up.
        is_duty: Whether it serves a duty to people: whoever sees what is sensitive may ask it of anybody.
        yes_or_no: Parameters with all of which it is a question that Yes, No or Not known replies to; blank is that it
            always is, None that it never is.
        any_of: Parameters of which at least one is needed, though none by itself; blank is that there are none such.
    """

    name: str
    title: str
    params: type[Params]
    row: type[AnswerRow]
    function: Callable[[Request[Any]], Result[Any]]
    names: Mapping[str, tuple[str, ...]]
    example: Mapping[str, str]
    columns: tuple[str, ...] = ()
    maturity: Maturity = "stable"
    use: str | None = None
    is_duty: bool = False
    yes_or_no: tuple[str, ...] | None = None
    any_of: tuple[str, ...] = ()

    @classmethod
    def of(cls, function: Callable[[Request[Any]], Result[Any]], **card: Unpack[CardFields]) -> Self:
        """Return the card of a question from its function, which says the name, the parameters and the row."""
        request, result = (get_args(function.__annotations__[name])[0] for name in ("request", "return"))
        return cls(function.__name__.replace("_", "-"), params=request, row=result, function=function, **card)

    @property
    def package(self) -> str:
        """The package of its room, such as ``iga.queries.contacts``; its templates are in the folder ``sentences``."""
        return self.function.__module__.rpartition(".")[0]

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters in the order of their declaration, ``as_of`` last."""
        return parameters_of(self.params)

    def summary(self) -> dict[str, Any]:
        """Return name, title, maturity, parameters with their meaning, and the example, as JSON."""
        about = {"name": self.name, "title": self.title, "maturity": self.maturity}
        return {**about, **meaning_of(self.params), "example": dict(self.example)}


def parameters_of(params: type[Params]) -> tuple[str, ...]:
    """Return the names of parameters in the order of their declaration, ``as_of`` last."""
    return (*(name for name in params.model_fields if name != "as_of"), "as_of")


def meaning_of(params: type[Params]) -> dict[str, Any]:
    """Return what each parameter means and which are required, as JSON."""
    fields = {name: params.model_fields[name] for name in parameters_of(params)}
    return {
        "parameters": {name: field.description for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.is_required()],
    }


T = TypeVar("T")


class Cards(Mapping[str, T]):
    """Every card by name, in the order in which the manual lists them.

    The card of a name is the constant called as the name, in capitals, in its module.
    """

    def __init__(self, modules: Mapping[str, str]) -> None:
        """Hold the module of each name; nothing is imported."""
        self._modules = modules

    def __getitem__(self, name: str) -> T:
        """Return a card.

        Raises:
            KeyError: There is none of this name.
        """
        card: T = getattr(importlib.import_module(self._modules[name]), name.upper().replace("-", "_"))
        return card

    def __contains__(self, name: object) -> bool:
        """True if there is such a card, without importing it."""
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        """Return the names, without importing a card."""
        return iter(self._modules)

    def __len__(self) -> int:
        """Return how many cards there are."""
        return len(self._modules)
