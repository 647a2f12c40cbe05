"""Where an activity runs: countries with their shares, regions as words, and a remark when shares do not add up."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from lxml.etree import _Element as Element

from ingest.formats.iati.codes import REGION_SCHEMES
from ingest.formats.iati.telling import Telling, refused
from ingest.formats.iati.texts import cut, line, told
from ingest.names import governments

# Publishers round to two decimals: three thirds make 99.99.
_TOLERANCE = Decimal("0.01")
_WHOLE = Decimal(100)


def tell_countries(
    telling: Telling, things: Sequence[str], countries: Sequence[Element], *, shares: bool = True
) -> None:
    """State in which countries things run, each once; a code that no table knows is remarked on.

    Args:
        telling: The record.
        things: Ids of the project and its award.
        countries: Elements with a code.
        shares: Whether their shares are of the whole activity.

    Raises:
        Refusal: A share is not between 0 and 100.
    """
    found: dict[str, Element] = {}
    for country in countries:
        code = line(country.get("code")).upper()
        government = governments().codes.get(code)
        if government is None:
            name = told(country).main
            telling.notes.append(f"recipient country {code[:40]!r}{f' ({name[:80]})' if name else ''} is not known")
        elif government not in found:
            found[government] = country
        elif shares:
            telling.notes.append(f"recipient country {code} stands there twice; the first share is kept")
    for government, country in found.items():
        share = _share(country) if shares else None
        for thing in things:
            telling.edge("IMPLEMENTED_IN", thing, government, {"percentage": share}, country)


def regions_of(regions: Sequence[Element]) -> list[str]:
    """Return the regions as text: scheme and code, name, share.

    Raises:
        Refusal: A share is not between 0 and 100.
    """
    found = []
    for region in regions:
        scheme = REGION_SCHEMES.get(region.get("vocabulary") or "", "own")
        name, share = told(region).main, _share(region)
        words = f"{scheme}:{line(region.get('code'))}{f' {name}' if name else ''}{f': {share}%' if share else ''}"
        found.append(cut(words))
    return found


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
    for vocabulary in {region.get("vocabulary") or "1" for region in regions}:
        sums.append(
            _sum(s for e, s in shares if e.tag == "recipient-country" or (e.get("vocabulary") or "1") == vocabulary)
        )
    if any(abs(total - _WHOLE) <= _TOLERANCE for total in sums):
        return ""
    return f"the shares of recipient countries and regions add up to {sums[0].normalize():f}, not 100"


def _sum(shares: Iterable[str | None]) -> Decimal:
    return sum((Decimal(share) for share in shares if share), Decimal())


def _share(element: Element) -> str | None:
    text = line(element.get("percentage"))
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise refused(element, f"has the share {text!r}", fix="write a number from 0 to 100", value=text) from None
    if not 0 <= number <= _WHOLE:
        raise refused(element, f"has the share {text}", fix="write a number from 0 to 100", value=text)
    return text
