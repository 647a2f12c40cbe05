"""A small thesaurus of topics, so that the words of different bodies meet without being confused."""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

TopicCode = Literal[
    "trafficking-in-persons",
    "child-trafficking",
    "sex-trafficking",
    "labor-trafficking",
    "forced-labor",
    "child-labor",
    "child-soldiers",
    "organ-removal",
    "online-exploitation",
    "supply-chains",
    "migrant-smuggling",
    "migration",
    "organized-crime",
    "prosecution",
    "protection",
    "prevention",
    "partnership",
    "survivor-engagement",
    "victim-identification",
    "data-and-research",
    "funding",
    "human-rights",
]

Topics = Annotated[tuple[TopicCode, ...], "topics"]
"""Topic codes without order; sources are united."""


@dataclass(frozen=True)
class TopicEntry:
    """One topic: its code, label, what else people type for it, and the wider topic it belongs to.

    Smuggling and child labour stay apart from trafficking: different protocols, different crimes.
    """

    code: str
    label: str
    also: tuple[str, ...] = ()
    broader: str | None = None


THESAURUS: tuple[TopicEntry, ...] = (
    TopicEntry(
        "trafficking-in-persons",
        "Trafficking in persons",
        (
            "TIP",
            "THB",
            "human trafficking",
            "trafficking in human beings",
            "trafficking",
            "modern slavery",
            "anti-trafficking",
            "traite des êtres humains",
            "traite des personnes",
            "trata de personas",
            "торговля людьми",
            "الاتجار بالأشخاص",
            "الاتجار بالبشر",
            "贩运人口",
            "人口贩运",
        ),
    ),
    TopicEntry(
        "child-trafficking",
        "Child trafficking",
        (
            "trafficking in children",
            "trafficking of children",
            "child victims",
            "children",
            "traite des enfants",
            "trata de niños",
        ),
        "trafficking-in-persons",
    ),
    TopicEntry(
        "sex-trafficking",
        "Sex trafficking",
        ("trafficking for sexual exploitation", "sexual exploitation"),
        "trafficking-in-persons",
    ),
    TopicEntry(
        "labor-trafficking",
        "Labor trafficking",
        ("labour trafficking", "trafficking for forced labor", "trafficking for labour exploitation"),
        "trafficking-in-persons",
    ),
    TopicEntry(
        "forced-labor",
        "Forced labor",
        (
            "forced labour",
            "compulsory labour",
            "bonded labor",
            "travail forcé",
            "trabajo forzoso",
            "принудительный труд",
            "العمل الجبري",
            "强迫劳动",
        ),
    ),
    TopicEntry(
        "child-labor",
        "Child labor",
        (
            "child labour",
            "worst forms of child labour",
            "travail des enfants",
            "trabajo infantil",
            "детский труд",
            "عمل الأطفال",
            "童工",
        ),
    ),
    TopicEntry("child-soldiers", "Child soldiers", ("children in armed conflict", "CSPA")),
    TopicEntry("organ-removal", "Trafficking for organ removal", ("organ trafficking",), "trafficking-in-persons"),
    TopicEntry(
        "online-exploitation",
        "Online exploitation",
        ("online sexual exploitation of children", "OSEC", "technology"),
        "trafficking-in-persons",
    ),
    TopicEntry("supply-chains", "Supply chains", ("procurement", "business", "responsible sourcing")),
    TopicEntry(
        "migrant-smuggling",
        "Migrant smuggling",
        (
            "smuggling",
            "smuggling of migrants",
            "people smuggling",
            "trafic illicite de migrants",
            "tráfico ilícito de migrantes",
            "незаконный ввоз мигрантов",
            "تهريب المهاجرين",
            "偷运移民",
        ),
    ),
    TopicEntry("migration", "Migration", ("irregular migration", "refugees")),
    TopicEntry("organized-crime", "Transnational organized crime", ("organised crime", "TOC", "UNTOC review")),
    TopicEntry("prosecution", "Prosecution", ("law enforcement", "investigation"), "trafficking-in-persons"),
    TopicEntry(
        "protection",
        "Protection",
        ("victim protection", "victim assistance", "shelters", "NRM"),
        "trafficking-in-persons",
    ),
    TopicEntry("prevention", "Prevention", ("awareness", "awareness raising"), "trafficking-in-persons"),
    TopicEntry("partnership", "Partnership", ("partnerships", "multilateral"), "trafficking-in-persons"),
    TopicEntry(
        "survivor-engagement",
        "Survivor engagement",
        ("survivors", "lived experience"),
        "trafficking-in-persons",
    ),
    TopicEntry(
        "victim-identification",
        "Victim identification",
        ("identification", "referral"),
        "trafficking-in-persons",
    ),
    TopicEntry("data-and-research", "Data and research", ("data", "research", "statistics"), "trafficking-in-persons"),
    TopicEntry("funding", "Funding", ("grants", "programs", "programmes", "foreign assistance")),
    TopicEntry("human-rights", "Human rights", ("rights",)),
)

assert {entry.code for entry in THESAURUS} == set(get_args(TopicCode)), "each topic code has one entry"


_IN_WORDS = {entry.code: entry.label.lower() for entry in THESAURUS}


def in_words(code: str) -> str:
    """Return a topic as a sentence says it: ``child trafficking``; a code that is no topic as it is."""
    return _IN_WORDS.get(code, code)


def with_narrower(code: str) -> tuple[str, ...]:
    """Return a topic and all topics below it, the topic first."""
    found = [code]
    for wider in found:
        found += [entry.code for entry in THESAURUS if entry.broader == wider and entry.code not in found]
    return tuple(found)
