"""Filters are read and written the same way, and what cannot be read is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import IgaError
from iga.queries.core.session import Session
from iga.queries.sets.filter_text import Term, TypedValue, columns_in, groups_in, on_line
from iga.queries.sets.known_columns import CANDIDATES, COLUMNS
from iga.queries.sets.listing import ask_list
from iga.queries.sets.understanding import FilterReading

words = (
    st.text(st.sampled_from("abC9 -/.:,;|!@<>"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: text and ".." not in text)
)
values = st.builds(TypedValue, words, st.sampled_from(("is", ">", ">=", "<", "<=")))
terms = st.builds(
    Term,
    st.sampled_from(("tier", "member_of", "times_on")),
    words | st.just(""),
    st.sampled_from(("", "2025", "2015..2020", "ever")),
    st.lists(values, min_size=1, max_size=3).map(tuple),
    st.booleans(),
)


@given(st.lists(st.lists(terms, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple))
def test_what_is_written_is_read_as_it_was(groups: tuple[tuple[Term, ...], ...]) -> None:
    assert groups_in(";".join(",".join(map(str, group)) for group in groups)) == groups


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tier", "filter 'tier': write the column, a colon and a value"),
        ("teir:tier-1", "filter 'teir': no such filter of governments; did you mean tier"),
        ("tier:tier-9", "filter tier: there is no 'tier-9'; did you mean"),
        ("tier@1999:tier-1", "filter tier: no edition of 1999 is on file; there are 2001 to 2025"),
        ("tier@then:tier-1", "filter tier: 'then' is no year"),
        ("region@2020:asia", "filter region: it has no date; leave out @2020"),
        ("convicted:>5", "filter convicted: say of which year, such as convicted@2021:>100"),
        ("convicted@2021:>many", "filter convicted: 'many' is no number"),
        ("times_on:>=3", "filter times_on: say of what, such as times_on.tier-3:>=10"),
        ("plan:perhaps", "filter plan: say yes or no"),
        ("party_to@ever:palermo", "filter party_to: it is asked for one day"),
        ('member_of:"bali', "a quotation mark has no second one"),
        ("joined.palermo:>never", "write for example joined.palermo:>2015"),
        ("member_of:org:no-such-body", "member_of: nothing here is called"),
    ],
)
def test_what_is_not_understood_is_named_with_what_to_write(bundled: Session, text: str, said: str) -> None:
    with pytest.raises(IgaError) as refused:
        FilterReading(bundled, CANDIDATES["governments"], "2026-06-01").groups(text)
    assert said in str(refused.value)


def test_a_filter_is_told_as_it_can_be_asked_again(bundled: Session) -> None:
    text = 'member_of:Bali Process,tier@2025:watch list|tier-3,times_on."tier 3":>=2,party_to:!c189,plan:no'
    understood = ask_list(bundled, {"of": "governments", "filter": text}).parameters["filter"]
    assert understood == (
        'member_of:"forum:bali-process",tier@2025:Tier 2 Watch List|Tier 3,times_on.Tier 3:>=2,'
        'party_to:!"treaty:ilo-c189",plan:no'
    )
    assert ask_list(bundled, {"of": "governments", "filter": str(understood)}).parameters["filter"] == understood


@pytest.mark.parametrize(
    ("name", "typed", "filter_"),
    [
        ("tier", "Tier 3@2018", "tier@2018:Tier 3"),
        ("times_on", "Tier 3 >= 10", "times_on.Tier 3:>=10"),
        ("voted", "A/71/L.30 = abstain", "voted.A/71/L.30:abstain"),
        ("convicted", ">500@2021", "convicted@2021:>500"),
        ("joined", "Palermo > 2015", "joined.Palermo:>2015"),
        ("restricted", "2025", "restricted@2025:yes"),
        ("compact", "", "compact:yes"),
        ("member_of", "Bali Process", "member_of:Bali Process"),
    ],
)
def test_an_option_makes_the_same_filter(name: str, typed: str, filter_: str) -> None:
    assert str(on_line(COLUMNS[name], typed, is_not=False)) == filter_


def test_every_column_has_an_example_that_is_understood(bundled: Session) -> None:
    for candidates in CANDIDATES.values():
        understood = FilterReading(bundled, candidates, "2026-06-01")
        for column in candidates.columns.values():
            if column.is_condition:
                [[condition]] = understood.groups(column.example)
                assert condition.asked.column.name == column.name, column.name
            else:
                assert columns_in(column.example)
