"""What an answer on engagements says in words: how many, the latest, what is to come, how démarches stand."""

from collections.abc import Sequence

from queries.core.answer import Caveat, Subject
from queries.core.reading import FullEdgeRow
from queries.core.wording import counted, listed
from queries.multilateral.engagement_row import Around, is_coming, is_demarche

_ONLY_PLANNED = ("planned", "confirmed", "postponed")


def sentence_of(
    party: Subject | None, other: Subject | None, edges: Sequence[FullEdgeRow], around: Around, *, day: str
) -> str:
    """Return the answer in words: how many engagements, the latest, what is to come, and how démarches stand."""
    of = (f" of {party.name}" if party else "") + (f" with {other.name}" if other else "")
    if not edges:
        return f"no engagement{of} is recorded for what was asked"
    coming = [edge for edge in edges if is_coming(edge, day)]
    past = [edge for edge in edges if not is_coming(edge, day) and edge.values.get("period_start")]
    planned = sum(edge.values.get("status") in _ONLY_PLANNED for edge in past)
    sentence = f"{counted(len(edges), 'engagement')}{of} {'is' if len(edges) == 1 else 'are'} recorded"
    if latest := [edge for edge in past if edge.values.get("status") == "held"][:1]:
        sentence += f", the latest that took place {latest[0].name} ({latest[0].values['period_start']})"
    sentence += f"; {len(coming)} still to come" if coming else ""
    sentence += f"; {planned} known only as planned, though the day has passed" if planned else ""
    return sentence + _delivered(edges, around)


def _delivered(edges: Sequence[FullEdgeRow], around: Around) -> str:
    """Return how démarches stand: an approach is to somebody; the instruction that several posts got is none."""
    approaches = [edge for edge in edges if is_demarche(edge.values) and around.participants.get(edge.id)]
    if not approaches:
        return ""
    done = [edge for edge in approaches if edge.values.get("status") == "held"]
    posts = {one.name for edge in done for one in around.organizers.get(edge.id, ())}
    days = sorted(edge.values["period_start"] for edge in done if edge.values.get("period_start"))
    when = f" between {days[0]} and {days[-1]}" if len(set(days)) > 1 else f" on {days[0]}" if days else ""
    sentence = (
        f"; {len(done)} of {counted(len(approaches), 'démarche')} delivered by {counted(len(posts), 'post')}{when}"
    )
    open_ = [to for edge in approaches if edge not in done for to in _approached(edge, around)]
    sentence += f", not delivered yet to {listed(open_)}" if open_ else ""
    silent = [to for edge in done if not edge.values.get("response") for to in _approached(edge, around)]
    answered = sum(bool(edge.values.get("response")) for edge in done)
    sentence += f"; {counted(answered, 'response')} held"
    return sentence + (f", none held from {listed(silent)}" if silent else "")


def _approached(edge: FullEdgeRow, around: Around) -> list[str]:
    return [one.name for one in around.approached.get(edge.id, ())]


def doubts_of(edges: Sequence[FullEdgeRow], around: Around, *, day: str) -> tuple[Caveat, ...]:
    """Say of how many no day and no list of participants is held, and what is internal until it is held."""
    doubts = []
    if undated := sum(not edge.values.get("period_start") for edge in edges):
        text = f"No day is held for {counted(undated, 'engagement')}; listed last, whatever the period."
        doubts.append(Caveat(kind="unknown", text=text))
    held = [edge for edge in edges if edge.values.get("status") == "held" and not is_coming(edge, day)]
    lacking = sum(not around.participants.get(edge.id) for edge in held)
    if lacking:
        text = f"No list of participants is held for {lacking} of {counted(len(held), 'engagement')} that took place."
        doubts.append(Caveat(kind="partial", text=text))
    return tuple(doubts)
