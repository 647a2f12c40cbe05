"""Which bundled things are offered as likely one: never embassies of two governments, or people of two countries."""

from collections.abc import Iterator

import pytest

from iga.ingest.missions import mission_named
from iga.ingest.resolution.book import Book, PairCandidate
from iga.ingest.resolution.candidates import compare_waiting
from iga.ingest.resolution.party import Party, all_party_ids, parties, party_of
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
def test_no_likely_pair_is_of_two_missions_countries_branches_or_of_a_part_and_its_whole(
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
    likely = [pair for pair in pairs if pair.finding.tier in ("certain", "likely")]
    assert likely
    for pair in likely:
        first, second = pair.first, pair.second
        assert not (first.served and second.served) or set(first.served) & set(second.served), pair
        assert first.id not in second.wholes, pair
        assert second.id not in first.wholes, pair


def test_people_of_two_branches_or_countries_are_known_as_such(bundle: dict[str, Party]) -> None:
    served = {it: bundle[it].served for it in ("person:us-congress-s000185", "person:us-ambassador-mwi-1")}
    assert list(served.values()) == [("USA legislature",), ("USA executive",)]
    [kim] = [party for party in bundle.values() if party.name == "Kim Jong Un"]
    assert kim.served == ("PRK executive",)


def test_a_subcommittee_is_part_of_its_chamber(bundle: dict[str, Party]) -> None:
    subcommittees = [it for it in bundle if it.startswith("body:us-house-foreign-affairs-")]
    assert subcommittees
    assert all("body:us-house" in bundle[it].wholes for it in subcommittees)
