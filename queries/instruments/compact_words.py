"""How far a compact is, in one sentence: counts by standing, never a sum of amounts."""

from collections.abc import Sequence

from queries.core.answer import Subject
from queries.core.days import passed, stretch
from queries.core.wording import counted, listed
from queries.instruments.compact_results import Put, Results

_REACH = (
    ("reached", "reached the target of its latest period"),
    ("short", "short of it"),
    ("no target", "with no target set"),
    ("not judged", "not judged"),
    ("not measured", "with nothing measured"),
)


def in_a_sentence(compact: Subject, partner: Subject, results: Results, *, day: str) -> str:
    """Return how far a compact is: indicators, what the partner gives, what we give, dialogues, promises."""
    theirs = [put for put in results.put if put.contributor == partner]
    others = [put for put in results.put if put.contributor != partner]
    parts = [_indicators(results), _theirs(partner, theirs), _ours(others), _dialogues(results, day)]
    parts += [_promises(results, day)]
    return f"{compact.name}: {'; '.join(part for part in parts if part)}"


def _indicators(results: Results) -> str:
    latest = results.latest
    if not latest:
        return "no indicator is held, so no target and no result"
    said = [(sum(one.reach == reach for one in latest), words) for reach, words in _REACH]
    counts = [f"{number} {words}" for number, words in said if number]
    return f"{counted(len(latest), 'indicator')}, {listed(counts)}"


def _theirs(partner: Subject, put: Sequence[Put]) -> str:
    pledged = [one for one in put if one.is_pledge]
    if not put:
        return f"no contribution of {partner.name} is held"
    if not pledged:
        return f"{counted(len(put), 'contribution')} of {partner.name} {_be(put)} held{_what(put)}, none as a pledge"
    some = [one for one in pledged if one.delivery != "not held"]
    shown = [one for one in some if one.delivery == "with evidence"]
    first = f"{counted(len(pledged), 'pledge')} of {partner.name} {_be(pledged)} held{_what(pledged)}"
    if not some:
        return f"{first}; nothing is held on delivery"
    delivered = f"{first}; something is held as delivered on {len(some)} of them"
    delivered += f", with evidence on {len(shown) or 'none'}"
    return delivered + (f", and nothing on {len(pledged) - len(some)}" if len(pledged) > len(some) else "")


def _ours(put: Sequence[Put]) -> str:
    if not put:
        return ""
    names = listed(list(dict.fromkeys(one.contributor.name for one in put if one.contributor)))
    return (
        f"{counted(len(put), 'amount or contribution', 'amounts and contributions')} of {names or 'others'}"
        f"{', not added' if len(put) > 1 else ''}"
    )


def _dialogues(results: Results, day: str) -> str:
    held = [edge for edge in results.dialogues if passed(edge.values.get("period_start"), on=day) == "yes"]
    held = [edge for edge in held if edge.values.get("status") in ("held", None)]
    ahead = [edge for edge in results.dialogues if passed(edge.values.get("period_start"), on=day) != "yes"]
    ahead = [edge for edge in ahead if edge.values.get("period_start")]
    undated = len(results.dialogues) - len(held) - len(ahead)
    if not results.dialogues:
        return "no dialogue is held"
    last = f"last dialogue {stretch(held[-1].values)}" if held else "no dialogue with a day that has passed is held"
    next_ = f", next {stretch(ahead[0].values)}" if ahead else ""
    return last + next_ + (f", {undated} without a day or not held" if undated else "")


def _promises(results: Results, day: str) -> str:
    if not results.promises:
        return ""
    late = sum(promise.is_overdue(day) for promise in results.promises)
    still = sum(promise.is_open(day) for promise in results.promises)
    return (
        f"{counted(len(results.promises), 'promise')} made under it, {still or 'none'} open, {late or 'none'} overdue"
    )


def _what(put: Sequence[Put]) -> str:
    """Return a contribution by name, which keeps what an amount alone loses: at least, in kind. Several are rows."""
    return f" ({put[0].edge.name})" if len(put) == 1 else ""


def _be(put: Sequence[Put]) -> str:
    return "is" if len(put) == 1 else "are"
