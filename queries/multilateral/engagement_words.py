"""What an answer on engagements says in words: how many, the latest, what is to come, how démarches stand."""

from collections.abc import Sequence

from queries.answer import Caveat, Subject
from queries.multilateral.engagement_row import Around, is_coming, is_demarche
from queries.reading import FullTie
from queries.wording import counted, listed

_ONLY_PLANNED = ("planned", "confirmed", "postponed")


def sentence_of(
    party: Subject | None, other: Subject | None, ties: Sequence[FullTie], around: Around, *, day: str
) -> str:
    """Return the answer in words: how many engagements, the latest, what is to come, and how démarches stand."""
    of = (f" of {party.name}" if party else "") + (f" with {other.name}" if other else "")
    if not ties:
        return f"no engagement{of} is recorded for what was asked"
    coming = [tie for tie in ties if is_coming(tie, day)]
    past = [tie for tie in ties if not is_coming(tie, day) and tie.values.get("period_start")]
    planned = sum(tie.values.get("status") in _ONLY_PLANNED for tie in past)
    sentence = f"{counted(len(ties), 'engagement')}{of} {'is' if len(ties) == 1 else 'are'} recorded"
    if latest := [tie for tie in past if tie.values.get("status") == "held"][:1]:
        sentence += f", the latest that took place {latest[0].name} ({latest[0].values['period_start']})"
    sentence += f"; {len(coming)} still to come" if coming else ""
    sentence += f"; {planned} known only as planned, though the day has passed" if planned else ""
    return sentence + _delivered(ties, around)


def _delivered(ties: Sequence[FullTie], around: Around) -> str:
    """Return how démarches stand: an approach is to somebody; the instruction that several posts got is none."""
    approaches = [tie for tie in ties if is_demarche(tie.values) and around.participants.get(tie.id)]
    if not approaches:
        return ""
    done = [tie for tie in approaches if tie.values.get("status") == "held"]
    posts = {one.name for tie in done for one in around.organizers.get(tie.id, ())}
    days = sorted(tie.values["period_start"] for tie in done if tie.values.get("period_start"))
    when = f" between {days[0]} and {days[-1]}" if len(set(days)) > 1 else f" on {days[0]}" if days else ""
    sentence = (
        f"; {len(done)} of {counted(len(approaches), 'démarche')} delivered by {counted(len(posts), 'post')}{when}"
    )
    open_ = [to for tie in approaches if tie not in done for to in _approached(tie, around)]
    sentence += f", not delivered yet to {listed(open_)}" if open_ else ""
    silent = [to for tie in done if not tie.values.get("response") for to in _approached(tie, around)]
    answered = sum(bool(tie.values.get("response")) for tie in done)
    sentence += f"; {counted(answered, 'response')} held"
    return sentence + (f", none held from {listed(silent)}" if silent else "")


def _approached(tie: FullTie, around: Around) -> list[str]:
    return [one.name for one in around.approached.get(tie.id, ())]


def doubts_of(ties: Sequence[FullTie], around: Around, *, day: str) -> tuple[Caveat, ...]:
    """Say of how many no day and no list of participants is held, and what is internal until it is held."""
    doubts = []
    if undated := sum(not tie.values.get("period_start") for tie in ties):
        text = f"No day is held for {counted(undated, 'engagement')}; listed last, whatever the period."
        doubts.append(Caveat(kind="unknown", text=text))
    held = [tie for tie in ties if tie.values.get("status") == "held" and not is_coming(tie, day)]
    lacking = sum(not around.participants.get(tie.id) for tie in held)
    if lacking:
        text = f"No list of participants is held for {lacking} of {counted(len(held), 'engagement')} that took place."
        doubts.append(Caveat(kind="partial", text=text))
    return tuple(doubts)
