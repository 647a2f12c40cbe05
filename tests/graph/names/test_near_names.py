"""Names cut short: a beginning of the given name beside the same last word is near."""

import pytest

from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.names.near_names import NearNames

CUT_SHORT = {
    "Osman Unreal": ("Os. Unreal", "Osm. Unreal", "Os Unreal", "Unreal, Os.", "Osman Unr.", "Ozzie Unreal"),
    "Tobias Quillfeather": ("Tob. Quillfeather", "To. Quillfeather", "Tobias Quill."),
    "Rosalind Abernathy": ("Ros Abernathy", "Ros. Abernathy", "Roz Abernathy", "Rosie Abernathy"),
    "Leopold Hathersage": ("Leo Hathersage",),
    "Evelyn Chumbo": ("Evie Chumbo",),
    "Margarethe Quillon": tuple(f"{it} Quillon" for it in ("Maggie", "Meg", "Margie", "Greta", "Peggy")),
}


@pytest.mark.parametrize("name", CUT_SHORT)
def test_a_given_name_that_is_cut_short_beside_the_same_last_word_is_near(name: str) -> None:
    known = NearNames([("person:a", name), ("person:b", "Ines Costa")])
    for written in CUT_SHORT[name]:
        assert known.like(written) == {"person:a"}, written
        if "." in written:
            assert known.held_in(f"Talks with {written} in Vienna") == {"person:a"}, written


def test_no_word_of_a_running_text_is_a_given_name_cut_short() -> None:
    known = NearNames([("person:a", "Ines Costa"), ("person:b", "Andrew Green")])
    assert not known.held_in("In Costa Rica, blue and green cards are asked for")


def test_the_key_of_a_relationship_names_nobody() -> None:
    names = NearNames([("person:a", "Abed Fadebad")])
    known = ProtectedPeople({"person:a": ("person:a",)}, names, set(), {}, set(), {"person:a": "person:a"})
    assert known.held_in("abedfadebad") == known.held_in("body:abed-fadebad") == {"person:a"}
    assert not known.held_in("rel:abedfadebad012345678")
    assert known.held_in("rel:abed-fadebad") == {"person:a"}
