"""What the ties of FollowTheMoney say: entities that stand between two others become relationships."""

from itertools import product
from typing import Any

from ingest.formats.ftm_entity import Entity
from ingest.formats.ftm_ids import FtmIds
from ingest.formats.ftm_things import INTERNAL, Statements, States
from ingest.formats.ftm_values import LeftOut, day_of, interval
from ingest.formats.stating import as_line, edge, node
from ingest.rejections import MISSING, Refusal


def occupancy(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that a person holds a post."""
    ends = _ends(entity, ids, ("holder", "person"), ("post", "post"))
    period = _period(entity, left_out, is_open=entity.of("status") == ("current",))
    return [edge("HOLDS", holder, post, period, marking=INTERNAL) for holder, post in ends]


def membership(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that a party belongs to a body; none where the body is a company, which has no members."""
    ends = _ends(entity, ids, ("member", "organization"), ("organization", "organization"))
    if any(body.startswith("company:") for _, body in ends):
        left_out["Membership (of a company)"] += 1
        return []
    values = {"category": as_line(entity.one("role")), **_period(entity, left_out)}
    return [edge("MEMBER_OF", member, body, values, marking=_marking(member)) for member, body in ends]


def directorship(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State the post of a director, and who holds it."""
    return _held(entity, ids, left_out, "director", "organization", "director")


def employment(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State the post of an employee, and who holds it."""
    return _held(entity, ids, left_out, "employee", "employer", "employee")


def participation(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that a party carries out a project."""
    ends = _ends(entity, ids, ("participant", "organization"), ("project", "project"))
    values = {"role": as_line(entity.one("role")), **_period(entity, left_out)}
    return [edge("IMPLEMENTS", party, project, values, marking=_marking(party)) for party, project in ends]


def succession(entity: Entity, ids: FtmIds, left_out: LeftOut) -> Statements:
    """State that an organization took another's place."""
    ends = _ends(entity, ids, ("predecessor", "organization"), ("successor", "organization"))
    period = _period(entity, left_out)
    return [edge("SUCCEEDED_BY", before, after, period, marking=_marking(before, after)) for before, after in ends]


def _held(entity: Entity, ids: FtmIds, left_out: LeftOut, who: str, where: str, usual: str) -> Statements:
    """State a post in an organization by its role, and the people who hold it; organizations hold no posts."""
    role = as_line(entity.one("role")) or usual
    said: Statements = []
    for (holder, body), reference in zip(
        _ends(entity, ids, (who, "person"), (where, "organization")),
        [body for _, body in product(entity.of(who), entity.of(where))],
        strict=True,
    ):
        if not holder.startswith("person:"):
            left_out[f"{entity.schema} (of an organization)"] += 1
            continue
        post = ids.post(reference, role)
        said += [
            node(post, {"name": role}),
            edge("POST_IN", post, body),
            edge("HOLDS", holder, post, _period(entity, left_out), marking=INTERNAL),
        ]
    return said


def _ends(entity: Entity, ids: FtmIds, source: tuple[str, str], target: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the ids of both ends, each with each; an end is a property and the kind it has where nothing tells.

    Raises:
        Refusal: One of them is missing.
    """
    for name, _ in (source, target):
        if not entity.of(name):
            raise Refusal(f"the {entity.schema} has no {name}", fix=f"name it in `{name}`", code=MISSING, column=name)
    sources = [ids.named(reference, otherwise=source[1]) for reference in entity.of(source[0])]
    targets = [ids.named(reference, otherwise=target[1]) for reference in entity.of(target[0])]
    return list(product(sources, targets))


def _period(entity: Entity, left_out: LeftOut, *, is_open: bool = False) -> dict[str, Any]:
    start, end = day_of(entity, left_out, "startDate"), day_of(entity, left_out, "endDate")
    seen = day_of(entity, left_out, "date")
    return {"period": interval(start, end, is_open=is_open), "attested_on": [seen] if seen else []}


def _marking(*ends: str) -> int:
    return INTERNAL if any(end.startswith("person:") for end in ends) else 0


TIES: dict[str, States] = {
    "Directorship": directorship,
    "Employment": employment,
    "Membership": membership,
    "Occupancy": occupancy,
    "ProjectParticipant": participation,
    "Succession": succession,
}
"""What each schema that becomes a relationship says."""
