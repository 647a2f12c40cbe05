"""Everything held on a government's Child Protection Compact, with disagreements side by side."""

from collections.abc import Sequence

from pydantic import Field

from queries.core.answer import Caveat, Held, PartyRow, Subject, Total
from queries.core.days import stretch
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name
from queries.core.reads import AGREEMENTS_OF
from queries.core.treaty import bond_on
from queries.core.wording import counted, listed
from queries.instruments.compact_facts import Fact, Sheet
from queries.instruments.compact_gaps import gaps_of

# From so many compacts on, they are counted, and the first facts of each are rows.
_MANY = 3
_OF_EACH = 10
_CUT = Caveat(
    kind="partial",
    text=f"Only the first {_OF_EACH} facts of each compact are shown: ask with its partner government for all.",
)


class CompactParams(Params):
    """What `compact` is asked with."""

    party: str = Field(description="The government.", examples=["Ghana"])


class CompactRow(PartyRow):
    """One fact as one or several sources state it; where sources differ, each value has a row of its own."""

    compact: str = Field(description="Id of the compact.")
    compact_name: str = Field(description="Title of the compact.")
    about: str = Field(description="Id of what the fact is about: the compact, a party, a contribution, an award …")
    about_name: str = Field(description="Its name.")
    about_class: str = Field(description="Its class.")
    fact: str = Field(description="Which fact: a field such as signed_on, or a role such as implementer.")
    value: str = Field(
        description="The value in words, by name where it stands for somebody; amounts are never added up."
    )
    value_id: str | None = Field(default=None, description="Id of whom the value stands for; null if it is nobody.")
    stated_on: str | None = Field(default=None, description="Latest day that one of its sources states it for.")
    disputed: bool = Field(default=False, description="Whether sources differ on this fact.")
    preferred: bool = Field(default=True, description="Whether the graph goes by this value.")


def compact(request: Request[CompactParams]) -> Result:
    """List all facts held on a government's compacts: each compact first, then what belongs to it."""
    government = request.one("party")
    sheets = []
    for edge in by_name(request.session.read(AGREEMENTS_OF, OfIds(ids=(government.id,)))):
        bond = bond_on(edge.properties, day=request.day)
        if edge.cls == "ChildProtectionCompact" and bond.standing != "not party":
            sheets.append((Sheet(request.session, edge, request.day), bond.held))
    told = [(sheet.compact, held, tuple(sheet.facts())) for sheet, held in sheets]
    sourced_rows = tuple(_draft(government, compact, held, fact) for compact, held, facts in told for fact in facts)
    sentence = _sentence(government, [compact for compact, _, _ in told], sourced_rows)
    if len(told) >= _MANY:
        few = tuple(_draft(government, each, held, fact) for each, held, facts in told for fact in facts[:_OF_EACH])
        return Result(sentence=sentence, rows=few, caveats=(_CUT,), total=Total(value=len(sourced_rows)))
    return Result(
        sentence=sentence,
        rows=sourced_rows,
        caveats=tuple(gap for edge, _, facts in told for gap in gaps_of(edge.other, government, facts)),
    )


def _draft(government: Subject, compact: EdgeRow, held: Held, fact: Fact) -> SourcedRow:
    row = CompactRow(
        held=held,
        id=government.id,
        cls=government.cls,
        name=government.name,
        iso3=government.iso3,
        compact=compact.id,
        compact_name=compact.name,
        about=fact.about.id,
        about_name=fact.about.name,
        about_class=fact.about.cls,
        fact=fact.name,
        value=fact.value,
        value_id=fact.value_id,
        stated_on=fact.stated_on,
        disputed=fact.disputed,
        preferred=fact.preferred,
    )
    return SourcedRow(row, fact.refs)


def _sentence(government: Subject, compacts: Sequence[FullEdgeRow], sourced_rows: Sequence[SourcedRow]) -> str:
    if not compacts:
        return f"no Child Protection Compact with {government.name} is held as signed by that day"
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, CompactRow)]
    titles = [_titled(edge) for edge in compacts] if len(compacts) < _MANY else []
    on = listed(titles) or f"{len(compacts)} compacts of {government.name}"
    sentence = f"{counted(len(rows), 'fact')} on {on} {'is' if len(rows) == 1 else 'are'} held"
    disputed = dict.fromkeys(_fact_of(row) for row in rows if row.disputed)
    if disputed:
        sentence += f"; sources differ on {listed(list(disputed))}, and each value is shown"
    amounts = sum("amount" in row.fact or row.fact in ("money", "stated_total") for row in rows)
    return sentence + ("; amounts are of different kinds and are not added up" if amounts > 1 else "")


def _titled(compact: FullEdgeRow) -> str:
    said = compact.values
    days = (f"signed {said['signed_on']}" if said.get("signed_on") else "", stretch(said))
    told = ", ".join(day for day in days if day)
    return f"{compact.name} ({told})" if told else compact.name


def _fact_of(row: CompactRow) -> str:
    fact = row.fact.replace("_", " ")
    return fact if row.about == row.compact else f"{fact} of {row.about_name}"


COMPACT = Question(
    name="compact",
    title="What is held on the Child Protection Compact with this government?",
    params=CompactParams,
    row=CompactRow,
    function=compact,
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("about_name", "fact", "value", "stated_on", "preferred", "evidence"),
)
