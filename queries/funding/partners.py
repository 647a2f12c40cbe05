"""Which partners there are, by kind, country and topic: who works on what, and where."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from graph.domain.topics import in_words, with_narrower
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, resting_on
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import refs
from queries.core.trust import unverified
from queries.funding.partner_reach import KINDS, Partner, partners_there
from queries.funding.totals import caveat


class PartnersParams(Params):
    """What `partners` is asked with."""

    category: str | None = Field(
        default=None, description="Only of this kind: NGO, foundation, university, committee …", examples=["NGO"]
    )
    party: str | None = Field(
        default=None,
        description="Only those that sit in this country, or work or worked in it.",
        examples=["Ghana"],
    )
    topic: str | None = Field(default=None, description="Only those that deal with this topic.", examples=["THB"])


class PartnerRow(PartyRow):
    """One partner, and what it carries out in the country asked about."""

    kind: str = Field(description="What sort: NGO, foundation, company, university, committee …")
    country: str | None = Field(default=None, description="Id of the government in whose country it sits.")
    country_name: str | None = Field(default=None, description="Name of that country.")
    topics: tuple[str, ...] = Field(default=(), description="What it deals with, as far as held.")
    does: str | None = Field(default=None, description="What it does, in its source's words.")
    works: tuple[str, ...] = Field(
        default=(), description="What it carries out, or carried out, in the country asked about, each with its role."
    )
    website: str | None = Field(default=None, description="Its page.")
    unverified: bool = Field(
        default=False, description="Whether it rests on lists that nobody checked, or on rows of low confidence, alone."
    )


def partners(request: Request[PartnersParams]) -> Result[PartnerRow]:
    """List partners: those of which some work in the country is held first, unverified ones last, then by name.

    A partner meets a topic that it deals with, or with a part of, itself or by what it carries out in the country.
    Our own department and its missions are not partners.
    """
    country, topic = request.maybe("party"), request.topic
    there = partners_there(request.session, country.id if country else None, day=request.day)
    chosen = [each for each in there if _is_of(request.params.category, each)]
    _check_category(request, there, chosen)
    topics = set(with_narrower(topic)) if topic else set()
    met = [each for each in chosen if not topic or topics & set(each.topics)]
    weak = unverified(request.session, {each.subject.id: refs(each.values) for each in met})
    met.sort(key=lambda each: (each.subject.id in weak, not each.works, folded(each.subject.name), each.subject.id))
    names = printed_names(request.session, {each.country for each in met if each.country})
    sourced_rows = tuple(_draft(each, names, is_weak=each.subject.id in weak) for each in met)
    return Result(
        clauses=tuple(_clauses(request, country, met, len(weak))),
        rows=sourced_rows,
        caveats=tuple(_caveats(topic, chosen, met, len(weak))),
    )


def kind_of(partner: Partner) -> str:
    """Return what sort of partner it is: as its source says, else by its class."""
    said = partner.values.get("organization_kind") or partner.values.get("body_kind")
    return said or KINDS[partner.subject.cls]


def _is_of(category: str | None, partner: Partner) -> bool:
    if category is None:
        return True
    words = set(folded(f"{kind_of(partner)} {KINDS[partner.subject.cls]}").split())
    return {_one(word) for word in folded(category).split()} <= words | {_one(word) for word in words}


def _one(word: str) -> str:
    """Return a word of a kind in the singular: ``universities`` is ``university``."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _check_category(request: Request[PartnersParams], there: Sequence[Partner], chosen: Sequence[Partner]) -> None:
    category = request.params.category
    if category is None or chosen:
        return
    known = partners_there(request.session, None, day=request.day) if request.maybe("party") else there
    if not any(_is_of(category, each) for each in known):
        kinds = sorted({kind_of(each) for each in known}, key=folded)
        raise UsageError(f"category: no partner is a {category!r}; kinds are {', '.join(kinds)}")


def _draft(partner: Partner, names: dict[str, str], *, is_weak: bool) -> SourcedRow[PartnerRow]:
    said, subject = partner.values, partner.subject
    row = PartnerRow(
        conflicts=tuple(said.get("conflicts") or ()),
        id=subject.id,
        cls=subject.cls,
        name=subject.name,
        kind=kind_of(partner),
        country=partner.country,
        country_name=names.get(partner.country or ""),
        topics=partner.topics,
        does=said.get("roles") or said.get("summary"),
        works=tuple(sorted({f"{work.name} ({work.role})" for work in partner.works.values()})),
        website=said.get("website"),
        unverified=is_weak,
    )
    return SourcedRow(row, partner.refs)


def _clauses(
    request: Request[PartnersParams], country: Subject | None, met: Sequence[Partner], weak: int
) -> Iterator[SourcedClause]:
    kinds = sorted(Counter(kind_of(each) for each in met).items(), key=lambda pair: (-pair[1], pair[0]))
    yield resting_on(
        (each.refs for each in met),
        "headline",
        partners=len(met),
        kinds=[{"kind": kind, "number": number} for kind, number in kinds],
        category=request.params.category,
        country=country.name if country else None,
        topic=in_words(request.topic) if request.topic else None,
    )
    if country and (active := [each for each in met if each.works]):
        yield resting_on((each.refs for each in active), "active", active=len(active))
    if weak:
        yield SourcedClause("unverified", {"unverified": weak})


def _caveats(topic: str | None, chosen: Sequence[Partner], met: Sequence[Partner], weak: int) -> Iterator[Caveat]:
    if topic and (untold := sum(not each.topics for each in chosen)):
        yield caveat("unknown", "no-topic", number=untold)
    if weak:
        yield caveat("uncertain", "weak", clause="unverified", number=weak, of=len(met))
    yield caveat("partial", "samples")


PARTNERS = Question(
    name="partners",
    title="Which partners are there, who works on what, and where?",
    params=PartnersParams,
    row=PartnerRow,
    function=partners,
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("name", "kind", "country_name", "topics", "works", "unverified", "evidence"),
)
