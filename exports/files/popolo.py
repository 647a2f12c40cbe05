"""Parties in the terms of Popolo (popoloproject.com/specs): persons, organizations, posts, memberships."""

from collections.abc import Mapping, Sequence
from typing import Any

from exports.files.tabular import Record
from exports.wording import counted, is_link

_MEDIA = {"phone": "voice", "hotline": "voice"}
_LINKED = ("website", "form")


def popolo_of(rows: Sequence[Record], *, about: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return rows of parties as one Popolo document, and sentences on what was left out.

    Days stay as partial as they are. A membership of an organization names it as ``member``. What is not certain on
    the day says so in ``held``, and every record carries its marking; both stand beside Popolo's own terms.
    """
    found = _Document()
    for row in rows:
        found.take(row)
    notes = []
    if found.refused:
        notes.append(f"{counted(found.refused, 'channel')} that bounced or must not be used left out")
    if found.ours:
        notes.append(f"{counted(found.ours, 'tie')} of our own side left out: Popolo has no term for it")
    document = {
        "meta": dict(about),
        "persons": list(found.persons.values()),
        "organizations": list(found.organizations.values()),
        "posts": list(found.posts.values()),
        "memberships": list(found.memberships.values()),
    }
    return document, tuple(notes)


class _Document:
    def __init__(self) -> None:
        self.persons: dict[str, Record] = {}
        self.organizations: dict[str, Record] = {}
        self.posts: dict[str, Record] = {}
        self.memberships: dict[str, Record] = {}
        self.refused = 0
        self.ours = 0

    def take(self, row: Record) -> None:
        """Take what a row says."""
        match row["part"]:
            case "party":
                self._party(row["id"], row["class"], row)
            case "post":
                self.posts.setdefault(row["id"], _post(row, organization=row["of"]))
            case "holder":
                self._party(row["id"], "Person", row)
                body = self.posts[row["of"]]["organization_id"]
                self._membership(row, person_id=row["id"], post_id=row["of"], organization_id=body)
            case "post held":
                self.posts.setdefault(row["id"], _post(row, organization=row["of"]))
                if row["of"] and row["of"] not in self.organizations:
                    self.organizations[row["of"]] = {"id": row["of"], "name": row["of_name"]}
                self._membership(row, person_id=row["party"], post_id=row["id"], organization_id=row["of"])
            case "membership":
                self.organizations.setdefault(row["id"], _organization(row))
                member = {"person_id": row["of"]} if row["of"] in self.persons else {
                    "member": {"@type": "Organization", "id": row["of"], "name": row["of_name"]}
                }  # fmt: skip
                self._membership(row, **member, organization_id=row["id"])
            case "channel":
                self._channel(row)
            case _:
                self.ours += 1

    def _party(self, it: str, cls: str, row: Record) -> None:
        if cls == "Person":
            self.persons.setdefault(it, _person(row))
        else:
            full = _organization(row)
            self.organizations[it] = {**self.organizations.get(it, {}), **full}

    def _membership(self, row: Record, **ends: Any) -> None:
        filled = {name: value for name, value in ends.items() if value}
        said = {"id": row["key"], "role": row["role"], **filled, "start_date": row["start"], "end_date": row["end"],
                "held": row["held"], **_common(row)}  # fmt: skip
        self.memberships[row["key"]] = {name: value for name, value in said.items() if value is not None}

    def _channel(self, row: Record) -> None:
        if row["unusable_because"]:
            self.refused += 1
            return
        owner = next(kept[row["of"]] for kept in (self.persons, self.organizations, self.posts) if row["of"] in kept)
        kind, value = row["channel_kind"] or "", row["channel_value"] or ""
        if kind in _LINKED and is_link(value):
            owner.setdefault("links", []).append({"url": value, "note": row["purpose"] or kind})
            return
        detail = {"type": _MEDIA.get(kind, kind), "value": value, "note": row["purpose"], **_common(row)}
        said = {name: part for name, part in detail.items() if part is not None}
        owner.setdefault("contact_details", []).append(said)


def _person(row: Record) -> Record:
    values = row["values"] or {}
    said = {
        "id": row["id"],
        "name": row["name"],
        "family_name": values.get("family_name"),
        "honorific_prefix": values.get("form_of_address"),
        "summary": values.get("public_role") or values.get("summary"),
        **_named(values),
        **_common(row),
    }
    return {name: value for name, value in said.items() if value is not None}


def _organization(row: Record) -> Record:
    values = row["values"] or {}
    existence = values.get("existence") or {}
    said = {
        "id": row["id"],
        "name": row["name"],
        "classification": values.get("body_kind") or values.get("forum_kind") or row["class"],
        "abstract": values.get("summary"),
        "founding_date": values.get("founded_on") or existence.get("start") or None,
        "dissolution_date": existence.get("end") or None,
        **_named(values),
        **_common(row),
    }
    if is_link(website := values.get("website", "")):
        said["links"] = [{"url": website, "note": "website"}]
    return {name: value for name, value in said.items() if value is not None}


def _post(row: Record, *, organization: str | None) -> Record:
    values = row["values"] or {}
    said = {
        "id": row["id"],
        "label": row["name"],
        "other_label": values.get("titles"),
        "role": values.get("role"),
        "organization_id": organization,
        **_common(row),
    }
    return {name: value for name, value in said.items() if value is not None}


def _named(values: Mapping[str, Any]) -> Record:
    """Return other names and identifiers; a name in another language says in which."""
    others = [{"name": name} for name in values.get("aliases", ())]
    if values.get("acronym"):
        others.append({"name": values["acronym"], "note": "acronym"})
    others += [{"name": values[f"name_{code}"], "note": code} for code in ("ar", "es", "fr", "ru", "zh")
               if values.get(f"name_{code}")]  # fmt: skip
    numbers = [(text.partition(":")[0], text.partition(":")[2]) for text in values.get("identifiers", ())]
    numbers += [(f"ISO 3166-1 {code}", values[code]) for code in ("iso2", "iso3") if values.get(code)]
    identifiers = [{"scheme": scheme, "identifier": number} for scheme, number in numbers if number]
    return {"other_names": others or None, "identifiers": identifiers or None}


def _common(row: Record) -> Record:
    """Return what every record carries: its marking, and pages of its sources with where in them it stands."""
    sources = [
        {"url": note["url"], "note": f"{note['title']}, {note['locator']}"} for note in row["evidence"] if note["url"]
    ]
    return {"marking": row["marking"], "sources": sources or None}
