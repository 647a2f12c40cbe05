"""Ids that a record makes of names."""

import pytest

from iga.ingest.record_builder import named_id
from iga.ingest.rejections import Refusal


def test_a_name_without_a_letter_names_nothing() -> None:
    with pytest.raises(Refusal, match=r"'\?\?\?' holds no letter or digit to name a subject by"):
        named_id("ngo", "???")
