"""An answer on funding in words: totals that are never added across, what does not count, and what is not held."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from queries.core.answer import Caveat, Subject
from queries.core.question import SourcedRow
from queries.core.wording import counted, listed
from queries.funding.amounts import LAYERS, Amount
from queries.funding.reach import Holding
from queries.funding.row import FundingRow, Group, grouped_amounts
from queries.funding.shares import can_be_shared, stated_shares
from queries.funding.tally import Sum, counted_sum, left_out_in_full, left_out_in_short, passed_on, printed

_PAID = frozenset({"outlay", "disbursement", "expenditure"})
PARTED = "Amounts of awards that run in several countries are parted by the shares that their source states."
_HUNDRED = Decimal(100)


def sentence(subject: Subject, groups: Sequence[Group], sourced_rows: Sequence[SourcedRow], *, period: str) -> str:
    """Return the answer in words: the totals of one layer, what stands apart from them, and what no total counts."""
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, FundingRow)]
    if not rows:
        return f"no funding of {subject.name} is held{period}"
    things = "" if subject.cls in ("Award", "Project") else f"{_things(rows)} of "
    told = [f"money of {things}{subject.name}{period}", *_totals(subject, groups, rows)]
    told += singly(each for group in groups for each in group.amounts)
    told += left_out_in_short(each for group in groups for each in group.amounts)
    return "; ".join(told)


def singly(amounts: Iterable[Amount]) -> list[str]:
    """Return figures that stand for themselves alone in words: one as it is, more by their number; nothing for none."""
    singles = [each for each in amounts if each.is_single]
    if len(singles) == 1:
        [one] = singles
        return [f"{one.measure.replace('_', ' ')} for {one.about.name}: {printed(one.amount)} {one.currency}"]
    return [f"{len(singles)} figures announced or stated for a whole, which are not added up"] if singles else []


def _things(rows: Sequence[FundingRow]) -> str:
    """Return how many things of each sort the rows are of: ``2 awards and 1 budget line``."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.about_class, set()).add(row.about)
    names = {"Award": "award", "Project": "project", "FundingLine": "budget line", "Contribution": "contribution"}
    return listed([counted(len(found[cls]), names[cls]) for cls in names if cls in found])


def _totals(subject: Subject, groups: Sequence[Group], rows: Sequence[FundingRow]) -> Iterable[str]:
    """Yield totals by layer, measure, currency and source: those of the first layer whole, the others short."""
    counting: dict[tuple[int, str, str, str], list[tuple[Group, FundingRow]]] = {}
    for group, row in zip(groups, rows, strict=True):
        if group.counts:
            key = (LAYERS.index(row.layer), row.measure, row.currency, row.source_title)
            counting.setdefault(key, []).append((group, row))
    kinds = [key[:3] for key in counting]
    main = min((key[0] for key in counting), default=0)
    beside, is_later = [], False
    for key, found in sorted(counting.items(), key=lambda item: item[0]):
        layer, measure, currency, title = key
        amounts = tuple(each for group, _ in found for each in group.amounts)
        total = Sum(LAYERS[layer], measure, currency, amounts)
        source = f", as {title} states" if kinds.count(key[:3]) > 1 else ""
        view = _view([row for _, row in found])
        if layer == main:
            yield f"{total.brief if is_later else total.in_words}{source}{view}"
            is_later = True
        elif total.layer == "sub-award":
            yield f"apart from that {passed_on(total, subject.id)}: {counted_sum(total)}{source}{view}"
        else:
            beside.append(f"{total.brief}{source}{view}")
    if beside:
        yield f"beside it, never added: {listed(beside, most=2)}"


def _view(rows: Sequence[FundingRow]) -> str:
    """Return the total in the currency asked for, as far as rates are held; blank where none was asked for."""
    if not any(row.conversion for row in rows):
        return ""
    shown = [Decimal(row.converted_amount) for row in rows if row.converted_amount is not None]
    if not shown:
        return ", not converted: no rate fits"
    code = next(row.converted_currency for row in rows if row.converted_currency)
    missing = len(rows) - len(shown)
    rest = f", without {counted(missing, 'row')} for which no rate is held" if missing else ""
    return f", which is {printed(sum(shown, Decimal(0)))} {code} at the rates of the rows{rest}"


def doubts(
    groups: Sequence[Group],
    holdings: Mapping[str, Holding],
    *,
    undisclosed: frozenset[str],
    again_later: int,
    wholes_left_out: int,
) -> tuple[Caveat, ...]:
    """Return what the answer does not know.

    Args:
        groups: The rows' amounts.
        holdings: The awards, projects and lines.
        undisclosed: Ids of receivers whose names are withheld.
        again_later: Counted sub-awards that repeat another on another day.
        wholes_left_out: Awards and projects whose stated totals are not shown, because a time was asked for.
    """
    found = [
        *_undisclosed(groups, undisclosed),
        *_versions(groups),
        *_not_held(groups, holdings),
        *_shares(holdings),
        *_derived(groups),
        *left_out_in_full(each for group in groups for each in group.amounts),
    ]
    if again_later:
        text = (
            f"{counted(again_later, 'sub-award')} repeat number, sub-recipient and amount of another on another day:"
            " instalments, or reports of one; they are counted."
        )
        found.append(Caveat(kind="uncertain", text=text))
    if wholes_left_out:
        text = (
            f"Stated totals of {counted(wholes_left_out, 'award or project', 'awards and projects')} are of their whole"
            " life, so they are not shown for a limited time."
        )
        found.append(Caveat(kind="partial", text=text))
    return tuple(found)


def withheld(amounts: Iterable[Amount], undisclosed: frozenset[str]) -> Iterable[Caveat]:
    """Yield which share of each layer and measure went to recipients whose names are withheld."""
    return _undisclosed(grouped_amounts(amounts), undisclosed)


def _undisclosed(groups: Sequence[Group], undisclosed: frozenset[str]) -> Iterable[Caveat]:
    shares: dict[tuple[str, str, str], list[Group]] = {}
    for group in groups:
        if group.counts and group.first.receiver:
            shares.setdefault((group.first.layer, group.first.measure, group.first.currency), []).append(group)
    for (layer, measure, currency), those in sorted(shares.items()):
        hidden = [group for group in those if group.first.receiver in undisclosed]
        if not hidden:
            continue
        part, whole = (sum((group.total for group in of), Decimal(0)) for of in (hidden, those))
        share = f", {part * _HUNDRED / whole:.1f} per cent" if whole > 0 and part >= 0 else ""
        count = sum(len(group.amounts) for group in hidden)
        text = (
            f"Of {layer}, {measure}: {printed(part)} of {printed(whole)} {currency}{share}, went to recipients whose"
            f" names are withheld ({counted(count, 'row')}, each an unknown of its own)."
        )
        yield Caveat(kind="undisclosed", text=text)


def _versions(groups: Sequence[Group]) -> Iterable[Caveat]:
    told: dict[tuple[str, str], dict[str, str]] = {}
    for group in sorted(groups, key=lambda group: (group.first.stated_on, group.first.amount, group.first.sources)):
        first = group.first
        if first.layer in ("stated total", "project list version"):
            amount = f"{printed(first.amount)} {first.currency}"
            told.setdefault((first.about.name, first.name), {}).setdefault(amount, _version(amount, group))
    for (name, _), versions in sorted(told.items()):
        if len(versions) > 1:
            shown = ", then ".join(versions.values())
            text = f"Several totals are stated for {name}: {shown}. Each is a row, and none are summed."
            yield Caveat(kind="conflict", text=text)


def _version(amount: str, group: Group) -> str:
    first = group.first
    said = ", ".join(filter(None, (first.stated_on, f"to {first.ends_on}" if first.ends_on else "")))
    return f"{amount} ({said})" if said else amount


def _not_held(groups: Sequence[Group], holdings: Mapping[str, Holding]) -> Iterable[Caveat]:
    if not groups:
        yield Caveat(kind="unknown", text="That nothing is held does not say that there was nothing.")
        return
    lacking = []
    if not any(group.first.measure in _PAID for group in groups):
        lacking.append("what was paid out")
    has_awards = any(each.thing.cls == "Award" for each in holdings.values())
    if has_awards and not any(group.first.layer == "sub-award" for group in groups):
        lacking.append("what was passed on as sub-awards")
    if not any(group.first.layer in ("prime award", "project activity") for group in groups):
        lacking.append("single transactions")
    if lacking:
        yield Caveat(kind="unknown", text=f"Not held: {listed(lacking)}.")


def _shares(holdings: Mapping[str, Holding]) -> Iterable[Caveat]:
    off = [
        f"{each.thing.name} ({printed(sum(stated, Decimal(0)))} per cent)"
        for each in holdings.values()
        if (stated := stated_shares(each)) and not can_be_shared(each)
    ]
    if off:
        yield Caveat(kind="uncertain", text=f"Shares of countries do not add up to 100 for {listed(off)}.")


def _derived(groups: Sequence[Group]) -> Iterable[Caveat]:
    if any(each.is_part for group in groups for each in group.amounts):
        yield Caveat(kind="derived", text=PARTED)
