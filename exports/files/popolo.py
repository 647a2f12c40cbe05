"""Parties in the terms of Popolo (popoloproject.com/specs): persons, organizations, posts, memberships."""

from collections.abc import Mapping, Sequence
from typing import Any

from iga.exports.files.row_files import JsonRow
from iga.exports.wording import is_link
from iga.graph.text import counted

_MEDIA = {"phone": "voice", "mobile": "cell", "hotline": "voice"}
_LINKED = ("website", "form")


def popolo_of(rows: Sequence[JsonRow], *, about: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return rows of parties as one Popolo document, and sentences on what was left out.

    Days stay as partial as they are. A membership of an organization names it as ``member``. What is not certain on
    the day says so in ``held``, and every record carries its marking; both stand beside Popolo's own terms.
    """
    popolo = _Popolo()
    for row in rows:
        popolo.take(row)
    notes = []
    if popolo.refused:
        notes.append(f"{counted(popolo.refused, 'channel')} that bounced or must not be used left out")
    if popolo.ours:
        notes.append(f"{counted(popolo.ours, 'tie')} of our own side left out: Popolo has no term for it")
    document = {
        "meta": dict(about),
        "persons": list(popolo.persons.values()),
        "organizations": list(popolo.organizations.values()),
        "posts": list(popolo.posts.values()),
        "memberships": list(popolo.memberships.values()),
    }
    return document, tuple(notes)


class _Popolo:
    def __init__(self) -> None:
        self.persons: dict[str, JsonRow] = {}
        self.organizations: dict[str, JsonRow] = {}
        self.posts: dict[str, JsonRow] = {}
        self.memberships: dict[str, JsonRow] = {}
        self.refused = 0
        self.ours = 0

    def take(self, row: JsonRow) -> None:
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
                body = {"@type": "Organization", "id": row["of"], "name": row["of_name"]}
                member = {"person_id": row["of"]} if row["of"] in self.persons else {"member": body}
                self._membership(row, **member, organization_id=row["id"])
            case "channel":
                self._channel(row)
            case _:
                self.ours += 1

    def _party(self, it: str, cls: str, row: JsonRow) -> None:
        if cls == "Person":
            self.persons.setdefault(it, _person(row))
        else:
            full = _organization(row)
            self.organizations[it] = {**self.organizations.get(it, {}), **full}

    def _membership(self, row: JsonRow, **ends: Any) -> None:
        days = {"start_date": row["start"], "end_date": row["end"], "held": row["held"]}
        ends = {name: value or None for name, value in ends.items()}
        self.memberships[row["key"]] = _filled(row, {"id": row["key"], "role": row["role"], **ends, **days})

    def _channel(self, row: JsonRow) -> None:
        if row["unusable_because"]:
            self.refused += 1
            return
        owner = next(
            records[row["of"]] for records in (self.persons, self.organizations, self.posts) if row["of"] in records
        )
        kind, value = row["channel_kind"] or "", row["channel_value"] or ""
        if kind in _LINKED and is_link(value):
            owner.setdefault("links", []).append({"url": value, "note": row["purpose"] or kind})
            return
        detail = _filled(row, {"type": _MEDIA.get(kind, kind), "value": value, "note": row["purpose"]})
        owner.setdefault("contact_details", []).append(detail)


def _person(row: JsonRow) -> JsonRow:
    values = row["values"] or {}
    person = {
        "family_name": values.get("family_name"),
        "honorific_prefix": values.get("form_of_address"),
        "summary": values.get("public_role") or values.get("summary"),
    }
    return _filled(row, {"id": row["id"], "name": row["name"], **person, **_names(values)})


def _organization(row: JsonRow) -> JsonRow:
    values = row["values"] or {}
    existence = values.get("existence") or {}
    website = values.get("website", "")
    organization = {
        "classification": values.get("body_kind") or values.get("forum_kind") or row["class"],
        "abstract": values.get("summary"),
        "founding_date": values.get("founded_on") or existence.get("start") or None,
        "dissolution_date": existence.get("end") or None,
        **_names(values),
        "links": [{"url": website, "note": "website"}] if is_link(website) else None,
    }
    return _filled(row, {"id": row["id"], "name": row["name"], **organization})


def _post(row: JsonRow, *, organization: str | None) -> JsonRow:
    values = row["values"] or {}
    titles, role = values.get("titles"), values.get("role")
    post = {"id": row["id"], "label": row["name"], "other_label": titles, "role": role, "organization_id": organization}
    return _filled(row, post)


def _names(values: Mapping[str, Any]) -> JsonRow:
    """Return other names and identifiers; a name in another language says in which."""
    others = [{"name": name} for name in values.get("aliases", ())]
    if values.get("acronym"):
        others.append({"name": values["acronym"], "note": "acronym"})
    languages = [code for code in ("ar", "es", "fr", "ru", "zh") if values.get(f"name_{code}")]
    others += [{"name": values[f"name_{code}"], "note": code} for code in languages]
    numbers = [identifier.partition(":")[::2] for identifier in values.get("identifiers", ())]
    numbers += [(f"ISO 3166-1 {code}", values[code]) for code in ("iso2", "iso3") if values.get(code)]
    identifiers = [{"scheme": scheme, "identifier": number} for scheme, number in numbers if number]
    return {"other_names": others or None, "identifiers": identifiers or None}


def _filled(row: JsonRow, record: JsonRow) -> JsonRow:
    """Return what a record holds, with its marking, and pages of its sources with where in them it stands."""
    notes = [note for note in row["evidence"] if note["url"]]
    sources = [{"url": note["url"], "note": f"{note['title']}, {note['locator']}"} for note in notes]
    whole = {**record, "marking": row["marking"], "sources": sources or None}
    return {name: value for name, value in whole.items() if value is not None}
