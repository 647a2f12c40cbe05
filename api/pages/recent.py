"""What whoever is signed in looked at last: in the memory of their session alone."""

from fastapi import Request

from iga.api.deps import Visit, noting
from iga.api.sign_ins import session_in, visitor_of
from iga.queries.core.printed_names import printed_names
from iga.queries.core.session import Session


def remember(request: Request, id_: str) -> None:
    """Remember that whoever is signed in by a link looked at a thing; of nobody else anything is remembered."""
    if visitor_of(request).can_sign_out:
        request.app.state.sign_ins.note_look(session_in(request.scope), id_)


def recent(visit: Visit) -> list[tuple[str, str]]:
    """Return id and name of what was looked at, the last first, as far as it is there and may be seen now."""
    request, workspace = visit
    looked_at = (
        request.app.state.sign_ins.looked_at(session_in(request.scope)) if visitor_of(request).can_sign_out else ()
    )
    if not looked_at:
        return []
    with noting(visit) as sessions, workspace.reading() as reading:
        sessions.append(Session.at(workspace, reading))
        names = printed_names(sessions[0], looked_at)
    return [(id_, names[id_]) for id_ in looked_at if id_ in names]
