"""No text of the domain is without a limit: engines index names and ids, and refuse them where they are too long."""

import typing

import pytest
from pydantic import TypeAdapter, ValidationError

from iga.graph.domain.catalog import EDGES, NODES
from iga.graph.domain.model import Declared
from iga.graph.domain.values import Channel, Interval, Money
from iga.graph.fold.shapes import FoldedNode
from iga.graph.projection.properties import LONGEST_SORT_NAME, node_properties

FIELDS = [(cls, name) for cls in (*NODES, *EDGES) for name in cls.model_fields]
PARTS = [(cls, name) for cls in (Channel, Interval, Money) for name in cls.model_fields]
ENDLESS = "x" * 1_000_000


@pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[f"{cls.__name__}.{name}" for cls, name in FIELDS])
def test_a_text_of_a_million_characters_fits_no_field(cls: type[Declared], name: str) -> None:
    check = TypeAdapter(cls).validate_python
    shape = cls.rules()[name].shape
    value: typing.Any = [ENDLESS] if shape == "list" else ENDLESS
    with pytest.raises(ValidationError):
        check({name: value})


@pytest.mark.parametrize(("cls", "name"), PARTS, ids=[f"{cls.__name__}.{name}" for cls, name in PARTS])
def test_a_text_of_a_million_characters_fits_no_part_of_a_value(cls: type, name: str) -> None:
    whole = {
        "Channel": {"kind": "address", "value": "a"},
        "Interval": {"start": "2021"},
        "Money": {"amount": "1", "currency": "USD", "measure": "budget"},
    }[cls.__name__]
    with pytest.raises(ValidationError):
        cls(**{**whole, name: ENDLESS})


def test_a_name_whose_letters_unfold_stays_short_enough_to_be_indexed() -> None:
    node = FoldedNode("ngo:a", "Ngo", {"name": "\ufdfa" * 1_000}, (), ("ngo:a",), (), 0)
    properties = node_properties(node)
    assert len(properties["sort_name"]) == LONGEST_SORT_NAME
    assert len(properties["sort_name"].encode()) < 8_000
