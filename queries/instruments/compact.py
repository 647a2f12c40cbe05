"""Everything held on a government's Child Protection Compact, with disagreements side by side."""

from collections.abc import Sequence

from pydantic import Field

from queries.answer import Held, PartyRow, Subject
from queries.instruments.compact_facts import Fact, Sheet
from queries.instruments.compact_gaps import gaps_of
from queries.instruments.treaty import bond_on
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import OfIds, Tie, by_name
from queries.reads import AGREEMENTS_OF
from queries.wording import counted, listed


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
    return Found(
        sentence=_sentence(government, [compact for compact, _, _ in told], drafts),
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


def _sentence(government: Subject, compacts: Sequence[Tie], drafts: Sequence[Draft]) -> str:
    if not compacts:
        return f"no Child Protection Compact with {government.name} is held"
    rows = [draft.row for draft in drafts if isinstance(draft.row, CompactRow)]
    sentence = f"{counted(len(rows), 'fact')} on {listed([tie.name for tie in compacts])} are held"
    disputed = dict.fromkeys(_fact_of(row) for row in rows if row.disputed)
    if disputed:
        sentence += f"; sources differ on {listed(list(disputed))}, and each value is shown"
    amounts = sum("amount" in row.fact or row.fact in ("money", "stated_total") for row in rows)
    return sentence + ("; amounts are of different kinds and are not added up" if amounts > 1 else "")


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
