"""Everything held on a government's Child Protection Compact, with disagreements side by side."""

from collections.abc import Sequence

from pydantic import Field

from queries.answer import Caveat, Held, PartyRow, Subject, Total
from queries.days import stretch
from queries.instruments.compact_facts import Fact, Sheet
from queries.instruments.compact_gaps import gaps_of
from queries.instruments.treaty import bond_on
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import FullTie, OfIds, Tie, by_name
from queries.reads import AGREEMENTS_OF
from queries.wording import counted, listed

# From so many compacts on, they are counted, and the first facts of each are rows.
_MANY = 3
_OF_EACH = 10
_CUT = Caveat(
    kind="partial",
    text=f"Only the first {_OF_EACH} facts of each compact are shown: ask with its partner government for all.",
)


class CompactAsked(Asked):
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


def compact(posed: Posed[CompactAsked]) -> Found:
    """List all facts held on a government's compacts: each compact first, then what belongs to it."""
    government = posed.one("party")
    sheets = []
    for tie in by_name(posed.asking.read(AGREEMENTS_OF, OfIds(ids=(government.id,)))):
        bond = bond_on(tie.tie, day=posed.day)
        if tie.cls == "ChildProtectionCompact" and bond.standing != "not party":
            sheets.append((Sheet(posed.asking, tie, posed.day), bond.held))
    told = [(sheet.compact, held, tuple(sheet.facts())) for sheet, held in sheets]
    drafts = tuple(_draft(government, compact, held, fact) for compact, held, facts in told for fact in facts)
    sentence = _sentence(government, [compact for compact, _, _ in told], drafts)
    if len(told) >= _MANY:
        few = tuple(_draft(government, each, held, fact) for each, held, facts in told for fact in facts[:_OF_EACH])
        return Found(sentence=sentence, drafts=few, caveats=(_CUT,), total=Total(value=len(drafts)))
    return Found(
        sentence=sentence,
        drafts=drafts,
        caveats=tuple(gap for tie, _, facts in told for gap in gaps_of(tie.other, government, facts)),
    )


def _draft(government: Subject, compact: Tie, held: Held, fact: Fact) -> Draft:
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
    return Draft(row, fact.refs)


def _sentence(government: Subject, compacts: Sequence[FullTie], drafts: Sequence[Draft]) -> str:
    if not compacts:
        return f"no Child Protection Compact with {government.name} is held as signed by that day"
    rows = [draft.row for draft in drafts if isinstance(draft.row, CompactRow)]
    titles = [_titled(tie) for tie in compacts] if len(compacts) < _MANY else []
    on = listed(titles) or f"{len(compacts)} compacts of {government.name}"
    sentence = f"{counted(len(rows), 'fact')} on {on} {'is' if len(rows) == 1 else 'are'} held"
    disputed = dict.fromkeys(_fact_of(row) for row in rows if row.disputed)
    if disputed:
        sentence += f"; sources differ on {listed(list(disputed))}, and each value is shown"
    amounts = sum("amount" in row.fact or row.fact in ("money", "stated_total") for row in rows)
    return sentence + ("; amounts are of different kinds and are not added up" if amounts > 1 else "")


def _titled(compact: FullTie) -> str:
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
    params=CompactAsked,
    row=CompactRow,
    function=compact,
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("about_name", "fact", "value", "stated_on", "preferred", "evidence"),
)
