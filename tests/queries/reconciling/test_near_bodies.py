"""A list makes no second body of a known one misspelt, cut short or with a place behind it; honest others it takes."""

import csv
import re
from contextlib import nullcontext

import pytest

from iga.graph.domain.catalog import NODES, fits
from iga.graph.names.forms import latin
from iga.graph.names.index import ALL
from iga.graph.names.naming import called
from iga.graph.names.parts import parts_of
from iga.graph.names.ranking import meant
from iga.graph.statements import Content, NodeStatement
from iga.ingest.names_of_load import USUAL, NamesOfLoad
from iga.ingest.subjects import slug
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.reconciling.names_on_record import NamesOfSession
from iga.queries.reconciling.near_bodies import NearBodies, _near_bodies, bodies_near
from tests.test_layout import ROOT

CUT = {"Group": "Grp", "Organization": "Org", "International": "Intl", "Association": "Assn", "Foundation": "Fdn"}
CUT |= {"Council": "Cncl", "Fund": "Fnd", "Center": "Ctr", "Centre": "Ctr", "Committee": "Cttee", "Network": "Ntwk"}
CITIES = ("Vienna", "Nairobi", "Bangkok", "Ghana")
LETTERS = "abdefghiklmnoprstu"


@pytest.fixture(scope="module")
def bodies(bundled: Session) -> list[Entity]:
    """Give everything bundled that is an organization and of no government: whose is a ministry, the country tells."""
    classes = [cls for cls in NODES if fits(cls.label(), ("Party",))]
    left_out = ("Person", "Government", "PublicBody")
    return [it for cls in classes if cls.label() not in left_out for it in bundled.read(all_of(cls), Everything())]


def taken_in(session: Session, names: list[str]) -> list[str]:
    """Return the names of which a contact list makes a new organization, unasked."""
    known = NamesOfLoad(lambda: nullcontext(NamesOfSession(session)), dict(USUAL), is_kind_guessed=True)
    subjects = [f"named:organization:{slug(name)}" for name in names]
    pairs = list(zip(subjects, names, strict=True))
    outcomes = known.resolved([Content((NodeStatement("Organization", it, {"name": name}),)) for it, name in pairs])
    return [
        name
        for (subject, name), one in zip(pairs, outcomes, strict=True)
        if isinstance(one, Content) and any(isinstance(it, NodeStatement) and it.id == subject for it in one.statements)
    ]


def slipping(name: str) -> list[str]:
    """Return the words of a name in which a slip is one: not *Organisation*, *Twenty*, *ADPARE* or a country's."""
    own = {word.latin for word in parts_of(name, "organization").words}
    return [word for word in re.findall(r"[A-Za-z]{6,}", name) if word.lower() in own and not word.isupper()]


def misspelt(name: str, letter: str, way: int) -> str:
    """Return a name with one slip in its longest word: a letter too many, one missing, another, or two turned round."""
    longest = max(slipping(name), key=len)
    at = len(longest) // 2
    before, own, after = longest[:at], longest[at], longest[at + 1 :]
    slips = (
        before + own + own + after,
        before + after,
        before + letter + after,
        before[:-1] + own + before[-1:] + after,
    )
    return name.replace(longest, slips[way], 1)


def test_the_names_that_were_taken_for_new_bodies_are_asked_about(bundled: Session) -> None:
    seen = ["Save the Childrens", "Warnath Grp", "Internation Organization for Migration", "UNODC Vienna", "IOM Ghana"]
    assert taken_in(bundled, seen) == []
    others = ["OSCE Mission to Moldova", "UNODC Regional Office for Eastern Africa", "Entirely Other Relief"]
    assert taken_in(bundled, others) == others


@pytest.mark.parametrize(("way", "city"), tuple(enumerate(CITIES)))
def test_no_known_name_misspelt_cut_short_or_with_a_place_is_far(
    bundled: Session, bodies: list[Entity], way: int, city: str
) -> None:
    """Each known name with a slip; in a word of few letters another letter makes another word."""
    near, tried = bundled.once(_near_bodies), 0
    for it in bodies:
        cut = [it.name.replace(word, short, 1) for word, short in CUT.items() if word in it.name.split()[1:]]
        texts = [f"{it.name} {city}", *(cut if len(it.name.split()) > 1 else ())]
        if slipping(it.name):
            texts.append(misspelt(it.name, LETTERS[tried % len(LETTERS)], way))
        far = [text for text in texts if it.id not in near.like(text)]
        tried += len(texts)
        assert far == [], it.id
    assert tried > 500


def test_hardly_any_honest_other_name_is_near(bundled: Session) -> None:
    """Publishers and organizations of two directories that are not loaded; those that bear a known name left out.

    One that has a known name in it, with a place beside, is rightly asked about: it may be a branch.
    """
    names: set[str] = set()
    for file in ("iati_publishers", "antislavery_directory"):
        with (ROOT / f"ingest/reference/on_request/{file}.csv").open(encoding="utf-8") as lines:
            names |= {line["name"] for line in csv.DictReader(lines) if line.get("name")}
    others = [name for name in sorted(names) if not bundled.looked_up(meant, name, ALL)]
    held = {name: known for name in others if (known := bodies_near(bundled, name, ""))}
    assert len(others) > 1500
    assert len(held) <= len(others) * 0.015, held
    wrong = [name for name, known in held.items() if not any(is_part_of(name, it) for it in known)]
    assert len(wrong) <= len(others) * 0.002, wrong


def is_part_of(text: str, known: Entity) -> bool:
    """Return True if a text has a name of an organization in it, perhaps without what people leave out behind."""
    names = (latin(match.matched).removesuffix(" international") for match in called(known.cls, known.values))
    return any(f" {name} " in f" {latin(text)} " for name in names if name)


def test_one_word_without_its_vowels_is_no_slip() -> None:
    names = {"ngo:norec": "Norec", "ngo:freedom-fund": "Freedom Fund", "ngo:winrock": "Winrock International"}
    near = NearBodies([(id_, name, False) for id_, name in names.items()], ())
    assert (near.like("NRC"), near.like("Freedom Fnd")) == (set(), {"ngo:freedom-fund"})
    assert (near.like("Winrock"), near.like("Freedom")) == ({"ngo:winrock"}, set())
