import csv
from importlib.resources import files

import pytest

from iga.ingest.conditions import is_masked


@pytest.mark.parametrize(
    "name",
    [
        "MISCELLANEOUS FOREIGN AWARDEES",
        "Miscellaneous Foreign Awardees",
        "Multiple Recipients",
        "REDACTED DUE TO PII",
        "DOMESTIC AWARDEES (UNDISCLOSED)",
        "Enterprise - United States Unknown",
        "NGO - Non United States Unknown",
        "USAID redacted this field in accordance with the exceptions of an act.",
    ],
)
def test_a_name_that_stands_for_nobody_is_masked(name: str) -> None:
    assert is_masked(name)


@pytest.mark.parametrize(
    "name",
    ["Example Relief", "Enterprise Works", "NGO - International", "Multiple Recipients Fund", "Unknown Heroes", ""],
)
def test_a_name_that_only_resembles_one_is_not(name: str) -> None:
    assert not is_masked(name)


def test_each_masked_name_has_a_source_and_a_confidence() -> None:
    rows = list(csv.DictReader((files("iga.ingest") / "masked_names.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["name"].casefold() for row in rows] == sorted(row["name"].casefold() for row in rows)
    for row in rows:
        assert row["source_url"].startswith("https://"), row
        assert row["confidence"] in ("high", "medium", "low", "derived")
        assert row["match"] in ("whole", "opening", "form")
        assert row["note"]
