"""Words of address books: what is private and never read, and forms of address, which are nobody's post."""

from functools import cache

from iga.graph.text import folded
from iga.ingest.mapping_file import bundled_yaml


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(bundled_yaml("iga.ingest", "address_words.yaml")[name])


def is_private(heading: str) -> bool:
    """True if a heading speaks of what is private: Home Phone, Assistant's Name, Other Address, Birthday."""
    words = set(folded(heading.replace("'s", "").replace("’s", "")).split())
    if words == {"family", "name"}:
        return False
    if words & _words("always"):
        return True
    alone, owners = words & _words("alone"), words & _words("owners")
    beside = words - alone - owners
    return beside <= _words("ways") and bool(alone or (owners and beside))


def is_private_label(label: str) -> bool:
    """True if the label of an address, number or page says that it is private: ``home``, ``_$!<Other>!$_``."""
    private = _words("always") | _words("alone") | _words("owners")
    return any(word in private or word.startswith(("home", "private")) for word in folded(label).split())


def is_private_mail(address: str) -> bool:
    """True if an address is at a provider where people keep their private mail."""
    domain = address.rpartition("@")[2].strip().casefold()
    return domain in _words("provider_domains") or domain.partition(".")[0] in _words("providers")


def form_of_address(text: str) -> str:
    """Return a title that is a form of address and no more (Mr., Dr., H.E.); blank where it says something else."""
    words = set(folded(text.replace(".", "").replace("H E", "HE")).split())
    forms = _words("forms_of_address")
    return " ".join(text.split()) if words & forms and words <= forms | _words("beside_forms") else ""
