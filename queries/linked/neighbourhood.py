"""Everything around one party: how many relationships of each kind and direction, then the first few of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from graph.errors import UsageError
from graph.suggestions import hint
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject, Total
from queries.core.days import Passed, stretch
from queries.core.happened import since_when, stands
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import EDGES_IN, EDGES_OUT, OfType
from queries.core.sayings import said_of
from queries.core.sections import SECTIONS
from queries.core.tip_report import with_publication_days
from queries.core.wording import counted, listed
from queries.whole.reads import EDGE_COUNTS_IN, EDGE_COUNTS_OUT

_SHOWN = 5
# More relationships of one kind than a party of the office has; beyond it the number is a lower bound.
_READ = 2_000


class NeighbourhoodParams(Params):
    """What `neighbourhood` is asked with."""

    party: str = Field(description="Whose neighbourhood is asked for: anything the graph holds.", examples=["OSCE"])
    kind: str | None = Field(
        default=None,
        description="Only this kind of relationship: its type, or what it is called in the answer.",
        examples=["members"],
    )
    limit: int = Field(default=_SHOWN, ge=1, le=500, description="Most rows of each kind.", examples=[5])


class NeighbourRow(AnswerRow):
    """One relationship of the party."""

    kind: str = Field(description="What is at the other end, in words, and how many there are.")
    kind_count: int = Field(description="How many of this kind may have stood on the day, shown or not.")
    type: str = Field(description="Type of the relationship.")
    leads_out: bool = Field(description="Whether it leads from the party to the other end.")
    party: str = Field(description="Id of the party.")
    party_name: str = Field(description="Its name.")
    other: str = Field(description="Id of the other end.")
    other_name: str = Field(description="Its name.")
    other_class: str = Field(description="Its class.")
    other_iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    says: str = Field(description="The relationship in words, as a sentence goes on from the party.")
    period: str | None = Field(default=None, description="From when until when, in words; null if nothing dates it.")
    rest: str | None = Field(
        default=None, description="Command that shows all of the kind; in its last row, when there are more."
    )
    key: str = Field(description="Key of the relationship, for iga why.")


@dataclass(frozen=True)
class _Kind:
    """Relationships of one type in one direction that may have stood on the day, those that began last first."""

    type: str
    leads_out: bool
    title: str
    edges: tuple[tuple[FullEdgeRow, Passed], ...]
    is_whole: bool


def neighbourhood(request: Request[NeighbourhoodParams]) -> Result:
    """List the relationships of a party on a day: counts by kind in the sentence, then the first of each kind."""
    party = request.one("party")
    kinds = list(_kinds(request, party))
    sourced_rows = tuple(draft for kind in kinds for draft in _sourced_rows(request, party, kind))
    number = sum(len(kind.edges) for kind in kinds)
    exact = all(kind.is_whole for kind in kinds)
    return Result(
        sentence=_sentence(request, party, kinds),
        rows=sourced_rows,
        total=Total(value=number, relation="eq" if exact else "gte"),
        caveats=tuple(_caveats(request, party, kinds)),
    )


def _kinds(request: Request[NeighbourhoodParams], party: Subject) -> Iterator[_Kind]:
    of = OfIds(ids=(party.id,))
    there = {True: {count.type: count.count for count in request.session.read(EDGE_COUNTS_OUT, of)}}
    there[False] = {count.type: count.count for count in request.session.read(EDGE_COUNTS_IN, of)}
    wanted = _wanted(request.params.kind)
    for type_, titles in SECTIONS.items():
        for leads_out, title in ((True, titles[0]), (False, titles[1])):
            if type_ in there[leads_out] and (type_, leads_out) in wanted:
                query = EDGES_OUT if leads_out else EDGES_IN
                read = request.session.read(query, OfType(ids=(party.id,), type=type_, limit=_READ))
                edges = with_publication_days(request.session, read)
                held = [
                    (edge, state) for edge in by_name(edges) if (state := stands(type_, edge, day=request.day)) != "no"
                ]
                held.sort(key=lambda pair: since_when(pair[0]), reverse=True)
                if held:
                    yield _Kind(type_, leads_out, title, tuple(held), len(read) == there[leads_out][type_])


def _wanted(kind: str | None) -> set[tuple[str, bool]]:
    """Return the types and directions that are meant by what was typed; all of them by nothing.

    Raises:
        UsageError: No kind is called so.
    """
    every = {(type_, leads_out) for type_ in SECTIONS for leads_out in (True, False)}
    if kind is None:
        return every
    called = {(type_, leads_out): SECTIONS[type_][0 if leads_out else 1] for type_, leads_out in every}
    word = folded(kind)
    found = {each for each, title in called.items() if word in (folded(each[0]), folded(title))}
    if found:
        return found
    meant, near = hint(kind, sorted(set(called.values())), "kinds are")
    raise UsageError(f"kind: {kind!r} is not a kind of relationship; {meant}", suggestions=near)


def _sourced_rows(request: Request[NeighbourhoodParams], party: Subject, kind: _Kind) -> Iterator[SourcedRow]:
    shown = kind.edges[: request.params.limit]
    for place, (edge, held) in enumerate(shown, start=1):
        is_last_of_more = place == len(shown) < len(kind.edges)
        row = NeighbourRow(
            held="yes" if held == "yes" else "unknown",
            conflicts=conflicts(edge.properties),
            kind=f"{kind.title} ({_number(kind)})",
            kind_count=len(kind.edges),
            type=kind.type,
            leads_out=kind.leads_out,
            party=party.id,
            party_name=party.name,
            other=edge.id,
            other_name=edge.name,
            other_class=edge.cls,
            other_iso3=edge.iso3,
            says=said_of(kind.type, edge, leads_out=kind.leads_out, day=request.day),
            period=stretch(edge.properties) or since_when(edge) or None,
            rest=_command(request, party, kind) if is_last_of_more else None,
            key=edge.key,
        )
        yield SourcedRow(row, refs(edge.properties))


def _command(request: Request[NeighbourhoodParams], party: Subject, kind: _Kind) -> str:
    as_of = f" --as-of {request.day}" if request.params.as_of else ""
    most = min(len(kind.edges), 500)
    return f'iga ask neighbourhood --party "{party.name}" --kind "{kind.title}" --limit {most}{as_of}'


def _number(kind: _Kind) -> str:
    return f"{len(kind.edges)}" if kind.is_whole else f"at least {len(kind.edges)}"


def _sentence(request: Request[NeighbourhoodParams], party: Subject, kinds: Sequence[_Kind]) -> str:
    number = sum(len(kind.edges) for kind in kinds)
    if not kinds:
        of_kind = f" of the kind {request.params.kind}" if request.params.kind else ""
        return f"no relationship{of_kind} is held of {party.name} that may have stood on that day"
    largest = sorted(kinds, key=lambda kind: -len(kind.edges))
    said = listed([f"{kind.title} {_number(kind)}" for kind in largest], most=6)
    unsure = sum(held != "yes" for kind in kinds for _, held in kind.edges)
    sentence = f"{party.name} has {counted(number, 'relationship')} of {counted(len(kinds), 'kind')}: {said}"
    return sentence + (f"; no date tells whether {unsure} of them stood on that day" if unsure else "")


def _caveats(request: Request[NeighbourhoodParams], party: Subject, kinds: Sequence[_Kind]) -> Iterator[Caveat]:
    more = [kind for kind in kinds if len(kind.edges) > request.params.limit]
    if more:
        most = max(more, key=lambda kind: len(kind.edges))
        text = f"Of {counted(len(more), 'kind')} only the first {request.params.limit} are shown. All of {most.title}: "
        yield Caveat(kind="partial", text=text + _command(request, party, most))
    cut = [kind.title for kind in kinds if not kind.is_whole]
    if cut:
        text = f"Only the {_READ:,} that began last were read of: {', '.join(cut)}."
        yield Caveat(kind="partial", text=text)


NEIGHBOURHOOD = Question(
    name="neighbourhood",
    title="Whom and what is this tied to, by kind of relationship?",
    params=NeighbourhoodParams,
    row=NeighbourRow,
    function=neighbourhood,
    names={"party": ("Entity",)},
    example={"party": "OSCE"},
    columns=("kind", "says", "held", "confidence", "evidence"),
    maturity="trial",
)
