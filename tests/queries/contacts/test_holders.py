"""Who holds a post on a day."""

from queries.core.holders import holder_of
from queries.core.reading import EdgeRow

OPEN = {"start_min": "2024-01-01", "start_max": "2024-01-01", "end_min": "9999-12-31", "end_max": "9999-12-31"}
DAY = "2026-06-01"


def term(name: str, **said: object) -> EdgeRow:
    return EdgeRow(
        subject="post:a", key=f"rel:{name}", properties=said, id=f"person:{name}", cls="Person", name=name, iso3=None
    )


def test_a_term_stated_to_be_open_holds() -> None:
    holder = holder_of({}, [term("Ada", **OPEN), term("Bea", attested_on=["2026-05"])], day=DAY)
    assert (holder.person.name if holder.person else "", holder.holding) == ("Ada", "in office")


def test_a_holder_only_seen_once_is_not_known_to_be_in_office() -> None:
    holder = holder_of({}, [term("Ada", attested_on=["2018-06", "2027"])], day=DAY)
    assert (holder.holding, holder.seen_on, holder.held) == ("not known to be in office", "2018-06", "unknown")


def test_of_those_who_may_hold_it_the_last_one_seen_is_named() -> None:
    holder = holder_of({}, [term("Ada", attested_on=["2018-06"]), term("Bea", period_start="2023")], day=DAY)
    assert holder.person is not None
    assert holder.person.name == "Bea"


def test_a_designate_does_not_hide_the_holder() -> None:
    coming = term("Bea", capacity="designate", attested_on=["2026-05"], **OPEN)
    holder = holder_of({}, [term("Ada", **OPEN), coming], day=DAY)
    assert holder.person is not None
    assert (holder.person.name, holder.holding) == ("Ada", "in office")
    assert holder_of({}, [coming], day=DAY).holding == "designate"


def test_a_charge_counts_as_acting() -> None:
    assert holder_of({}, [term("Ada", capacity="charge d'affaires", **OPEN)], day=DAY).holding == "acting"


def test_a_later_vacancy_goes_before_the_last_holder() -> None:
    seen = term("Ada", attested_on=["2025-11"])
    assert holder_of({"vacant_on": ["2026-01"]}, [seen], day=DAY).holding == "vacant"
    assert holder_of({"vacant_on": ["2024-01"]}, [seen], day=DAY).holding == "not known to be in office"
    assert holder_of({"vacant_on": ["2026-01"]}, [seen], day="2025-12-01").holding == "not known to be in office"


def test_a_post_without_any_term_has_no_holder_held() -> None:
    assert holder_of({}, [], day=DAY).holding == "holder not held"
