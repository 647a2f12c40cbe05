"""Everything around one party: how many relationships of each kind and direction, then the first few of each."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from iga.graph.errors import UsageError
from iga.graph.suggestions import hint
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, end_columns, needed, option, sourced
from iga.queries.core.days import stretch
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.relationships import said_of, since_when
from iga.queries.core.rows import Rows
from iga.queries.core.sections import EVERY_SECTION, MOST_OF_A_SECTION, SECTIONS, EdgeSection, sections_of

_SHOWN = 5


class NeighbourhoodParams(Params):
    """What `neighbourhood` is asked with."""

    party: str = needed("Whose neighbourhood is asked for: anything the graph holds.", "OSCE")
    kind: str | None = option(
        "Only this kind of relationship: its type, or what it is called in the answer.", "members"
    )
    limit: int = Field(default=_SHOWN, ge=1, le=500, description="Most rows of each kind.", examples=[5])


class NeighbourRow(AnswerRow):
    """One relationship of the party."""

    kind: str = needed("What is at the other end, in words, and how many there are.")
    kind_count: int = needed("How many of this kind may have stood on the day, shown or not.")
    type: str = needed("Type of the relationship.")
    leads_out: bool = needed("Whether it leads from the party to the other end.")
    party: str = needed("Id of the party.")
    party_name: str = needed("Its name.")
    other: str = needed("Id of the other end.")
    other_name: str = needed("Its name.")
    other_class: str = needed("Its class.")
    other_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    says: str = needed("The relationship in words, as a sentence goes on from the party.")
    period: str | None = column("From when until when, in words; null if nothing dates it.")
    rest: str | None = column("Command that shows all of the kind; in its last row, when there are more.")
    key: str = needed("Key of the relationship, for iga why.")


def neighbourhood(request: Request[NeighbourhoodParams]) -> Result[NeighbourRow]:
    """List the relationships of a party on a day: counts by kind in the sentence, then the first of each kind."""
    party, wanted = request.one("party"), _wanted(request.params.kind)
    kinds = list(sections_of(request.session, party.id, day=request.day, wanted=wanted))
    is_whole = all(kind.is_whole for kind in kinds)
    rows = Rows.of(row for kind in kinds for row in _rows(request, party, kind))
    total = Total(value=sum(len(kind.edges) for kind in kinds), relation="eq" if is_whole else "gte")
    clauses = _clauses(party.name, request.params.kind, kinds)
    return Result.of(clauses, rows, _caveats(request, party, kinds), total=total)


def _wanted(kind: str | None) -> frozenset[tuple[str, bool]]:
    """Return the types and directions that are meant by what was typed; all of them by nothing."""
    if kind is None:
        return EVERY_SECTION
    titles = {(type_, leads_out): SECTIONS[type_][0 if leads_out else 1] for type_, leads_out in EVERY_SECTION}
    word = folded(kind)
    sections = frozenset(it for it, title in titles.items() if word in (folded(it[0]), folded(title)))
    if sections:
        return sections
    meant, near = hint(kind, sorted(set(titles.values())), "kinds are")
    raise UsageError(f"kind: {kind!r} is not a kind of relationship; {meant}", suggestions=near)


def _rows(
    request: Request[NeighbourhoodParams], party: Subject, kind: EdgeSection
) -> Iterator[SourcedRow[NeighbourRow]]:
    shown = kind.edges[: request.params.limit]
    for place, (edge, held) in enumerate(shown, start=1):
        is_last_of_more = place == len(shown) < len(kind.edges)
        yield sourced(
            NeighbourRow,
            edge.properties,
            held=held,
            kind=f"{kind.title} ({'' if kind.is_whole else 'at least '}{len(kind.edges)})",
            kind_count=len(kind.edges),
            type=kind.kind,
            leads_out=kind.leads_out,
            party=party,
            **end_columns("other", edge.other),
            says=said_of(kind.kind, edge, leads_out=kind.leads_out, day=request.day),
            period=stretch(edge.properties) or since_when(edge) or None,
            rest=_command(request, party, kind) if is_last_of_more else None,
            key=edge.key,
        )


def _command(request: Request[NeighbourhoodParams], party: Subject, kind: EdgeSection) -> str:
    as_of = f" --as-of {request.day}" if request.params.as_of else ""
    most = min(len(kind.edges), 500)
    return f'iga ask neighbourhood --party "{party.name}" --kind "{kind.title}" --limit {most}{as_of}'


def _clauses(party: str, asked: str | None, kinds: Sequence[EdgeSection]) -> Iterator[SourcedClause]:
    if not kinds:
        yield clause("nothing", party=party, kind=asked)
        return
    largest = sorted(kinds, key=lambda kind: -len(kind.edges))
    counts = {kind.title: {"number": len(kind.edges), "is_whole": kind.is_whole} for kind in largest}
    numbers = {"relationships": sum(len(kind.edges) for kind in kinds), "kinds": len(kinds)}
    yield clause("headline", party=party, **numbers, counts=counts)
    if unsure := sum(state != "yes" for kind in kinds for _, state in kind.edges):
        yield clause("undated", undated=unsure)


def _caveats(
    request: Request[NeighbourhoodParams], party: Subject, kinds: Sequence[EdgeSection]
) -> Iterator[UnwordedCaveat]:
    limit = request.params.limit
    if more := [kind for kind in kinds if len(kind.edges) > limit]:
        most = max(more, key=lambda kind: len(kind.edges))
        command = _command(request, party, most)
        yield caveat("partial", "first-of-kinds", kinds=len(more), limit=limit, title=most.title, command=command)
    if cut := [kind.title for kind in kinds if not kind.is_whole]:
        yield caveat("partial", "last-read", most=MOST_OF_A_SECTION, titles=cut)


NEIGHBOURHOOD = Question.of(
    neighbourhood,
    title="Whom and what is this tied to, by kind of relationship?",
    names={"party": ("Entity",)},
    example={"party": "OSCE"},
    columns=("kind", "says", "held", "confidence", "evidence"),
    maturity="trial",
)
