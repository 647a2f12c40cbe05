"""What is too much for an answer on the way of money is left out, and that is told."""

import pytest

from iga.queries.funding import hop, steps
from tests.queries.funding.conftest import AskSample

_CAPS = {
    "level-cut": "_MOST_OF_LEVEL",
    "too-deep": "DEEPEST",
    "too-many-of-a-kind": "MOST_EACH",
    "too-many": "MOST_EACH",
}


@pytest.mark.parametrize(
    ("question", "party"), [("funding-trace", "Example Treasury"), ("funding-of", "Pretend Community House")]
)
def test_what_is_beyond_a_cap_is_told(
    ask_sample: AskSample, question: str, party: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask_sample(question, party=party)
    assert not _CAPS.keys() & {caveat.macro for caveat in whole.caveats}
    for name, most in (("_MOST_OF_LEVEL", 1), ("DEEPEST", 2), ("MOST_EACH", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(steps, name, most)
            patch.setattr(hop, "MOST_EACH", most)
            capped = ask_sample(question, party=party)
        told = {caveat.macro for caveat in capped.caveats}
        assert told & {macro for macro, cap in _CAPS.items() if cap == name}
        assert len(capped.rows) < len(whole.rows)
