"""Keys: shown once, kept as a digest, good for what they were given out for and no longer."""

from pathlib import Path

import msgspec
import pytest
from filelock import FileLock

from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, NotFound, SettingsError, UsageError
from iga.graph.keys import LONGEST_DAYS, PREFIX, Key, KeyRing
from iga.graph.reader import ROLES, Reader

NOW, TODAY = "2026-03-01T09:00:00.000000Z", "2026-03-01"
KEY = Key("", "Dashboard", "reader", "internal", NOW, "J. Example", expires="2026-06-30")


def changed(**fields: object) -> Key:
    return msgspec.structs.replace(KEY, **fields)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys")


def test_a_key_is_found_by_its_secret_which_is_kept_nowhere(ring: KeyRing) -> None:
    key, secret = ring.add(KEY)
    assert secret.startswith(PREFIX)
    assert len(secret) == len(PREFIX) + 43  # 256 bits
    assert KeyRing(ring.path).of_secret(secret) == key
    assert ring.of_secret(secret[:-1]) is None
    assert ring.of_secret("") is None
    assert secret.removeprefix(PREFIX).encode() not in ring.path.read_bytes()
    assert ring.path.stat().st_mode & 0o077 == 0


def test_it_makes_a_reader_of_whoever_shows_it(ring: KeyRing) -> None:
    key, _ = ring.add(changed(purpose="quarterly report"))
    expected = Reader("Dashboard", "quarterly report", Marking.INTERNAL, door=f"HTTP, key {key.id}", role="reader")
    assert key.reader() == expected


def test_it_is_good_to_its_last_day_and_until_it_is_taken_back(ring: KeyRing) -> None:
    key, secret = ring.add(KEY)
    assert [key.state(day) for day in (TODAY, "2026-06-30", "2026-07-01")] == ["good", "good", "expired"]
    other = KeyRing(ring.path)  # another process
    assert other.has_good(TODAY)
    ring.revoke(key.id, today=TODAY, because="found in a log")
    [held] = other.keys()
    assert (held.state(TODAY), held.because) == ("revoked", "found in a log")
    assert not other.has_good(TODAY)
    with pytest.raises(NotFound, match="is revoked"):
        ring.revoke(key.id, today=TODAY, because="again")
    with pytest.raises(NotFound, match="does not exist"):
        ring.revoke("nobody", today=TODAY, because="again")
    assert ring.of_secret(secret) == held


def test_rotating_gives_another_on_the_same_terms_and_ends_the_old_one(ring: KeyRing) -> None:
    old, secret = ring.add(changed(scopes=("questions",), networks=("10.0.0.0/8",)))
    new, other = ring.rotate(old.id, now="2026-05-01T00:00:00Z", by="B. Example", overlap_days=7)
    assert other != secret
    assert (new.holder, new.scopes, new.networks, new.made_by) == ("Dashboard", old.scopes, old.networks, "B. Example")
    assert (new.made_at[:10], new.expires) == ("2026-05-01", "2026-08-30")
    first, second = ring.keys()
    assert (first.expires, second.id) == ("2026-05-08", new.id)
    assert (ring.of_secret(secret), ring.of_secret(other)) == (first, second)
    ring.revoke(new.id, today="2026-05-02", because="lost")
    with pytest.raises(NotFound, match="is revoked"):
        ring.rotate(new.id, now="2026-05-02T00:00:00Z", by="B. Example", overlap_days=1)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"role": "king"}, "role 'king': write reader"),
        ({"scopes": ("everything",)}, "scope 'everything': write questions"),
        ({"networks": ("10.0.0.1/8",)}, "is no network"),
        ({"expires": "soon"}, "the last day 'soon' is no day"),
        ({"expires": "2026-02-28"}, "write a day from 2026-03-01"),
        ({"expires": "2027-03-03"}, "write a day from 2026-03-01 to 2027-03-02"),
        ({"holder": " "}, "the holder is blank"),
        ({"role": "auditor"}, "an auditor reads the log alone"),
        ({"role": "auditor", "ceiling": "sensitive", "scopes": ("audit", "find")}, "an auditor reads the log alone"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(ring: KeyRing, fields: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError) as refused:
        ring.add(changed(**fields))
    assert says in refused.value.message
    assert ring.keys() == ()


def test_nobody_changes_things_and_examines_who_changed_them(ring: KeyRing) -> None:
    auditor = changed(holder="A. Example", role="auditor", ceiling="sensitive")
    first, _ = ring.add(auditor)
    for role in ("editor", "steward"):
        with pytest.raises(Denied, match="an auditor is somebody else"):
            ring.add(changed(holder="A. Example", role=role))
    with pytest.raises(Denied, match="an auditor is somebody else"):  # who gives out keys
        ring.add(changed(holder="J. Example", role="auditor", ceiling="sensitive"))
    ring.revoke(first.id, today=TODAY, because="moved to another office")
    ring.add(changed(holder="A. Example", role="editor"))
    with pytest.raises(Denied, match="an auditor is somebody else"):
        ring.add(auditor)
    assert not [role for role, duties in ROLES.items() if "audit" in duties and duties & {"write", "keep"}]


def test_a_key_opens_its_scopes_from_its_networks(ring: KeyRing) -> None:
    key, _ = ring.add(changed(scopes=("questions", "memos"), networks=("10.20.0.0/16", "fd00::/8")))
    for path in ("/v1/questions", "/v1/questions/contact", "/v1/memos/meeting", "/openapi.json", "/readyz"):
        for client in ("10.20.1.2", "::ffff:10.20.1.2", "fd00::1"):
            assert key.opens(path, client=client) == ""
    assert "not for /find" in key.opens("/v1/find", client="10.20.1.2")
    for client in ("10.21.0.1", "127.0.0.1", "", "unix"):
        assert "may not be used from this address" in key.opens("/v1/questions", client=client)


def test_a_person_by_sign_on_has_no_secret_and_is_there_once(ring: KeyRing) -> None:
    person = changed(holder="B. Example", sign_on="b.example@agency.example.org", expires="")
    key, secret = ring.add(person)
    assert (secret, key.digest, len(key.id)) == ("", "", 8)
    assert ring.of_sign_on("B.Example@agency.example.org", today=TODAY) == key
    assert ring.of_sign_on("c.example@agency.example.org", today=TODAY) is None
    assert ring.of_sign_on("", today=TODAY) is None
    assert ring.of_secret("") is None
    assert not ring.has_good(TODAY)
    with pytest.raises(UsageError, match="is entered already"):
        ring.add(person)
    with pytest.raises(UsageError, match="kept by the organization"):
        ring.rotate(key.id, now=NOW, by="J. Example", overlap_days=1)
    ring.revoke(key.id, today=TODAY, because="left")
    assert ring.of_sign_on("b.example@agency.example.org", today=TODAY) is None


def test_the_last_use_is_noted_to_ten_minutes(ring: KeyRing) -> None:
    key, _ = ring.add(KEY)
    seen = []
    for now in ("2026-03-01T10:00:00Z", "2026-03-01T10:09:59Z", "2026-03-01T10:10:00Z"):
        ring.note_use(ring.keys()[0], now=now)
        seen.append(ring.keys()[0].used_at)
    assert seen == ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", "2026-03-01T10:10:00Z"]
    assert key.used_at == ""


def test_a_damaged_file_lets_nobody_in_and_is_not_replaced(ring: KeyRing) -> None:
    ring.path.write_bytes(b'[{"id": "3f9')
    for use in (ring.keys, lambda: ring.of_secret("x"), lambda: ring.add(KEY)):
        with pytest.raises(SettingsError, match="cannot be read"):
            use()
    assert ring.path.read_bytes() == b'[{"id": "3f9'


def test_the_longest_is_a_year(ring: KeyRing) -> None:
    assert LONGEST_DAYS == 366
    ring.add(changed(expires="2027-03-02"))


def test_a_use_is_not_noted_while_somebody_changes_the_keys(ring: KeyRing) -> None:
    key, _ = ring.add(KEY)
    with FileLock(f"{ring.path}.lock", thread_local=False):
        ring.note_use(key, now="2026-03-01T10:00:00Z")
    assert ring.keys()[0].used_at == ""
