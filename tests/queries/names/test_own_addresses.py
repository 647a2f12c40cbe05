"""An address that is made of a name is told from the mailbox of a post, in every way in which they are made."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.names.forms import latin
from iga.graph.names.own_addresses import beginnings_of, is_made_of, made_of, runs_of, runs_of_host

NAMES = {
    "Osman Unreal": ("osman", "unreal"),
    "Ada Beth Example": ("ada", "example"),
    "María de la Invención": ("maria", "invencion"),
    "Осман Выдуманный": ("osman", "vydumannyy"),
    "يوسف مثال": ("ywsf", "mthl"),
    "Jürgen Müßter": ("jurgen", "musster"),
    "Lê Thị Giả": ("le", "gia"),
}
WAYS = (
    "{first}.{last}", "{last}.{first}", "{first}{last}", "{last}{first}", "{first}_{last}", "{first}-{last}",
    "{f}{last}", "{f}.{last}", "{last}{f}", "{last}.{f}", "{last}", "{first}.{last}.ext", "{f}{last}.office",
)  # fmt: skip  # read across, like the rows of a table
DIGITS = ("", "1", "1974", "_02")


@pytest.mark.parametrize("name", NAMES)
def test_an_address_made_of_a_name_is_told(name: str) -> None:
    first, last = NAMES[name]
    for way, digits, case in product(WAYS, DIGITS, (str.lower, str.upper, str.title)):
        local = case(way.format(first=first, last=last, f=first[0]) + digits)
        assert is_made_of(f"{local}@example.org", name), local
    assert is_made_of(f"https://people.example.org/in/{first}-{last}-1234", name)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("jurgen.muesster@example.org", "Jürgen Müßter"),
        ("juergen.muesster@example.org", "Jürgen Müßter"),
        ("yusuf.mital@example.org", "Youssouf Mital"),
        ("o.vidumanniy@example.org", "Осман Выдуманный"),
        ("example.ada.b@example.org", "Ada Beth Example"),
        ("abexample@example.org", "Ada Beth Example"),
        ("kim@example.org", "Kim Made-Up"),
        ("osman@unreal.example", "Osman Unreal"),
        ("secretariat@osman-unreal.example", "Osman Unreal"),
        ("contact@osmanunreal.example.org", "Osman Unreal"),
        ("info@unreal-osman.example.org", "Osman Unreal"),
        ("info@mail.osmanunreal-foundation.example.org", "Osman Unreal"),
        ("https://www.osman-unreal.example.org", "Osman Unreal"),
        ("https://theosmanunreal.example.org/about", "Osman Unreal"),
        ("ou@unreal.example.org", "Osman Unreal"),
        ("uo@unreal.example.org", "Osman Unreal"),
        ("kontakt@vydumannyi-osman.example.org", "Осман Выдуманный"),
        ("unreal@mail.osman.example", "Osman Unreal"),
        ("unrealosm@example.org", "Osman Unreal"),
        ("lanosm.unreal@example.org", "Osman Unreal"),
        ("0sman.b.unrea1@example.org", "Osman Unreal"),
        ("@osmanunreal", "Osman Unreal"),
        ("osmanunreal", "Osman Unreal"),
        ("y.almithal7@example.org", "Yusuf al-Mithal"),
    ],
)
def test_other_ways_to_write_a_name_are_told(address: str, name: str) -> None:
    assert is_made_of(address, name)


@pytest.mark.parametrize(
    "address",
    [
        *("desk@example.org", "info@unreal.example", "focal.point@example.org", "osm@example.org", "ounr@example.org"),
        *("o@annlee.example", "u@example.org", "o.u@example.org", "unrealistic@example.org"),
        *("+1 555 0100", "https://osman.example.org/", "https://example.org/contact", "unit-o@example.org", ""),
    ],
)
def test_a_mailbox_of_an_office_is_nobodys(address: str) -> None:
    assert not is_made_of(address, "Osman Unreal")


@pytest.mark.parametrize("name", ["Joy Justice", "Ana Press", "Head of Unit"])
def test_a_word_of_offices_alone_tells_nobody(name: str) -> None:
    assert not is_made_of(f"{name.split()[-1].lower()}@example.org", name)


_PARTS = st.lists(
    st.sampled_from(("osman", "unreal", "ada", "beth", "o", "u", "ab", "desk", "jurgen")), min_size=1, max_size=4
)


@given(
    names=st.lists(_PARTS.map(" ".join), min_size=1, max_size=3), own=_PARTS, host=_PARTS, sign=st.sampled_from("@:./")
)
def test_looking_no_further_than_names_begin_finds_the_same(
    names: list[str], own: list[str], host: list[str], sign: str
) -> None:
    address = f"{'.'.join(own)}{sign}{'-'.join(host)}.org"
    made = frozenset[str]().union(*map(made_of, names))
    assert made & runs_of(address, beginnings_of(made)) == made & runs_of(address)


@pytest.mark.parametrize("text", ["Quenneville", "beatricequenneville", "QuennevilleBeatrice2", "Бeatrice", "a1b2c3"])
def test_a_word_alone_is_held_against_what_a_host_may_be_called(text: str) -> None:
    made = made_of("Beatrice Quenneville")
    known = beginnings_of(made)
    assert made & runs_of_host(latin(text), known) == {
        run for run in made & runs_of(f"@{latin(text)}.") if run.startswith("@")
    }
