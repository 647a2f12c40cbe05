"""Which partners there are, by kind, country and topic: who works on what, and where."""

from collections import Counter
from collections.abc import Sequence

from pydantic import Field

from graph.errors import UsageError
from graph.text import folded
from queries.contacts.rank import topic_match
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import refs
from queries.core.trust import unverified
from queries.core.wording import counted, listed
from queries.funding.partner_reach import Partner, partners_there

# What a partner is called that its source calls nothing more precise.
_KINDS = {
    "Ngo": "NGO",
    "Company": "company",
    "AcademicInstitution": "university or institute",
    "MediaOrganization": "media",
    "SurvivorCouncil": "survivor council",
    "PublicBody": "public body",
    "InternationalOrganization": "international organization",
    "Organization": "organization",
}
_KINDS_SHOWN = 12


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


def partners(request: Request[PartnersParams]) -> Result:
    """List partners: those of which some work in the country is held first, unverified ones last, then by name.

    A partner meets a topic that it deals with, or with a part of, itself or by what it carries out in the country.
    Our own department and its missions are not partners.
    """
    country, topic = request.maybe("party"), request.topic
    there = partners_there(request.session, country.id if country else None, day=request.day)
    chosen = [each for each in there if _is_of(request.params.category, each)]
    _check_category(request, there, chosen)
    met = [each for each in chosen if topic is None or _deals_with(each, topic)]
    weak = unverified(request.session, {each.subject.id: refs(each.values) for each in met})
    met.sort(key=lambda each: (each.subject.id in weak, not each.works, folded(each.subject.name), each.subject.id))
    names = printed_names(request.session, {each.country for each in met if each.country})
    sourced_rows = tuple(_draft(each, names, is_weak=each.subject.id in weak) for each in met)
    return Result(
        sentence=_sentence(request, country, met, len(weak)),
        rows=sourced_rows,
        caveats=tuple(_caveats(topic, chosen, met, len(weak))),
    )


def kind_of(partner: Partner) -> str:
    """Return what sort of partner it is: as its source says, else by its class."""
    said = partner.values.get("organization_kind") or partner.values.get("body_kind")
    return said or _KINDS[partner.subject.cls]


def _is_of(category: str | None, partner: Partner) -> bool:
    if category is None:
        return True
    words = set(folded(f"{kind_of(partner)} {_KINDS[partner.subject.cls]}").split())
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


def _deals_with(partner: Partner, topic: str) -> bool:
    return topic_match(topic, partner.topics) in ("exact", "narrower")


def _draft(partner: Partner, names: dict[str, str], *, is_weak: bool) -> SourcedRow:
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


def _sentence(
    request: Request[PartnersParams], country: Subject | None, met: Sequence[Partner], weak_count: int
) -> str:
    where = f" that sit in {country.name}, or work or worked there" if country else ""
    on = f" that deal with {request.topic.replace('-', ' ')}" if request.topic else ""
    what = f" ({request.params.category})" if request.params.category else ""
    sentence = f"{counted(len(met), 'partner')}{what}{where}{' and' if where and on else ''}{on}"
    if not met:
        return f"{sentence} held"
    kinds = Counter(kind_of(each) for each in met)
    shown = [f"{kind} {number}" for kind, number in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))]
    sentence += f": {listed(shown, most=_KINDS_SHOWN)}"
    if country and (active := sum(bool(each.works) for each in met)):
        sentence += f"; of {active} some work there is held"
    return sentence + (f"; {weak_count} of them {'is' if weak_count == 1 else 'are'} unverified" if weak_count else "")


def _caveats(topic: str | None, chosen: Sequence[Partner], met: Sequence[Partner], weak_count: int) -> list[Caveat]:
    found = []
    if topic and (untold := sum(not each.topics for each in chosen)):
        text = f"Of {counted(untold, 'more partner')} no topic is held; they may deal with this one as well."
        found.append(Caveat(kind="unknown", text=text))
    if weak_count:
        text = f"{counted(weak_count, 'partner')} of {len(met)} rest on lists that nobody checked, or on rows of low"
        found.append(Caveat(kind="uncertain", text=f"{text} confidence, alone."))
    text = "The lists are samples: that somebody is not among them says nothing."
    return [*found, Caveat(kind="partial", text=text)]


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
