"""Read YAML so that a file means what it shows: no aliases, no repeated keys, dates and `yes` stay text."""

import re
from collections.abc import Hashable
from typing import Any

import yaml

# The format itself nests eight deep.
MAX_DEPTH = 40


class Unreadable(ValueError):
    """The text is not the plain YAML that is read here; the message says where and why."""


class _Loader(yaml.SafeLoader):
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
