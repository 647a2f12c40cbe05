"""Which bundled things are offered as likely one: never embassies of two governments, or people of two countries."""

from collections.abc import Iterator

import pytest

from iga.ingest.missions import mission_named
from iga.ingest.resolution.book import Book, PairCandidate
from iga.ingest.resolution.candidates import compare_waiting
from iga.ingest.resolution.party import Party, all_party_ids, parties, party_of
from iga.ingest.resolution.weighing import weighed
from iga.queries.core.session import Session

_WASHINGTON = " in Washington"


@pytest.fixture(scope="module")
def bundle(bundled: Session) -> dict[str, Party]:
    """Give every party of the bundled data by id."""
    store = bundled.store
    return {party.id: party for party in parties(store, all_party_ids(store), lost=lambda _: {})}


def as_listed(embassy: Party, *, is_misread: bool) -> Party:
    """Return an embassy as a list names it that has the country where it stands beside it.

    Args:
        embassy: As it is on record.
        is_misread: Whether the list's country was taken for whose it is, as loads did before.
    """
    places = {"government": "gov:usa"} if is_misread else {"government": f"gov:{embassy.country.lower()}"}
    values = {"cls": "PublicBody", "name": embassy.name.removesuffix(_WASHINGTON), "host": "gov:usa"}
    return party_of(f"named:body:usa-{embassy.id[5:]}", values | places)


def candidates(book: Book, known: Iterator[Party]) -> list[PairCandidate]:
    with book.writing():
        for party in known:
            book.put(party)
    compare_waiting(book)
    return list(book.candidates())


@pytest.mark.slow
def test_embassies_of_a_list_meet_their_own_and_no_two_things_of_the_bundle_are_likely_one(
    bundle: dict[str, Party],
) -> None:
    embassies = [party for party in bundle.values() if party.name.endswith(_WASHINGTON) and "Embassy" in party.name]
    listed = [as_listed(party, is_misread=n % 2 == 0) for n, party in enumerate(embassies)]
    assert len(listed) > 170
    pairs = candidates(Book(None), iter([*bundle.values(), *listed]))
    missions = [pair for pair in pairs if mission_named(pair.first.name) and mission_named(pair.second.name)]
    # the one on record is offered for each of the list, and no other
    met = {pair.second.id: pair.first.id for pair in missions}
    assert met == {one.id: own.id for one, own in zip(listed, embassies, strict=True)}
    assert all(pair.first.country == pair.second.country for pair in missions)
    # of what the bundle has under two ids nothing is likely one: no two people of one name either
    assert [pair for pair in pairs if pair.finding.tier in ("certain", "likely")] == []


def test_people_of_two_branches_or_countries_are_known_as_such(bundle: dict[str, Party]) -> None:
    served = {it: bundle[it].served for it in ("person:us-congress-s000185", "person:us-ambassador-mwi-1")}
    assert list(served.values()) == [("USA legislature",), ("USA executive",)]
    [kim] = [party for party in bundle.values() if party.name == "Kim Jong Un"]
    assert kim.served == ("PRK executive",)


def test_a_subcommittee_is_part_of_its_chamber(bundle: dict[str, Party]) -> None:
    subcommittees = [it for it in bundle if it.startswith("body:us-house-foreign-affairs-")]
    assert subcommittees
    assert all("body:us-house" in bundle[it].wholes for it in subcommittees)


def test_a_father_and_a_son_in_congress_are_two_whatever_list_has_them(bundle: dict[str, Party]) -> None:
    known = [bundle[f"person:us-congress-{bioguide}"] for bioguide in ("m000639", "m001226")]
    assert known[0].name == known[1].name
    assert weighed(*known).tier == "unlike"
    # numbers of one register tell all members and committees of Congress apart
    numbered = {number: it.id for it in bundle.values() for number in it.numbers if number[0] in ("BIOGUIDE", "THOMAS")}
    assert len(numbered) > 800
    assert numbered["BIOGUIDE", "M000639"] == known[0].id
