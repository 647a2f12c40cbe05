"""An answer on funding in words: totals that are never added across, what does not count, and what is not held."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from queries.answer import Caveat, Subject
from queries.funding.amounts import LAYERS, Amount
from queries.funding.reach import Holding
from queries.funding.row import FundingRow, Group, grouped_amounts
from queries.question import Draft
from queries.wording import counted, listed, years_listed

_PAID = frozenset({"outlay", "disbursement", "expenditure"})
# Shares are printed rounded, thirds to 33.3 each.
_ROUNDING = Decimal("0.1")
_HUNDRED = Decimal(100)


def sentence(subject: Subject, groups: Sequence[Group], drafts: Sequence[Draft], *, period: str) -> str:
    """Return the answer in words: each total with its layer, measure, currency, source and years."""
    rows = [draft.row for draft in drafts if isinstance(draft.row, FundingRow)]
    if not rows:
        return f"no funding of {subject.name} is held{period}"
    totals = list(_totals(groups, rows))
    things = len({row.about for row in rows})
    words = f"money of {counted(things, 'award, project or line', 'awards, projects and lines')} of {subject.name}"
    words += f" is held{period}"
    if totals:
        words += f"; {'; '.join(totals)}"
    if len(totals) > 1:
        words += "; these totals are not added to each other"
    if singles := sum(group.first.is_single for group in groups):
        figures = counted(singles, "figure that is", "figures that are")
        words += f"; {figures} announced or stated as a whole, shown singly and not added up"
    left_out = _left_out(groups)
    return words + (f"; not counted: {left_out}" if left_out else "")


def _totals(groups: Sequence[Group], rows: Sequence[FundingRow]) -> Iterable[str]:
    counting: dict[tuple[int, str, str, str], list[tuple[Group, FundingRow]]] = {}
    for group, row in zip(groups, rows, strict=True):
        if group.counts:
            key = (LAYERS.index(row.layer), row.measure, row.currency, row.source_title)
            counting.setdefault(key, []).append((group, row))
    for (layer, measure, currency, title), found in sorted(counting.items(), key=lambda item: item[0]):
        whole = sum((group.total for group, _ in found), Decimal(0))
        yield (
            f"{LAYERS[layer]}, {measure.replace('_', ' ')}: {_printed(whole)} {currency} ({title}{_years(found)})"
            + _view([row for _, row in found])
        )


def _years(found: Sequence[tuple[Group, FundingRow]]) -> str:
    fiscal = sorted({row.fiscal_year for _, row in found if row.fiscal_year})
    calendar = sorted(
        {int(day[:4]) for group, _ in found for each in group.amounts if each.day for day in each.days or ()}
    )
    told = f"; US fiscal {years_listed(fiscal)}" if fiscal else ""
    return told + (f"; calendar {years_listed(calendar)}" if calendar else "")


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
    return f", which is {_printed(sum(shown, Decimal(0)))} {code} at the rates of the rows{rest}"


def _left_out(groups: Sequence[Group]) -> str:
    """Return what totals leave out, by reason: how many amounts, and how much."""
    found: dict[tuple[str, str], list[Group]] = {}
    for group in groups:
        if group.first.left_out:
            found.setdefault((_kind(group.first.left_out), group.first.currency), []).append(group)
    told = []
    for (kind, currency), those in sorted(found.items()):
        count = sum(len(group.amounts) for group in those)
        told.append(f"{kind} ({count}, {_printed(sum((group.total for group in those), Decimal(0)))} {currency})")
    return listed(told, most=len(told))


def _kind(reason: str) -> str:
    """Return the reason without what only one amount says: up to its colon."""
    plain = reason.partition(":")[0]
    return "likely duplicate sub-awards" if plain.startswith("likely repeats") else plain


def _printed(amount: Decimal) -> str:
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
    found = [*_undisclosed(groups, undisclosed), *_versions(groups), *_not_held(groups, holdings), *_shares(holdings)]
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
            f"Of {layer}, {measure}: {_printed(part)} of {_printed(whole)} {currency}{share}, went to recipients whose"
            f" names are withheld ({counted(count, 'row')}, each an unknown of its own)."
        )
        yield Caveat(kind="undisclosed", text=text)


def _versions(groups: Sequence[Group]) -> Iterable[Caveat]:
    told: dict[tuple[str, str], dict[str, str]] = {}
    for group in sorted(groups, key=lambda group: (group.first.stated_on, group.first.amount, group.first.sources)):
        first = group.first
        if first.layer in ("stated total", "project list version"):
            printed = f"{_printed(first.amount)} {first.currency}"
            told.setdefault((first.about.name, first.name), {}).setdefault(printed, _version(printed, group))
    for (name, _), versions in sorted(told.items()):
        if len(versions) > 1:
            shown = ", then ".join(versions.values())
            text = f"Several totals are stated for {name}: {shown}. Each is a row, and none are summed."
            yield Caveat(kind="conflict", text=text)


def _version(printed: str, group: Group) -> str:
    first = group.first
    said = ", ".join(filter(None, (first.stated_on, f"to {first.ends_on}" if first.ends_on else "")))
    return f"{printed} ({said})" if said else printed


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
    off = []
    for each in holdings.values():
        stated = [Decimal(share) for share in each.places.values() if share is not None]
        if stated and (abs(sum(stated, Decimal(0)) - 100) > _ROUNDING or len(stated) < len(each.places)):
            off.append(f"{each.thing.name} ({_printed(sum(stated, Decimal(0)))} per cent)")
    if off:
        yield Caveat(kind="uncertain", text=f"Shares of countries do not add up to 100 for {listed(off)}.")
