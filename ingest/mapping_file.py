"""Read a mapping file and check it, so that nothing wrong in it waits for the first row."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from graph.errors import MappingError
from ingest.mapping import Mapping, all_keys
from ingest.mapping_check import check
from ingest.safe_yaml import Unreadable, plain_yaml
from ingest.suggestions import did_you_mean

# The bundled mappings are under 10 kB.
MAX_BYTES = 512_000


def mapping_of(path: Path) -> Mapping:
    """Return the mapping of a YAML file, checked against the domain.

    Raises:
        MappingError: The file is no such mapping; the message names place, value and what to write.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise MappingError(f"{path.name}: larger than {MAX_BYTES:,} bytes, so it is no mapping; name the YAML file")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MappingError(f"{path}: there is no such mapping file; check the name") from None
    except UnicodeDecodeError:
        raise MappingError(f"{path.name}: not UTF-8 text; save the mapping as UTF-8") from None
    except OSError as error:
        raise MappingError(f"{path}: cannot be read ({error.strerror}); check the name and your access") from None
    return mapping_from(text, name=path.name)


def mapping_from(text: str, *, name: str) -> Mapping:
    """Return the mapping that YAML `text` writes, checked against the domain; messages call it `name`.

    Raises:
        MappingError: As for `mapping_of`.
    """
    try:
        given = plain_yaml(text)
    except Unreadable as error:
        raise MappingError(f"{name}: {error}") from None
    if not isinstance(given, dict):
        raise MappingError(f"{name}: a mapping begins with `card:`, `row_key:` and `nodes:`; see docs/mappings.md")
    try:
        mapping = Mapping.model_validate(given)
    except ValidationError as error:
        # a misspelt key is also a missing one: the spelling is the better hint
        first = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
        raise MappingError(f"{name}: {_explained(first)}") from None
    check(mapping, name=name)
    return mapping


def _explained(error: ErrorDetails) -> str:
    path = ".".join(str(step) for step in error["loc"] if not str(step).startswith("<"))
    if error["type"] == "extra_forbidden":
        key = str(error["loc"][-1])
        return f"{path}: there is no {key!r} here{did_you_mean(key, all_keys())}"
    if error["type"] == "missing":
        return f"{path}: is missing; write it"
    if error["type"] == "union_tag_invalid":
        what = "is not a cell; write a column name, {const: …}, {template: …} or {first: […]}"
        return f"{path}: {_short(error['input'])} {what}"
    reason = error["msg"].removeprefix("Value error, ")
    return f"{path or 'the mapping'}: {reason} (given: {_short(error['input'])})"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
