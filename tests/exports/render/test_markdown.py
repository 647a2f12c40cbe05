from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from iga.exports.paper.document import Making, PaperDocument, Section
from iga.exports.paper.statements import Citation, Claim
from iga.exports.render.markdown import to_markdown

GOLDEN = """\
**UNCLASSIFIED**\x20\x20
**DRAFT**

# Ghana

**TO:** \\[DRAFTER: principal\\]\x20\x20
**FROM:** \\[DRAFTER: office and name\\]\x20\x20
**THROUGH:** \\[DRAFTER: office, or delete the line\\]\x20\x20
**SUBJECT:** Briefing memo: Ghana; facts as of November 25, 2026

## Bottom line

- **Tier.** Tier 2 in 2025.[^1]
- and 1 more: `iga ask tier-history --party GHA`

## Agreements

| Agreement | Status |
| --- | --- |
| Palermo Protocol[^1] | party |
| ILO \\| No. 29[^1] | – |

and 2 more: `iga ask treaty-status --party GHA`

## Memberships

United Nations[^1]; \\*OAS\\*[^1].

## Tier history

**Tier by edition**[^1]

```text
Edition 24 25
Tier 1   ○  ·
Tier 2   ·  ●
```

● as published; ○ derived.

## What is not known

21 of 45 members are held. (Bali list)

Nothing is planned.

## For the drafter

\\[DRAFTER: objective of the meeting\\]

## Clearance

**Drafted:** \\[DRAFTER: name, office, phone\\]\x20\x20
**Approved:** \\[DRAFTER: name and office of the approving officer\\]\x20\x20
**Cleared:** \\[DRAFTER: others\\]

## Sources

Written by IGA Graph from data version ab12ab12ab12. The annex, which --full adds, has what else is on file, and \
every doubt. To make this paper again: `iga memo government GHA --as-of 2026-11-25`

[^1]: Parties of the protocol, as of December 2014.

**UNCLASSIFIED**\x20\x20
**DRAFT**"""


def test_a_small_paper_is_this_markdown(small_paper: PaperDocument) -> None:
    text, _, record = to_markdown(small_paper).partition("\n\n<!-- ")
    assert text == GOLDEN
    assert record.startswith("iga-paper:")
    assert record.count("\n") == 1


@given(st.text(alphabet="ab*_[]<>|`#$~\\-+1.) \n\t\x00\u2028", min_size=1))
def test_what_a_source_says_cannot_format_the_paper(text: str) -> None:
    claim = Claim(text, (Citation("a", "b", "c"),))
    making = Making("k", {}, "2026-11-25", "v")
    document = PaperDocument("t", "j", making, "c", "f", (Section("h", (claim,)),))
    said = to_markdown(document).split("## h\n\n")[1].split("\n\n## Clearance")[0]
    assert said.endswith("[^1]")
    assert "\n" not in said
    inner = said.removesuffix("[^1]").replace("\\\\", "")
    for special in "*_[]<>|`#$~":
        assert inner.count(special) == inner.count(f"\\{special}")


def test_equal_papers_are_equal_text(small_paper: PaperDocument, paper: Callable[..., PaperDocument]) -> None:
    assert to_markdown(small_paper) == to_markdown(paper(*small_paper.sections))
