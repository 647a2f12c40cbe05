"""A record while it is told: what it states, whom it means by an organization, where it says that things run."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from importlib.resources import files
from io import StringIO

from lxml.etree import _Element as Element

from iga.graph.statements import EdgeStatement
from iga.graph.text import folded
from iga.ingest.fields import Misfit
from iga.ingest.formats.iati.iati_elements import IatiText, coded, cut, end_of_id, line, refused, text_of
from iga.ingest.name_tables import bodies, governments
from iga.ingest.record_builder import LONGEST_KEY, RecordBuilder, Statement, Statements
from iga.ingest.rejections import KEY, Refusal
from iga.ingest.subjects import NAMED, digest_of, slug

# An organization identifier names the register first: GB-CHC-285776, XM-DAC-41304, XI-IATI-EC_DEVCO.
_IDENTIFIER = re.compile(r"[A-Z]{2}-[A-Z0-9_]+-\S+", re.ASCII)
_ISO = re.compile(r"[A-Z]{2}", re.ASCII)
_LONGEST_REFERENCE = 300
_PUBLIC = ("", "body", "org")
# Names that withhold one: each is an unknown of its own, never one partner of many activities.
_WITHHELD = re.compile(
    r"(?:other|others|various|several|multiple|unknown|undisclosed|confidential|not (?:available|applicable|known|"
    r"specified|disclosed)|unspecified|unnamed|anonymous|redacted|n a|na|none|null|tbd|tbc|"
    r"to be (?:determined|confirmed)|"
    r"miscellaneous.*|(?:un)?identified .*|(?:other|various|private|multiple) (?:sector |foreign )?"
    r"(?:organi[sz]ations?|awardees|recipients|partners|implementers|donors))"
)


@dataclass
class IatiRecord(RecordBuilder):
    """What one record says, nodes first; the type that one element states of an organization holds for all of them.

    Attributes:
        end: Last part of the id of the record, for its own ids and for parties whose names are withheld.
        currency: That of amounts which name none; blank is unknown.
        kinds: Kind of id of each reference and name whose type is stated.
    """

    end: str = ""
    currency: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def ordered(self) -> Statements:
        """Return nodes, then relationships, each in the order in which it was stated first."""
        return sorted(self._stated.values(), key=lambda statement: isinstance(statement, EdgeStatement))

    def numbered(self, subject: str) -> str:
        """Return an id, with a number behind it for each one that was there before: the second is ``…-2``."""
        self._counts[subject] += 1
        return subject if self._counts[subject] == 1 else f"{subject}-{self._counts[subject]}"

    def learn(self, elements: Iterable[Element]) -> None:
        """Note the type of each reference and name; what was learned first stands, so that each is one node."""
        for element in elements:
            if kind := kind_of(element):
                for word in filter(None, (line(element.get("ref")), text_of(element).main)):
                    self.kinds.setdefault(word, kind)

    def party(self, element: Element | None) -> str:
        """State the organization that an element names and return its id; blank when it names none."""
        if element is None:
            return ""
        return self.named(line(element.get("ref")), text_of(element), kind_of(element), element)

    def named(self, reference: str, name: IatiText, kind: str, at: Element) -> str:
        """State an organization by reference and name and return its id; blank when it has neither.

        Args:
            reference: As written; an identifier where it names a register, else the publisher's own code.
            name: May be blank.
            kind: Kind of id that its type stands for; blank is unknown.
            at: Where it stands.
        """
        reference = reference[:_LONGEST_REFERENCE]
        kind = self.kinds.get(reference) or kind or self.kinds.get(name.main, "")
        identifiers = (reference,) if _IDENTIFIER.fullmatch(reference) else ()
        if party := _known(reference, name.main, kind):
            return self.node(party, {"identifiers": identifiers}, at=at) if identifiers else party
        if not identifiers and _WITHHELD.fullmatch(folded(name.main)):
            subject = f"organization:iati:{self.end}:{digest_of(name.main, size=4)}"
            return self.node(subject, {"name": cut(name.main), "undisclosed": True}, at=at)
        if identifiers or (reference and not name.main):
            subject = f"{kind or 'organization'}:iati:{end_of_id(reference)}"
        elif end := slug(name.main):
            subject = f"{NAMED}:{kind or 'organization'}:{end}"
        else:
            return ""
        aliases = tuple(cut(other) for other in name.others)
        values = {"name": cut(name.main) or reference, "aliases": aliases, "identifiers": identifiers}
        return self.node(subject, values, at=at)

    def _state(self, key: tuple[str, ...], statement: Callable[[], Statement], at: Element) -> None:
        try:
            super()._state(key, statement, at)
        except Refusal as refusal:
            what = refusal.about if isinstance(refusal, Misfit) else refusal.reason
            raise refused(at, what, fix=refusal.fix, code=refusal.code, value=refusal.value) from None


def key_of(record: Element, name: str) -> str:
    """Return the identifier of a record, which is its row key; refuse one that is blank or too long."""
    key = line(record.findtext(name))
    if not key or len(key) > LONGEST_KEY:
        what = f"is longer than {LONGEST_KEY} characters" if key else "is blank"
        raise Refusal(f"<{name}> {what}", fix=f"fill <{name}>", code=KEY, column=name, value=key)
    return key


def kind_of(element: Element) -> str:
    """Return the kind of id for the type that an organization states; blank when it states none we tell apart."""
    return coded(element, "type", "OrganisationType")


@lru_cache(maxsize=20_000)  # the parties of a file repeat
def _known(reference: str, name: str, kind: str) -> str:
    """Return the id of the government or body that a reference or name means; blank when no table has it.

    A private, non-governmental or academic organization is none, whatever its name.
    """
    if kind not in _PUBLIC:
        return ""
    ids = {id_ for table in (bodies(), governments()) if name and (id_ := table.resolve(name))}
    if len(ids) == 1:
        return ids.pop()
    if ids:
        return ""
    if kind == "body" and _ISO.fullmatch(reference):
        return governments().codes.get(reference, "")
    return _references().get(reference, "")


@cache
def _references() -> dict[str, str]:
    text = (files("iga.ingest.formats.iati") / "known_references.csv").read_text(encoding="utf-8")
    return {row["reference"]: row["id"] for row in csv.DictReader(StringIO(text))}


# Publishers round to two decimals: three thirds make 99.99.
_TOLERANCE = Decimal("0.01")
_WHOLE = Decimal(100)


def tell_countries(
    record: IatiRecord, things: Sequence[str], countries: Sequence[Element], *, shares: bool = True
) -> None:
    """State in which countries things run, each once; a code that no table knows is remarked on.

    Args:
        record: The record.
        things: Ids of the project and its award.
        countries: Elements with a code.
        shares: Whether their shares are of the whole activity.
    """
    elements: dict[str, Element] = {}
    for country in countries:
        code = line(country.get("code")).upper()
        government = governments().codes.get(code)
        if government is None:
            name = text_of(country).main
            record.notes.append(f"recipient country {code[:40]!r}{f' ({name[:80]})' if name else ''} is not known")
        elif government not in elements:
            elements[government] = country
        elif shares:
            record.notes.append(f"recipient country {code} stands there twice; the first share is kept")
    for government, country in elements.items():
        share = _share(country) if shares else None
        for thing in things:
            record.edge("IMPLEMENTED_IN", thing, government, {"percentage": share}, at=country)


def region_words(region: Element) -> str:
    """Return a region as text: scheme and code, name."""
    scheme, name = coded(region, "vocabulary", "RegionVocabulary", "own"), text_of(region).main
    return f"{scheme}:{line(region.get('code'))}{f' {name}' if name else ''}"


def regions_of(regions: Sequence[Element]) -> list[str]:
    """Return the regions as text: scheme and code, name, share."""
    shares = ((region, _share(region)) for region in regions)
    return [cut(f"{region_words(region)}{f': {share}%' if share else ''}") for region, share in shares]


def remark_on_shares(countries: Sequence[Element], regions: Sequence[Element]) -> str:
    """Return what is wrong with the shares of several recipients; blank when they add up to 100.

    By the rules of IATI every one of several countries and regions has a share, and all of them make 100; regions of
    each vocabulary may be the whole beside the countries.
    """
    every = [*countries, *regions]
    if len(every) < 2:
        return ""
    shares = [(element, _share(element)) for element in every]
    if missing := sum(share is None for _, share in shares):
        stated = len(every) - missing
        return f"{missing} of {len(every)} recipients have no share" if stated else "no recipient has a share"
    sums = [_sum(share for _, share in shares)]
    sums += [
        _sum(s for e, s in shares if e.tag == "recipient-country" or (e.get("vocabulary") or "1") == vocabulary)
        for vocabulary in {region.get("vocabulary") or "1" for region in regions}
    ]
    if any(abs(total - _WHOLE) <= _TOLERANCE for total in sums):
        return ""
    return f"the shares of recipient countries and regions add up to {sums[0].normalize():f}, not 100"


def _sum(shares: Iterable[str | None]) -> Decimal:
    return sum((Decimal(share) for share in shares if share), Decimal())


def _share(element: Element) -> str | None:
    text = line(element.get("percentage"))
    if not text:
        return None
    fix = "write a number from 0 to 100"
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise refused(element, f"has the share {text!r}", fix=fix, value=text) from None
    if not 0 <= number <= _WHOLE:
        raise refused(element, f"has the share {text}", fix=fix, value=text)
    return text
