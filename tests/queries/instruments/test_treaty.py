"""How a party stands to an agreement on a day."""

import pytest

from iga.queries.core.relationships import Bond, bond_on

RATIFIED = {"status": "party", "signed_on": "2000-12-12", "action": "ratification", "action_on": "2003-05-06"}


@pytest.mark.parametrize(
    ("said", "day", "bond"),
    [
        (RATIFIED, "2000-12-11", Bond("not party", "yes")),
        (RATIFIED, "2000-12-12", Bond("signatory", "yes")),
        (RATIFIED, "2003-05-05", Bond("signatory", "yes")),
        (RATIFIED, "2003-05-06", Bond("party", "yes")),
        (RATIFIED | {"action_on": "2003"}, "2003-06-01", Bond("party", "unknown")),
        (RATIFIED | {"withdrawn_on": "2019-01-01"}, "2019-01-01", Bond("withdrawn", "yes")),
        (RATIFIED | {"withdrawn_on": "2019"}, "2019-03-01", Bond("withdrawn", "unknown")),
        (RATIFIED | {"withdrawn_on": "2001-01-01"}, "2004-01-01", Bond("party", "yes")),
        ({"status": "party", "in_force_on": "2012-03-01"}, "2012-03-01", Bond("party", "yes")),
        ({"status": "party"}, "2026-06-01", Bond("party", "unknown")),
        ({"status": "party", "attested_on": ["2018-07"]}, "2026-06-01", Bond("party", "yes")),
        ({"status": "party", "attested_on": ["2018-07"]}, "2017-01-01", Bond("party", "unknown")),
        ({"status": "party", "signed_on": "2015-01-01"}, "2014-01-01", Bond("not party", "yes")),
        ({"status": "withdrawn"}, "2026-06-01", Bond("withdrawn", "unknown")),
        ({"status": "signatory"}, "2026-06-01", Bond("signatory", "unknown")),
        ({"status": "not party", "attested_on": ["2022"]}, "2026-06-01", Bond("not party", "yes")),
        ({"status": "not party"}, "2026-06-01", Bond("not party", "unknown")),
        ({}, "2026-06-01", Bond("unknown", "unknown")),
    ],
)
def test_the_standing_follows_from_the_dates(said: dict[str, object], day: str, bond: Bond) -> None:
    assert bond_on(said, day=day) == bond
