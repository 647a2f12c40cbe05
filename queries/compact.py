"""Everything held on a government's Child Protection Compact, with disagreements side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.fold.live import Said
from graph.fold.values import in_order
from graph.projection.properties import unflatten
from queries.answer import Held, PartyRow, Ref, Subject
from queries.days import held_on, stretch
from queries.named import ids_in, printed_names
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import FullTie, OfIds, Tie, by_name, refs
from queries.reads import AGREEMENTS_OF, IMPLEMENTERS_OF, PARTIES_TO, THINGS_UNDER
from queries.said import in_words, said_of_nodes
from queries.treaty import bond_on
from queries.wording import counted, listed

# A name is printed with each row already, and which source prints which spelling is no fact of the compact.
_LEFT_OUT = frozenset({"name", "aliases"})


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
            sheets.append(_Sheet(posed, government, tie, bond.held))
    drafts = tuple(draft for sheet in sheets for draft in sheet.drafts())
    return Found(sentence=_sentence(government, [sheet.compact for sheet in sheets], drafts), drafts=drafts)


@dataclass(frozen=True)
class _Sheet:
    """The facts of one compact."""

    posed: Posed[CompactAsked]
    government: Subject
    compact: FullTie
    held: Held

    def drafts(self) -> Iterable[Draft]:
        """Yield the compact's own facts, its parties and implementers, then what belongs to it, by class."""
        ids, read = OfIds(ids=(self.compact.id,)), self.posed.asking.read
        things = self._things()
        pools = self._pools(things)
        pointed = {id_ for thing in things for said in pools[thing.id] for id_ in ids_in(thing.cls, said.values)}
        names = printed_names(self.posed.asking, pointed)
        yield from self._stated(self.compact, pools[self.compact.id], names)
        for tie in by_name(read(PARTIES_TO, ids)):
            signed_on = tie.tie.get("signed_on")
            yield self._of_tie(tie, "party", f"signed {signed_on}" if signed_on else "")
        for tie in by_name(read(IMPLEMENTERS_OF, ids)):
            yield self._of_tie(tie, "implementer", ", ".join(filter(None, (tie.tie.get("role"), stretch(tie.tie)))))
        for thing in things[1:]:
            yield from self._stated(thing, pools[thing.id], names)

    def _things(self) -> list[FullTie]:
        """Return the compact, then what belonged to it by the day, by class and start, each once."""
        day = self.posed.day
        ties = by_name(self.posed.asking.read(THINGS_UNDER, OfIds(ids=(self.compact.id,))))
        begun = [tie for tie in ties if held_on(tie.tie, day=day) != "no" and _start(tie) <= day]
        begun.sort(key=lambda tie: (tie.cls, _start(tie)))
        return [self.compact, *{tie.id: tie for tie in begun}.values()]

    def _pools(self, things: Sequence[FullTie]) -> dict[str, list[Said]]:
        """Return what sources say of each thing under any of its ids, most trusted first."""
        members = {thing.id: tuple(thing.values.get("members") or (thing.id,)) for thing in things}
        said = said_of_nodes(self.posed.asking, [written for ids in members.values() for written in ids])
        return {
            canonical: in_order([each for written in ids for each in said.get(written, ())])
            for canonical, ids in members.items()
        }

    def _stated(self, about: FullTie, pool: Sequence[Said], names: Mapping[str, str]) -> Iterable[Draft]:
        """Yield a row for each value of each field."""
        fields = list(dict.fromkeys(name for said in pool for name in said.values if name not in _LEFT_OUT))
        if not fields:
            yield self._draft(about.other, "belongs to it", about.name, refs(about.values, about.tie))
        preferred = unflatten(about.cls, about.values)
        for name in fields:
            for text, agreeing in _by_value(name, pool, names).items():
                value = agreeing[0].values[name]
                yield self._draft(
                    about.other,
                    name,
                    text,
                    tuple(dict.fromkeys(said.evidence for said in agreeing)),
                    value_id=str(value) if str(value) in ids_in(about.cls, {name: value}) else None,
                    stated_on=max(said.stated_on for said in agreeing) or None,
                    disputed=name in (about.values.get("conflicts") or ()),
                    preferred=name in preferred and text == in_words(preferred[name], names),
                )

    def _of_tie(self, tie: Tie, fact: str, said: str) -> Draft:
        return self._draft(
            tie.other, fact, said or "day not held", refs(tie.tie), disputed=bool(tie.tie.get("conflicts"))
        )

    def _draft(self, about: Subject, fact: str, value: str, evidence: tuple[Ref, ...], **how: Any) -> Draft:
        row = CompactRow(
            held=self.held,
            id=self.government.id,
            cls=self.government.cls,
            name=self.government.name,
            iso3=self.government.iso3,
            compact=self.compact.id,
            compact_name=self.compact.name,
            about=about.id,
            about_name=about.name,
            about_class=about.cls,
            fact=fact,
            value=value,
            **how,
        )
        return Draft(row, evidence)


def _start(tie: FullTie) -> str:
    return tie.values.get("start_min") or ""


def _by_value(name: str, pool: Sequence[Said], names: Mapping[str, str]) -> dict[str, list[Said]]:
    """Return who states each value of a field, by the value in words; lists are united, as in the fold."""
    stating = [said for said in pool if name in said.values]
    lists = [value for said in stating if isinstance(value := said.values[name], list)]
    if lists:
        return {in_words(sorted({entry for value in lists for entry in value})): stating}
    by_value: dict[str, list[Said]] = {}
    for said in stating:
        by_value.setdefault(in_words(said.values[name], names), []).append(said)
    return by_value


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
    columns=("about_name", "fact", "value", "stated_on", "disputed", "preferred", "confidence", "evidence"),
)
