"""Who holds a post on a day."""

from iga.queries.core.clauses import worded
from iga.queries.core.holders import followed, holder_of
from iga.queries.core.reading import EdgeRow

OPEN = {"start_min": "2024-01-01", "start_max": "2024-01-01", "end_min": "9999-12-31", "end_max": "9999-12-31"}
DAY = "2026-06-01"


def term(name: str, **said: object) -> EdgeRow:
    return EdgeRow(
        subject="post:a", key=f"rel:{name}", properties=said, id=f"person:{name}", cls="Person", name=name, iso3=None
    )


def test_a_term_stated_to_be_open_holds_a_charge_acts_and_without_a_term_nobody_is_held() -> None:
    holder = holder_of({}, [term("Ada", **OPEN), term("Bea", attested_on=["2026-05"])], day=DAY)
    assert (holder.values["holder_name"], holder.holding) == ("Ada", "in office")
    assert holder_of({}, [term("Ada", capacity="charge d'affaires", **OPEN)], day=DAY).holding == "acting"
    assert holder_of({}, [], day=DAY).holding == "holder not held"


def test_a_holder_only_seen_once_is_not_known_to_be_in_office() -> None:
    holder = holder_of({}, [term("Ada", attested_on=["2018-06", "2027"])], day=DAY)
    assert (holder.holding, holder.seen_on, holder.held) == ("not known to be in office", "2018-06", "unknown")


def test_of_those_who_may_hold_it_the_last_one_seen_is_named() -> None:
    holder = holder_of({}, [term("Ada", attested_on=["2018-06"]), term("Bea", period_start="2023")], day=DAY)
    assert holder.values["holder_name"] == "Bea"


def test_a_designate_does_not_hide_the_holder() -> None:
    coming = term("Bea", capacity="designate", attested_on=["2026-05"], **OPEN)
    holder = holder_of({}, [term("Ada", **OPEN), coming], day=DAY)
    assert (holder.values["holder_name"], holder.holding) == ("Ada", "in office")
    assert holder_of({}, [coming], day=DAY).holding == "designate"


def test_a_later_vacancy_goes_before_the_last_holder() -> None:
    seen = term("Ada", attested_on=["2025-11"])
    assert holder_of({"vacant_on": ["2026-01"]}, [seen], day=DAY).holding == "vacant"
    assert holder_of({"vacant_on": ["2024-01"]}, [seen], day=DAY).holding == "not known to be in office"
    assert holder_of({"vacant_on": ["2026-01"]}, [seen], day="2025-12-01").holding == "not known to be in office"


def test_an_acting_holder_and_a_designate_seen_on_one_day_are_both_said() -> None:
    acting = term("Ada", capacity="acting", period_start="2025-11", attested_on=["2026-03-06"])
    coming = term("Bea", capacity="designate", attested_on=["2026-03-06"])
    holder = holder_of({}, [coming, acting], day=DAY)
    assert (holder.holding, holder.capacity) == ("not known to be in office", "acting")
    assert [(other.holder_name, other.holding) for other in holder.others] == [("Bea", "designate")]
    said = worded("iga.queries.core", "holders", "held-by", {**holder.values, "term": "from 2025-11"})
    sure = "Ada, acting, last seen 2026-03-06, not known since (term from 2025-11)"
    assert said == f"{sure}; Bea, designate as of 2026-03-06"
    assert holder.in_words == said.replace(" (term from 2025-11)", "")
    assert len(holder.sources) == 2
    assert holder_of({}, [coming, acting], day="2026-01-01").others == ()  # named only after that day


def test_a_designate_is_said_of_a_vacant_post() -> None:
    coming = term("Bea", capacity="designate", attested_on=["2026-02"])
    holder = holder_of({"vacant_on": ["2026-04"]}, [coming], day=DAY)
    assert holder.in_words == "vacant, stated 2026-04; Bea, designate as of 2026-02"


def test_who_took_up_a_post_in_the_month_of_the_designation_is_to_come_no_more() -> None:
    coming = term("Ada", capacity="designate", period_start="2025-09", attested_on=["2025-12-11"])
    came = term("Ada", capacity="substantive", period_start="2025-09-30", attested_on=["2026-01-22"])
    came = came.model_copy(update={"key": "rel:came"})
    for terms in ([coming, came], [came, coming]):
        assert holder_of({}, terms, day=DAY).in_words == "Ada, last seen 2026-01-22, not known since"
        assert followed(terms, by=DAY) == {coming.key}
    acting = came.model_copy(update={"properties": {**came.properties, "capacity": "acting"}})
    assert not followed([coming, acting], by=DAY)


def test_a_holder_without_days_never_goes_before_one_with_a_day() -> None:
    holder = holder_of({}, [term("Ada"), term("Bea", attested_on=["2019"])], day=DAY)
    assert holder.in_words == "Bea, last seen 2019, not known since; perhaps Ada, day not known"
    coming = term("Cat", capacity="designate", attested_on=["2026-05"])
    named = holder_of({}, [term("Ada"), coming], day=DAY)
    assert named.in_words == "Cat, designate as of 2026-05; perhaps Ada, day not known"


def test_all_who_may_hold_it_are_named_and_who_was_followed_is_not() -> None:
    terms = [term("Old", attested_on=["2010-05"]), term("Ada", attested_on=["2024-01", "2026-02"])]
    terms.append(term("Bea", attested_on=["2025-12"]))
    holder = holder_of({}, terms, day=DAY)
    assert holder.in_words == "Ada, last seen 2026-02, not known since; perhaps Bea, last seen 2025-12"
    known = holder_of({}, [*terms, term("Cat", **OPEN)], day=DAY)
    assert (known.person and known.person.name, known.others) == ("Cat", ())
