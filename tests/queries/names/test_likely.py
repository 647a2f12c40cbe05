"""A name that nothing has is taken for the one thing that comes near it, and for nothing where more than one does."""

import pytest

from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.names.likely import likely_subject_of
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.names.topics import likely_topic_of
from iga.queries.core.session import Session

GOVERNMENT, PARTY = ("Government",), ("Party",)


@pytest.mark.parametrize("typed", ["Peru, Government of", "government of the Republic of Peru", "PER", "Перу"])
def test_a_government_is_called_so_in_full_and_in_its_own_letters(demo: Session, typed: str) -> None:
    subject, taken = likely_subject_of(demo, typed, parameter="party", labels=GOVERNMENT)
    assert (subject.id, taken) == ("gov:per", None)


@pytest.mark.parametrize(
    ("typed", "labels", "meant"),
    [
        ("Nigerria", GOVERNMENT, "gov:nga"),
        ("Guinea Bisau", GOVERNMENT, "gov:gnb"),
        ("Dominica Republic", GOVERNMENT, "gov:dom"),
        ("the Kenyans", GOVERNMENT, "gov:ken"),
        ("Gana", GOVERNMENT, "gov:gha"),
        ("Peruvian government", GOVERNMENT, "gov:per"),
        ("Tbilisi", GOVERNMENT, "gov:geo"),
        ("Free the Slave", PARTY, "ngo:free-the-slaves"),
        ("UNDOC", PARTY, "org:unodc"),
        ("crime convention", ("Agreement",), "treaty:untoc"),
        ("Peru", ("ChildProtectionCompact",), "compact:per-2017"),
        ("Freedom Fund", ("Award",), "award:pems-freedom-fund-2019"),
        ("PITF", ("Engagement",), "engagement:series-pitf"),
    ],
)
def test_what_comes_near_and_nothing_else_is_taken_and_told(
    demo: Session, typed: str, labels: tuple[str, ...], meant: str
) -> None:
    subject, taken = likely_subject_of(demo, typed, parameter="party", labels=labels)
    assert subject.id == meant
    assert taken is not None
    assert (taken.typed, taken.id, taken.name) == (typed, meant, subject.name)


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("Nigera", GOVERNMENT), ("Nige", GOVERNMENT), ("Congo", GOVERNMENT),
        ("Korea", GOVERNMENT), ("Austrila", GOVERNMENT), ("C180", ("Agreement",)), ("OSCEE", PARTY),
        ("A/RES/72/19", ("Resolution",)), ("Ada Exmple", ("Person",)), ("Maria Madeupp", PARTY), ("Gahna", ("Ngo",)),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_another_number_acronym_person_or_near_name_is_not_taken(
    demo: Session, typed: str, labels: tuple[str, ...]
) -> None:
    with pytest.raises((NotFound, UsageError)):
        likely_subject_of(demo, typed, parameter="party", labels=labels)


def test_several_are_listed_by_number_with_their_ids(demo: Session) -> None:
    with pytest.raises(
        Ambiguous, match=r"may mean 3; give the id of one:\n   1\. .*\(Project, project:tip-unodc"
    ) as error:
        likely_subject_of(demo, "UNODC", parameter="project", labels=("Project",))
    assert (error.value.parameter, error.value.typed, len(error.value.suggestions)) == ("project", "UNODC", 3)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("kids", "child-trafficking"), ("supply chain", "supply-chains"), ("scam centers", "online-exploitation")],
)
def test_topics_have_everyday_words(typed: str, code: str) -> None:
    assert likely_topic_of(typed) == (code, None)


def test_a_misspelt_topic_is_taken_for_the_one_that_comes_near_and_told() -> None:
    code, taken = likely_topic_of("suply chains")
    assert taken is not None
    assert (code, taken.typed, taken.name) == ("supply-chains", "suply chains", "supply chains")


def test_a_family_name_alone_is_asked_back_and_a_ministry_without_a_country(bundled: Session) -> None:
    """Every family name that stands in one word, and every ministry whose name has no country in it."""
    people = [it for it in bundled.read(all_of("Person"), Everything()) if it.values.get("family_name")]
    families = sorted({str(it.values["family_name"]) for it in people if " " not in it.values["family_name"]})
    named = {name for it in people for name in (it.name, *(it.values.get("aliases") or ()))}
    bodies = bundled.read(all_of("PublicBody"), Everything())
    foreign = [it for it in bodies if it.values.get("government") not in (None, "gov:usa")]
    ministries = [it.name for it in foreign if it.name.startswith("Ministry ")]
    assert len(families) > 300
    assert {"Ministry of Internal Affairs", "Ministry of Labour"} <= {*ministries}
    for text, label in (*((it, "Person") for it in families if it not in named), *((it, "Party") for it in ministries)):
        with pytest.raises(Ambiguous):
            subject_of(bundled, text, parameter="party", labels=(label,))
