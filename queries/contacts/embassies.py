"""Where embassies stand: many are called alike, and only the one in our capital speaks to us."""

from collections.abc import Mapping
from dataclasses import replace

from iga.graph.text import folded
from iga.queries.core.printed_names import entities
from iga.queries.core.scope import Office
from iga.queries.core.session import Session
from iga.queries.core.wording import the

_CALLED = ("embassy", "ambassade", "embajada", "embaixada", "consulate")
_BEFORE_A_PLACE = ("in", "to", "at", "au", "en")
_OUR_CAPITAL = "washington"


def is_elsewhere(office: Office, home: str) -> bool:
    """True if an office is an embassy or a consulate that does not stand in our country, as far as is known."""
    if not _is_embassy(office) or _OUR_CAPITAL in folded(f"{office.body.name} {office.values.get('location') or ''}"):
        return False
    return office.values.get("host") != home


def with_places(session: Session, offices: Mapping[str, Office]) -> dict[str, Office]:
    """Return offices, each embassy of others named with where it stands, or that this is not on file."""
    embassies = {
        id_: str(office.values.get("host") or "")
        for id_, office in offices.items()
        if _is_embassy(office) and office.values.get("government") != session.home.government
    }
    hosts = entities(session, filter(None, embassies.values()))
    placed = dict(offices)
    for id_, host in embassies.items():
        office = offices[id_]
        if place := _unsaid(office, hosts[host].name if host in hosts else ""):
            body = office.body.model_copy(update={"name": f"{office.body.name} {place}"})
            placed[id_] = replace(office, body=body)
    return placed


def _is_embassy(office: Office) -> bool:
    name, values = folded(office.body.name), office.values
    return bool(values.get("host")) or values.get("body_kind") == "embassy" or any(word in name for word in _CALLED)


def _unsaid(office: Office, host: str) -> str:
    """Return the words that say where an embassy stands; blank where its name does."""
    name, city = folded(office.body.name).replace(" the ", " "), folded(office.values.get("location") or "")
    said = (f" {word} {folded(place)}" for word in _BEFORE_A_PLACE for place in (host, "Washington") if place)
    if (city and city in name) or any(it in name for it in said):
        return ""
    return f"in {the(host)}" if host else "(in which country is not on file)"
