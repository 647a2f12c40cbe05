"""The printed names of things that values point to by id, so that nobody has to read an id alone."""

from collections.abc import Iterable, Mapping

from iga.graph.domain.catalog import declared
from iga.graph.domain.parties import Forum, InternationalOrganization
from iga.graph.statements import Value
from iga.queries.core.clauses import ShortNames
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import ENTITIES_BY_ID, IDS_BY_ALIAS
from iga.queries.core.session import Session

ORGANIZATIONS, FORUMS = (
    all_of(cls, "it.acronym IS NOT NULL", fields=("acronym",)) for cls in (InternationalOrganization, Forum)
)
_USUAL: Mapping[str, str] = {
    "Committee of the Parties to the Council of Europe Convention on Action against Trafficking in Human Beings": (
        "Committee of the Parties to CETS 197"
    ),
    "Conference of the Parties to the UN Convention against Transnational Organized Crime": "UNTOC COP",
    "Council of Europe": "Council of Europe",
    "European Union": "EU",
    "Group of Seven": "G7",
    "Group of Twenty": "G20",
    "League of Arab States": "Arab League",
    "Mechanism for the Review of the Implementation of UNTOC": "UNTOC review mechanism",
    "Meeting of National Authorities on Trafficking in Persons": "OAS Meeting of National Authorities",
    "Office of the EU Anti-Trafficking Coordinator": "Office of the EU Anti-Trafficking Coordinator",
    "Office to Monitor and Combat Trafficking in Persons": "TIP Office",
    "Third Committee of the United Nations General Assembly": "Third Committee",
    "U.S. Agency for International Development": "USAID",
    "UN Special Rapporteur on trafficking in persons, especially women and children": (
        "UN Special Rapporteur on trafficking"
    ),
    "United Nations": "UN",
    "United Nations Commission on Human Rights": "UN Commission on Human Rights",
    "United Nations Convention against Transnational Organized Crime": "UNTOC",
    "United Nations General Assembly": "UN General Assembly",
    "United Nations Human Rights Council": "Human Rights Council",
    "United Nations Security Council": "UN Security Council",
    "UNTOC Working Group on Trafficking in Persons": "UNTOC Working Group on TIP",
}
"""Where the acronym is not what people say, or the data have none."""


def short_names(session: Session) -> ShortNames:
    """Return the names that people say, by the printed names that take longer to say than anybody would.

    Raises:
        StoreError: The store did not answer.
    """
    known = ((ORGANIZATIONS, 3), (FORUMS, 6))
    acronyms = {
        thing.name: acronym
        for query, words in known
        for thing in session.read(query, Everything())
        if len(acronym := thing.values["acronym"]) > 2 and len(thing.name.split()) >= words
    }
    return ShortNames({**acronyms, **_USUAL})


def ids_in(cls: str, values: Mapping[str, Value]) -> set[str]:
    """Return the ids that the values of a class point to."""
    rules = declared(cls).rules()
    return {str(value) for name, value in values.items() if name in rules and rules[name].refers_to}


def sayable(cls: str, field: str, value: Value, names: Mapping[str, str]) -> Value:
    """Return a value of a class as templates put it in words: an id as the name it points to, a day known as one."""
    rule = declared(cls).rules().get(field)
    if not isinstance(value, str):
        return value
    return {"day": value} if rule and rule.shape == "day" else names.get(value, value)


def entities(session: Session, ids: Iterable[str]) -> dict[str, Entity]:
    """Return entities by id; ids that nothing has are left out."""
    wanted = OfIds(ids=tuple(sorted(set(ids))))
    return {entity.id: entity for entity in session.read(ENTITIES_BY_ID, wanted)} if wanted.ids else {}


def entities_as_written(session: Session, ids: Iterable[str]) -> dict[str, Entity]:
    """Return entities by the ids given, former and merged ones too; ids that nothing has are left out."""
    wanted = set(ids)
    known = entities(session, wanted)
    missing = OfIds(ids=tuple(sorted(wanted - known.keys())))
    aliases = {alias.id: alias.canonical for alias in session.read(IDS_BY_ALIAS, missing)} if missing.ids else {}
    merged = entities(session, aliases.values())
    return known | {written: merged[canonical] for written, canonical in aliases.items() if canonical in merged}


def printed_names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of entities by the ids given, former and merged ones too; ids that nothing has are left out."""
    return {written: entity.name for written, entity in entities_as_written(session, ids).items()}
