"""What the evidence on two parties comes to: registers, countries, dates, parts, domains; contradictions end it."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.names.comparison import TIERS
from iga.ingest.resolution.keys import ENOUGH, keys_of, worth
from iga.ingest.resolution.party import (
    Party,
    PartyRelationships,
    ServiceRow,
    domain_of,
    mail_domain_of,
    number_of,
    party_of,
    phone_of,
)
from iga.ingest.resolution.weighing import PairFinding, PairReason, may_be_compared, tier_of, weighed
from tests.reading import some


def ngo(name: str = "Example Relief", id_: str = "ngo:a", **known: Any) -> Party:
    return Party(id_, known.pop("cls", "Ngo"), name, names=(name,), **known)


def finding(first: Party, second: Party) -> PairFinding:
    return weighed(first, msgspec.structs.replace(second, id="ngo:b"))


def told(found: PairFinding) -> list[str]:
    return [reason.sentence for reason in found.reasons]


def test_a_shared_number_in_a_register_is_certain_for_an_organization() -> None:
    found = finding(ngo(numbers=(("UEI", "X1"),)), ngo("Example Relief Inc", numbers=(("UEI", "X1"),)))
    assert found.tier == "certain"
    assert found.reasons[0].sentence == "the same UEI: X1"


def test_a_shared_number_under_unlike_names_waits_for_a_person() -> None:
    assert finding(ngo(numbers=(("LEI", "1"),)), ngo("Other House", numbers=(("LEI", "1"),))).tier == "likely"


def test_people_are_never_certain() -> None:
    ana = ngo("Ana Example", cls="Person", numbers=(("WIKIDATA", "Q1"),))
    assert finding(ana, ana).tier == "likely"


@pytest.mark.parametrize(
    ("mine", "theirs", "sentence"),
    [
        ({"numbers": (("UEI", "X1"),)}, {"numbers": (("UEI", "X2"),)}, "each has a UEI of its own: X1 and X2"),
        ({"country": "KEN"}, {"country": "GHA"}, "of different countries: KEN and GHA"),
        ({"end": "1999"}, {"start": "2001"}, "Example Relief ended on 1999, before Example Relief began on 2001"),
        ({"wholes": ("ngo:b",)}, {}, "Example Relief is part of Example Relief"),
    ],
)
def test_a_contradiction_rules_it_out_and_comes_first(
    mine: dict[str, Any], theirs: dict[str, Any], sentence: str
) -> None:
    found = finding(ngo(**mine), ngo(**theirs))
    assert (found.tier, found.is_contradicted) == ("unlike", True)
    assert told(found)[0] == sentence


def test_a_contradiction_stands_against_a_shared_number() -> None:
    one = ngo(numbers=(("LEI", "1"), ("UEI", "X1")))
    other = ngo(numbers=(("LEI", "1"), ("UEI", "X2")))
    assert finding(one, other).tier == "unlike"


def test_two_recipients_with_one_duns_are_for_a_person_to_look_at() -> None:
    one = ngo(numbers=(("DUNS", "1"), ("UEI", "X1")))
    assert finding(one, ngo(numbers=(("DUNS", "1"), ("UEI", "X2")))).tier == "possible"
    assert finding(one, ngo("Example Relief Inc", numbers=(("DUNS", "1"),))).tier == "certain"
    assert finding(one, ngo("Other House", numbers=(("DUNS", "1"),))).tier == "likely"
    assert finding(ngo(numbers=(("DUNS", "1"),)), ngo(numbers=(("DUNS", "2"),))).tier == "likely"


def test_a_shared_telephone_counts_with_and_without_the_prefix_of_its_country() -> None:
    assert phone_of("phone", "+233 (0)30 255 0100") == phone_of("phone", "030 255 0100") == "302550100"
    assert phone_of("phone", "112") == phone_of("email", "a302550100@example.org") == ""
    at: dict[str, Any] = {"phones": ("302550100",)}
    found = finding(ngo("Relief Example", **at), ngo("Example Relief", **at))
    assert (found.tier, told(found)[0]) == ("likely", "the same telephone number, which ends in …0100")
    assert keys_of(ngo("Relief Example", **at)) & keys_of(ngo("Other House", "ngo:b", **at)) == {"phone:302550100"}


def test_two_of_a_checked_list_are_not_offered_as_one() -> None:
    at: dict[str, Any] = {"sources": ("ref:us-missions",)}
    one, other = ngo("Embassy Rome", **at), ngo("Embassy Lome", **at)
    assert finding(one, other).tier == "unlike"
    own: dict[str, Any] = {"sources": ("office:missions",)}
    assert finding(ngo("Embassy Rome-East", **own), ngo("Embassy Rome East", **own)).tier == "likely"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Polaris", "Polariss"), ("Interpol", "Intrepol"), ("SaveThe Children", "Save the Children"),
        ("Free theSlaves", "Free the Slaves"), ("La Strada", "LaStrada"), ("Love146", "Love 146"), ("Ghana", "Ghanna"),
        ("Ministry of Interior", "Ministry of Interor"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_one_wrong_letter_or_space_keeps_no_pair_from_being_compared(one: str, other: str) -> None:
    first, second = ngo(one), ngo(other, "ngo:b")
    shared = sum(map(worth, keys_of(first) & keys_of(second)))
    assert shared >= ENOUGH
    assert weighed(first, second).tier == "likely"


def test_public_bodies_of_one_country_meet_by_a_word_that_all_such_bodies_have() -> None:
    said: dict[str, Any] = {"cls": "PublicBody", "country": "GHA"}
    one, other = ngo("Federal Ministry of Interior", **said), ngo("Federal Minstry of Interor", "ngo:b", **said)
    assert sum(map(worth, keys_of(one) & keys_of(other))) >= ENOUGH


def test_overlapping_dates_are_no_contradiction() -> None:
    assert finding(ngo(end="2001"), ngo(start="2001-06")).tier == "likely"


def test_a_shared_domain_lifts_what_is_possible_to_likely() -> None:
    one, other = ngo("Relief Example"), ngo("Example Relief")
    assert finding(one, other).tier == "possible"
    at: dict[str, Any] = {"sites": ("relief.example.org",)}
    assert finding(ngo("Relief Example", **at), ngo("Example Relief", **at)).tier == "likely"
    assert finding(ngo("Example Relief Desk", **at), ngo("Example Relief", **at)).tier == "possible"


def test_names_that_differ_in_a_number_are_those_of_a_series() -> None:
    assert finding(ngo("Example Fund 5"), ngo("Example Fund 6")).tier == "unlike"


def test_another_class_makes_likely_names_possible() -> None:
    assert finding(ngo(), ngo(cls="Company")).tier == "possible"
    assert finding(ngo(), ngo(cls="Organization")).tier == "likely"


def test_a_ministry_without_a_country_is_not_likely_the_ministry_of_one() -> None:
    name = "Ministry of Justice"
    assert finding(ngo(name, cls="PublicBody", country="KEN"), ngo(name, cls="PublicBody")).tier == "possible"
    both = ngo(name, cls="PublicBody", country="KEN")
    assert finding(both, both).tier == "likely"


def test_a_country_in_the_name_agrees_with_the_country_of_the_other() -> None:
    one = ngo("Ministry of Justice of Kenya", cls="PublicBody")
    other = ngo("Ministry of Justice", cls="PublicBody", country="KEN")
    assert not any("stands in one name only" in sentence for sentence in some(told(finding(one, other))))


def test_an_acronym_alone_is_worth_a_look_where_the_other_has_it() -> None:
    one = ngo("ERX")
    assert finding(one, ngo("Something Else Entirely", acronyms=("erx",))).tier == "possible"


def test_two_people_in_one_body_are_told_so() -> None:
    ana = ngo("Ana Example", cls="Person", bodies=("Example House",))
    assert "both hold a post in Example House" in told(finding(ana, ana))


def test_a_person_is_compared_with_people_alone() -> None:
    person, body = ngo(cls="Person"), ngo()
    assert not may_be_compared(person, body)
    assert not may_be_compared(ngo(cls="Government"), body)
    named = Party("named:ngo:kenya", "Ngo", "Kenya", names=("Kenya",))
    assert may_be_compared(ngo(cls="Government"), named)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("UEI:ABC123", ("UEI", "ABC123")),
        ("XI-LEI:5493001KJTIIGC8Y1R12", ("LEI", "5493001KJTIIGC8Y1R12")),
        ("XM-DAC-41304", ("XM-DAC", "41304")),
        ("gb-coh-13697512", ("GB-COH", "13697512")),
        ("https://ror.org/013ckk937", ("ROR", "013CKK937")),
        ("https://www.wikidata.org/wiki/Q42", ("WIKIDATA", "Q42")),
        ("FTM:abc", None),
        ("A/RES/72/1", None),
        ("", None),
    ],
)
def test_identifiers_are_read_as_numbers_in_registers(text: str, number: tuple[str, str] | None) -> None:
    assert number_of(text) == number


def test_hosts_that_many_share_are_no_domain() -> None:
    assert domain_of("https://www.relief.example.org/about") == "relief.example.org"
    assert domain_of("relief.example.org") == "relief.example.org"
    assert [domain_of(page) for page in ("https://facebook.com/relief", "", "http://[", "relief")] == ["", "", "", ""]
    assert mail_domain_of("desk@relief.example.org") == "relief.example.org"
    assert [mail_domain_of(address) for address in ("relief@gmail.com", "+1 555 0100")] == ["", ""]


def test_a_party_is_read_from_its_properties() -> None:
    values = {
        "cls": "PublicBody", "name": "Ministry of Examples", "acronym": "ME", "aliases": ["Examples Ministry", "MEX"],
        "government": "gov:ken", "identifiers": ["UEI:1", "FTM:2"], "website": "https://me.example.org",
        "existence_start": "1963", "members": ["body:a", "named:body:b"], "evidence": ['["ref:x","1"]'],
    }  # fmt: skip  # read across, like the rows of a table
    found = party_of("body:a", values)
    assert (found.names, found.acronyms) == (("Ministry of Examples", "Examples Ministry"), ("me", "mex"))
    assert (found.country, found.numbers, found.sites, found.start) == (
        "KEN",
        (("UEI", "1"),),
        ("me.example.org",),
        "1963",
    )
    assert found.sources == ("ref:x",)
    assert not found.is_named_only


def test_parties_that_may_be_one_share_a_key() -> None:
    pairs = [
        ("Example Relief", "Exmaple Relief"),
        ("Kristalord", "Crystalord"),
        ("Ministry of Justice of Georgia", "Министерство юстиции Грузии"),
        ("Relief House Example", "Example, Relief House"),
        ("Yamahdi Example", "Ya Mahdi Example"),
        ("ERH", "Example Relief House"),
    ]
    for first, second in pairs:
        assert keys_of(ngo(first, "ngo:a")) & keys_of(ngo(second, "ngo:b")), (first, second)


@pytest.mark.parametrize("odd", ["ОSСЕ Office", "OSCE\u200b Office", "Асmе OSCE Office"])
def test_a_name_of_look_alike_letters_is_met_and_flagged(odd: str) -> None:
    one = ngo("Acme OSCE Office" if "OSCE O" in odd and odd[0] != "O" else "OSCE Office")
    other = party_of("ngo:b", {"cls": "Ngo", "name": odd})
    assert keys_of(one) & keys_of(other)
    found = weighed(one, other)
    assert found.tier == "possible"
    assert any(reason.feature == "look-alike" for reason in found.reasons)


REASONS = st.lists(
    st.builds(
        PairReason,
        st.sampled_from(
            ["number", "country", "domain", "class", "common name", "listed apart", "acronym", "name word_left_out"]
        ),
        st.sampled_from(["for", "against", "neutral"]),
        st.just("a sentence"),
    ),
    max_size=5,
)
NAME_TIERS = st.sampled_from(["likely", "possible", "unlike"])


@given(NAME_TIERS, REASONS, st.booleans())
def test_adding_a_contradiction_never_raises_a_tier(names: Any, reasons: list[PairReason], is_person: bool) -> None:
    before = tier_of(names, reasons, is_person=is_person)
    after = tier_of(names, [*reasons, PairReason("country", "contradicts", "elsewhere")], is_person=is_person)
    assert TIERS.index(after) >= TIERS.index(before)
    assert after == "unlike"


@given(NAME_TIERS, REASONS)
def test_no_evidence_makes_people_certain(names: Any, reasons: list[PairReason]) -> None:
    assert tier_of(names, reasons, is_person=True) != "certain"


PARTIES = st.builds(
    lambda id_, cls, name, country, numbers, start, end: Party(
        id_, cls, name, names=(name,), country=country, numbers=tuple(numbers), start=start, end=end
    ),
    st.sampled_from(["ngo:a", "ngo:b", "ngo:c"]),
    st.sampled_from(["Ngo", "Company", "Person", "PublicBody"]),
    st.sampled_from(["Example Relief", "Relief Example", "ERX", "Ministry of Justice", "Ana Example"]),
    st.sampled_from(["", "KEN", "GHA"]),
    st.lists(st.sampled_from([("UEI", "1"), ("UEI", "2"), ("LEI", "1")]), max_size=2),
    st.sampled_from(["", "1990", "2005-03"]),
    st.sampled_from(["", "1999", "2010"]),
)


SEATS = st.lists(
    st.builds(
        ServiceRow,
        id=st.just("person:a"),
        body=st.sampled_from(["body:a", "ngo:b", "gov:gha"]),
        name=st.sampled_from(["Example Relief Works", "Example Relief Workz", "Police"]),
        government=st.sampled_from([None, "gov:gha", "gov:ken"]),
        country=st.sampled_from([None, "gov:gha", "gov:ken", "gov:uga"]),
        body_kind=st.sampled_from([None, "chamber", "ministry"]),
    ),
    max_size=3,
)


@given(SEATS, SEATS, st.sampled_from(["Ben Testcase", "Ben Tastecase"]), st.booleans())
def test_people_in_bodies_of_two_countries_are_never_likely_one(
    mine: list[ServiceRow], theirs: list[ServiceRow], name: str, is_numbered: bool
) -> None:
    numbers = {"identifiers": ["WIKIDATA:Q1"]} if is_numbered else {}
    one, other = (
        party_of(id_, {"cls": "Person", "name": called, **numbers}, PartyRelationships(posts={id_: seats}))
        for id_, called, seats in (("person:a", "Ben Testcase", mine), ("person:b", name, theirs))
    )
    found = weighed(one, other)
    if one.homes and other.homes and not set(one.homes) & set(other.homes):
        assert found.tier in ("possible", "unlike")
        assert any("different countries" in sentence for sentence in told(found))
    elif name == "Ben Testcase" and not (one.served and other.served):
        assert found.tier == "likely"


@given(PARTIES, PARTIES)
def test_it_does_not_matter_which_party_comes_first(first: Party, second: Party) -> None:
    if first.id != second.id:
        assert weighed(first, second) == weighed(second, first)
