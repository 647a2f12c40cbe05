"""A sentence of an answer can be read aloud: counts first, details in the rows."""

from collections.abc import Mapping

import pytest

from iga.queries.ask import ask
from iga.queries.core.session import Session

# Hubs and much-told things; a sentence that grows with what is held grows here first.
ASKED: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("resolution", {"resolution": "A/RES/64/293"}),
    ("resolutions", {"party": "UNGA"}),
    ("co-sponsors", {"party": "United States"}),
    ("members", {"party": "Bali Process"}),
    ("memberships", {"party": "United States"}),
    ("chairs", {"party": "OSCE", "since": "2000"}),
    (
        "delegation",
        {"party": "United States", "engagement": "High-level meeting on trafficking in persons (fictional)"},
    ),
    ("engagements", {"party": "United States"}),
    ("commitments", {"party": "United States"}),
    ("calendar", {}),
    ("funding", {"party": "Ghana"}),
    ("funding", {"party": "Example Grants Office (fictional)"}),
    ("funding-summary", {"party": "TIP Office"}),
    ("top-partners", {}),
    ("award", {"award": "Shelters on the Coast (fictional)"}),
    ("neighbourhood", {"party": "United States"}),
    ("what-changed", {"party": "Ghana", "since": "2020"}),
    ("conflicts", {}),
    ("contradictions", {}),
)


@pytest.mark.parametrize(
    ("question", "given"), ASKED, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ASKED)]
)
def test_a_sentence_stays_short_however_much_is_held(demo: Session, question: str, given: Mapping[str, str]) -> None:
    answer = ask(demo, question, dict(given))
    assert len(answer.answer.replace("[practice] ", "").split()) <= 95, answer.answer
