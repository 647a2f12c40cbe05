"""The short names that people say in place of printed ones: OSCE, UNODC, TIP Office."""

from collections.abc import Mapping

from iga.graph.domain.parties import Forum, InternationalOrganization
from iga.queries.core.clauses import ShortNames
from iga.queries.core.compiled import Everything, all_of
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
