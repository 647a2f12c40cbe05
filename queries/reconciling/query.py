"""What the reconciliation service is asked, checked before anything is looked up."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from iga.graph.errors import UsageError

MOST_QUERIES = 50
"""Names in one request."""
MOST_CANDIDATES = 100
"""Candidates of one name."""
DEFAULT_CANDIDATES = 5
LONGEST_QUERY = 500
"""Characters of a name; a longer text is none."""
MOST_PROPERTIES = 20
MOST_IDS = 500
"""Things whose properties are fetched in one request."""
MOST_COLUMNS = 50

T = TypeVar("T")


class TooMuch(UsageError):
    """A request holds more than is taken at once."""

    http_status = 413


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reconciled(BaseModel):
    """A value that was itself reconciled before."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    name: str = ""


PropertyValue = str | int | float | bool | Reconciled


class StatedProperty(_Strict):
    """A property of the thing that is looked for, as evidence."""

    pid: str = Field(max_length=200)
    v: PropertyValue | tuple[PropertyValue, ...]

    @property
    def values(self) -> tuple[PropertyValue, ...]:
        """The values as given, however many."""
        return self.v if isinstance(self.v, tuple) else (self.v,)


class ReconQuery(_Strict):
    """A name to find the thing of, with what else is known of it.

    Attributes:
        query: The name; None looks by properties alone.
        type: Types that the thing should be of.
        type_strict: ``should`` shows others where nothing of the types is called so; ``any`` and ``all`` never do.
    """

    query: str | None = None
    type: str | tuple[str, ...] = ()
    type_strict: Literal["any", "should", "all"] = "should"
    limit: Annotated[int, Field(ge=1)] = DEFAULT_CANDIDATES
    properties: tuple[StatedProperty, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> "ReconQuery":
        if self.query is None and not self.properties:
            raise ValueError("give a query or properties")
        return self

    @property
    def types(self) -> tuple[str, ...]:
        """The types as given, however many."""
        return (self.type,) if isinstance(self.type, str) else self.type


class Wanted(BaseModel):
    """A property to fetch, with its settings."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # clients send its name as well

    id: str
    settings: dict[str, str | int | float | bool | None] | None = None


class ExtendQuery(_Strict):
    """Things and the properties of them to fetch."""

    ids: tuple[str, ...]
    properties: tuple[Wanted, ...]


_BATCH = TypeAdapter(dict[str, ReconQuery])
_ONE = TypeAdapter(ReconQuery)
_EXTEND = TypeAdapter(ExtendQuery)
_PROPERTIES = TypeAdapter(tuple[StatedProperty, ...])


def read_batch(text: str) -> dict[str, ReconQuery]:
    """Return the queries of a batch by their keys.

    Raises:
        UsageError: It is no batch as the API describes it, or a name is far too long.
        TooMuch: It holds more names than are taken at once.
    """
    queries = _read(_BATCH, text, what="queries")
    if len(queries) > MOST_QUERIES:
        raise TooMuch(f"queries: {len(queries)} names at once; at most {MOST_QUERIES} are taken, as the manifest says")
    return {key: _checked(query, where=f"queries: {key}") for key, query in queries.items()}


def read_one(text: str, *, more: Mapping[str, str]) -> ReconQuery:
    """Return a single query: a name, or a JSON object.

    Raises:
        UsageError: It is no query as the API describes it, or the name is far too long.
    """
    if text.lstrip().startswith("{"):
        return _checked(_read(_ONE, text, what="query"), where="query")
    members: dict[str, object] = {name: more[name] for name in ("type", "type_strict", "limit") if more.get(name)}
    if more.get("properties"):
        members["properties"] = _read(_PROPERTIES, more["properties"], what="properties")
    return _checked(_read(_ONE, {"query": text, **members}, what="query"), where="query")


def read_extension(text: str) -> ExtendQuery:
    """Return what is to be fetched.

    Raises:
        UsageError: It is no query as the API describes it.
        TooMuch: It asks for more than is fetched at once.
    """
    query = _read(_EXTEND, text, what="extend")
    for what, many, most in (("ids", query.ids, MOST_IDS), ("properties", query.properties, MOST_COLUMNS)):
        if len(many) > most:
            raise TooMuch(f"extend: {len(many)} {what} at once; at most {most} are taken")
    return query


def _checked(query: ReconQuery, *, where: str) -> ReconQuery:
    """Return a query that is no longer than is looked up."""
    if query.query and len(query.query) > LONGEST_QUERY:
        raise UsageError(
            f"{where}: the name has {len(query.query):,} characters; at most {LONGEST_QUERY} are taken:"
            " give the name alone"
        )
    if len(query.properties) > MOST_PROPERTIES:
        raise UsageError(f"{where}: {len(query.properties)} properties; at most {MOST_PROPERTIES} are taken")
    return query


def _read(adapter: TypeAdapter[T], written: str | Mapping[str, object], *, what: str) -> T:
    """Return JSON, or members that were read already, as what they should be."""
    try:
        return adapter.validate_json(written) if isinstance(written, str) else adapter.validate_python(written)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][:4] if not str(part).startswith(("tuple[", "function-")))
        reason = _REASONS.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise UsageError(
            f"{what}{f': {where[:100]}' if where else ''}: {reason}; write it as the Reconciliation API 0.2 describes"
            f" it: {_EXAMPLES[what]}"
        ) from error


_REASONS = {"extra_forbidden": "there is no such member", "json_invalid": "this is no JSON"}
_EXAMPLES = {
    "queries": '{"q0": {"query": "Ghana", "type": "Government", "limit": 3}}',
    "query": '{"query": "Ghana", "type": "Government", "limit": 3}',
    "properties": '[{"pid": "country", "v": "Ghana"}]',
    "extend": '{"ids": ["gov:gha"], "properties": [{"id": "iso3"}]}',
}
