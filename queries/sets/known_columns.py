"""Every column by name, and the candidates that may be asked for."""

from collections.abc import Mapping, Sequence

from iga.graph.domain.catalog import fits
from iga.graph.errors import UsageError
from iga.graph.suggestions import hint
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.funding.partners import KINDS_OF_PARTNERS
from iga.queries.sets import of_bodies, of_governments, of_partners, of_report, of_texts, of_treaties
from iga.queries.sets.column import Candidates, SetColumn
from iga.queries.sets.of_partners import every_partner

COLUMNS: Mapping[str, SetColumn] = {
    column.name: column
    for module in (of_bodies, of_treaties, of_report, of_texts, of_governments, of_partners)
    for column in module.COLUMNS
}
"""By name, in the order in which they are listed."""


def _governments(session: Session) -> list[Entity]:
    """Return the governments there are: States that are no more have no code."""
    return [
        one
        for one in session.read(of_governments.GOVERNMENTS, Everything())
        if one.values.get("iso3") or one.values.get("genc3")
    ]


def _of(name: str) -> Mapping[str, SetColumn]:
    return {column.name: column for column in COLUMNS.values() if name in column.of}


CANDIDATES: Mapping[str, Candidates] = {
    it.name: it
    for it in (
        Candidates(
            "governments",
            "government",
            _governments,
            '--in "Bali Process" --tier "Tier 3" --not-party-to C189 --show tier,palermo',
            ("Government",),
            'region,tier,moved,times_on.tier-3,party_to:"treaty:palermo"|"treaty:ilo-p029"|"treaty:ilo-c182"|"treaty:ilo-c189",'
            "compact,plan,restricted,mission",
            _of("governments"),
        ),
        Candidates(
            "partners",
            "partner",
            every_partner,
            "--kind NGO --works-in Ghana --show country,award_ends",
            tuple(KINDS_OF_PARTNERS),
            "kind,country,award_running,award_ends",
            _of("partners"),
            {
                "filter": "works_in:ghana",
                "select": "country,award_ends",
                "group_by": "kind",
                "beside": "topic:forced-labor",
                "sort": "-award_ends",
            },
        ),
    )
}
"""By name."""


def candidates_named(name: str) -> Candidates:
    """Return the candidates of a name.

    Raises:
        UsageError: There are none.
    """
    if name not in CANDIDATES:
        meant, near = hint(name, CANDIDATES, "lists are")
        raise UsageError(f"there is no list of {name!r}; {meant}", suggestions=near)
    return CANDIDATES[name]


def candidates_of(parties: Sequence[Subject]) -> Candidates:
    """Return the candidates that parties to be compared are.

    Raises:
        UsageError: They are of no one sort, or of one of which no columns are known.
    """
    for known in CANDIDATES.values():
        if all(fits(one.cls, known.labels) for one in parties):
            return known
    raise UsageError(
        f"compare {' with '.join(CANDIDATES)} of one sort: {', '.join(f'{it.name} ({it.cls})' for it in parties)}"
    )
