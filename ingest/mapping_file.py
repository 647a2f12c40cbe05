"""Read a mapping file and check it, so that nothing wrong in it waits for the first row."""

import re
from collections.abc import Hashable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iga.graph.errors import MappingError
from iga.graph.suggestions import did_you_mean
from iga.ingest.mapping import Mapping, all_keys
from iga.ingest.mapping_check import check

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


_OPEN = re.compile(r"#\s*confirm\b")


def refuse_open_guesses(path: Path) -> None:
    """Say nothing where no guess of a draft is left in a mapping file.

    Raises:
        MappingError: Some are still marked; the message says how many, and where the first one stands.
    """
    with suppress(OSError, UnicodeDecodeError):  # whoever reads the mapping says why it cannot be read
        refuse_open_guesses_in(path.read_text(encoding="utf-8-sig"), name=path.name)


def refuse_open_guesses_in(text: str, *, name: str) -> None:
    """Do the same of the text of a mapping; messages call it `name`."""
    marked = [number for number, line in enumerate(text.splitlines(), 1) if _OPEN.search(line)]
    if marked:
        count = "one guess is" if len(marked) == 1 else f"{len(marked)} guesses are"
        raise MappingError(
            f"{name}: {count} still marked `# confirm`, the first in line {marked[0]}: check what each guesses,"
            " correct it or take its mark off, and load again; --dry-run shows what it makes of the file as it is"
        )


def mapping_from(text: str, *, name: str) -> Mapping:
    """Return the mapping that YAML `text` writes, checked against the domain; messages call it `name`.

    Raises:
        MappingError: As for `mapping_of`.
    """
    try:
        written = plain_yaml(text)
    except Unreadable as error:
        raise MappingError(f"{name}: {error}") from None
    if not isinstance(written, dict):
        raise MappingError(f"{name}: a mapping begins with `card:`, `row_key:` and `nodes:`; see docs/mappings.md")
    try:
        mapping = Mapping.model_validate(_alike(written))
    except Unlike as error:
        raise MappingError(f"{name}: {error}") from None
    except ValidationError as error:
        # a misspelt key is also a missing one: the spelling is the better hint
        first = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
        raise MappingError(f"{name}: {_explained(first)}") from None
    check(mapping, name=name)
    return mapping


class Unlike(ValueError):
    """What a mapping is to be `like` cannot be had; the message says where and what to write."""


_FORMATS = "iga.ingest.formats"
_OF_BLOCK: dict[str, Any] = {"fields": {}}
_OF_MAPPING: dict[str, Any] = {"card": {}, "row": {}, "nodes": {"*": _OF_BLOCK}}


def _alike(written: dict[Any, Any]) -> dict[Any, Any]:
    """Return a mapping with what it takes from the one it is `like`, and its blocks with what they take from others."""
    if "like" in written:
        formats = {path.name.removesuffix(".yaml") for path in files(_FORMATS).iterdir() if ".yaml" in path.name}
        if (other := written["like"]) not in sorted(formats):
            known = ", ".join(sorted(formats))
            raise Unlike(f"like: {other!r} is no mapping that comes with the program; write one of {known}")
        own = {key: part for key, part in written.items() if key != "like"}
        written = _taken(_alike(bundled_yaml(_FORMATS, f"{other}.yaml")), own, _OF_MAPPING)
    if isinstance(blocks := written.get("nodes"), dict):
        return {**written, "nodes": {name: _block(name, blocks) for name in blocks}}
    return written


def _block(name: str, blocks: dict[str, Any], seen: tuple[str, ...] = ()) -> Any:
    block = blocks[name]
    if not isinstance(block, dict) or "like" not in block:
        return block
    other = block["like"]
    if not isinstance(other, str) or other in (*seen, name) or not isinstance(blocks.get(other), dict):
        raise Unlike(f"nodes.{name}.like: there is no other block {other!r} that it could take from")
    own = {key: part for key, part in block.items() if key != "like"}
    return _taken(_block(other, blocks, (*seen, name)), own, _OF_BLOCK)


def _taken(other: dict[str, Any], own: dict[str, Any], within: dict[str, Any]) -> dict[str, Any]:
    """Return what `own` says, and what `other` says where it is silent; null leaves out, edges are added.

    Parts named in `within` are joined in the same way; "*" stands for every part.
    """
    taken = {**other, **own}
    for part in own.keys() & other.keys():
        deeper = within.get(part, within.get("*"))
        if deeper is not None and isinstance(own[part], dict) and isinstance(other[part], dict):
            taken[part] = _taken(other[part], own[part], deeper)
        elif part == "edges" and isinstance(own[part], list):
            taken[part] = [*other[part], *own[part]]
    return {key: value for key, value in taken.items() if value is not None}


def _explained(error: ErrorDetails) -> str:
    path = ".".join(str(step) for step in error["loc"] if not str(step).startswith("<"))
    if error["type"] == "extra_forbidden":
        key = str(error["loc"][-1])
        return f"{path}: there is no {key!r} here{did_you_mean(key, all_keys() - {key})}"
    if error["type"] == "missing":
        return f"{path}: is missing; write it"
    if error["type"] in ("union_tag_invalid", "model_type"):
        what = "is not a cell; write a column name, {const: …}, {template: …} or {first: […]}"
        return f"{path}: {_short(error['input'])} {what}"
    reason = error["msg"].removeprefix("Value error, ")
    return f"{path}: {reason} (given: {_short(error['input'])})" if path else f"the mapping: {reason}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


# The format itself nests eight deep.
MAX_DEPTH = 40


class Unreadable(ValueError):
    """The text is not the plain YAML that is read here; the message says where and why."""


class _Loader(yaml.CSafeLoader):
    """YAML in which true and false alone are truth values; dates and decimals stay the text they are."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (the name and kind are PyYAML's own)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable(f"line {key.start_mark.line + 1}: a key is one word, not a list or a block")
            if key.value in seen:
                raise Unreadable(f"line {key.start_mark.line + 1}: {key.value!r} stands twice; keep one of them")
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^(?:0|-?[1-9][0-9]{0,17})$", "-0123456789"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@cache
def bundled_yaml(package: str, name: str) -> Any:
    """Return what a YAML file that comes with the program says; read once, so what it holds is not to be changed."""
    return plain_yaml((files(package) / name).read_text(encoding="utf-8"))


def plain_yaml(text: str) -> object:
    """Return what YAML `text` says: dicts, lists, text, whole numbers, true, false and None.

    Raises:
        Unreadable: It is not YAML, repeats a key, nests too deep, or uses anchors, aliases or tags.
    """
    try:
        _refuse_tricks(text)
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        place = getattr(error.problem_mark, "line", None)
        line = f"line {place + 1}: " if place is not None else ""
        raise Unreadable(f"{line}{error.problem or error}; check the indentation and quotes there") from None
    except yaml.YAMLError as error:
        raise Unreadable(f"not YAML text ({' '.join(str(error).split())})") from None


def _refuse_tricks(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, _Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(f"line {line}: anchors and aliases (& and *) are not read; write the text out")
        if getattr(event, "tag", None):
            raise Unreadable(f"line {line}: tags (!) are not read; put the value in quotes")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise Unreadable(f"line {line}: nested more than {MAX_DEPTH} deep")
