"""A small thesaurus of topics, so that the words of different bodies meet without being confused."""

import re
from collections.abc import Iterator
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


# A topic to a line: code, label, and the code of a wider topic; then what else people type for it.
_TOPICS = """
trafficking-in-persons | Trafficking in persons
    TIP; THB; human trafficking; trafficking in human beings; trafficking; modern slavery; anti-trafficking
    traite des êtres humains; traite des personnes; trata de personas; торговля людьми; الاتجار بالأشخاص
    الاتجار بالبشر; 贩运人口; 人口贩运
child-trafficking | Child trafficking | trafficking-in-persons
    trafficking in children; trafficking of children; child victims; children; traite des enfants; trata de niños
sex-trafficking | Sex trafficking | trafficking-in-persons
    trafficking for sexual exploitation; sexual exploitation
labor-trafficking | Labor trafficking | trafficking-in-persons
    labour trafficking; trafficking for forced labor; trafficking for labour exploitation
forced-labor | Forced labor
    forced labour; compulsory labour; bonded labor; travail forcé; trabajo forzoso; принудительный труд
    العمل الجبري; 强迫劳动
child-labor | Child labor
    child labour; worst forms of child labour; travail des enfants; trabajo infantil; детский труд; عمل الأطفال; 童工
child-soldiers | Child soldiers
    children in armed conflict; CSPA
organ-removal | Trafficking for organ removal | trafficking-in-persons
    organ trafficking
online-exploitation | Online exploitation | trafficking-in-persons
    online sexual exploitation of children; OSEC; technology
supply-chains | Supply chains
    procurement; business; responsible sourcing
migrant-smuggling | Migrant smuggling
    smuggling; smuggling of migrants; people smuggling; trafic illicite de migrants; tráfico ilícito de migrantes
    незаконный ввоз мигрантов; تهريب المهاجرين; 偷运移民
migration | Migration
    irregular migration; refugees
organized-crime | Transnational organized crime
    organised crime; TOC; UNTOC review
prosecution | Prosecution | trafficking-in-persons
    law enforcement; investigation
protection | Protection | trafficking-in-persons
    victim protection; victim assistance; shelters; NRM
prevention | Prevention | trafficking-in-persons
    awareness; awareness raising
partnership | Partnership | trafficking-in-persons
    partnerships; multilateral
survivor-engagement | Survivor engagement | trafficking-in-persons
    survivors; lived experience
victim-identification | Victim identification | trafficking-in-persons
    identification; referral
data-and-research | Data and research | trafficking-in-persons
    data; research; statistics
funding | Funding
    grants; programs; programmes; foreign assistance
human-rights | Human rights
    rights
"""


def _entries() -> Iterator[TopicEntry]:
    for lines in re.split(r"\n(?=\S)", _TOPICS.strip()):
        head, *words = lines.split("\n    ")
        code, label, *broader = head.split(" | ")
        yield TopicEntry(code, label, tuple("; ".join(words).split("; ")), *broader)


THESAURUS: tuple[TopicEntry, ...] = tuple(_entries())

assert {entry.code for entry in THESAURUS} == set(get_args(TopicCode)), "each topic code has one entry"


_IN_WORDS = {entry.code: entry.label.lower() for entry in THESAURUS}


def in_words(code: str) -> str:
    """Return a topic as a sentence says it: ``child trafficking``; a code that is no topic as it is."""
    return _IN_WORDS.get(code, code)


def with_narrower(code: str) -> tuple[str, ...]:
    """Return a topic and all topics below it, the topic first."""
    codes = [code]
    for wider in codes:
        codes += [entry.code for entry in THESAURUS if entry.broader == wider and entry.code not in codes]
    return tuple(codes)
