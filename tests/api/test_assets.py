"""What the pages are dressed in is sent to whoever asks, alike, once; nothing else lies under its addresses."""

import gzip
import json
import re
from pathlib import Path

import pytest
import zstandard

from hatch_build import PACKAGES, named_by_content
from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.api.pages.assets import BUILT, FOLDER, Assets, Dress, address_of_asset
from iga.graph.workspace import Workspace
from tests.app_client import AppClient
from tests.dress import NEEDS_BUILD

SHEET = b"body{color:#111}" * 100


def made(folder: Path, **files: bytes) -> Dress:
    """Return the dress of a build of some files, by the names that they are asked for under."""
    names = {name: named_by_content(name, content) for name, content in files.items()}
    for name, content in files.items():
        (folder / names[name]).write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps({"made_of": "", "files": names}), "utf-8")
    return Dress(folder)


@pytest.fixture(scope="module")
def dress(tmp_path_factory: pytest.TempPathFactory) -> Dress:
    folder = tmp_path_factory.mktemp("built")
    (folder / "styles.0000.css").write_bytes(b"of an earlier build")
    return made(folder, **{"styles.css": SHEET, "htmx.js": b"void 0;", "Sans.woff2": b"wOF2", "flag.png": b"\x89PNG"})


@pytest.fixture(scope="module")
def shut(workspace: Workspace, dress: Dress) -> AppClient:
    """Give a service that answers nobody without a key, with what stands before it."""
    app = Assets(create_app(workspace, entrance=Entrance(anybody=None)), dress=dress)
    return AppClient(app, headers={"Accept-Encoding": "identity"})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("styles.css", "text/css; charset=utf-8"),
        ("htmx.js", "text/javascript; charset=utf-8"),
        ("Sans.woff2", "font/woff2"),
        ("flag.png", "image/png"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_a_file_is_sent_to_whoever_asks_and_kept_for_good(shut: AppClient, dress: Dress, name: str, kind: str) -> None:
    assert shut.get("/v1/sources").status_code == 401
    reply = shut.get(dress.address_of(name))
    assert (reply.status_code, reply.headers["content-type"]) == (200, kind)
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["vary"] == "Accept-Encoding"
    head = shut.head(dress.address_of(name))
    assert (head.content, head.headers["content-length"]) == (b"", str(len(reply.content)))
    known = {"If-None-Match": reply.headers["etag"]}
    assert shut.get(dress.address_of(name), headers=known).status_code == 304


def test_who_asks_changes_nothing(shut: AppClient, dress: Dress) -> None:
    address = dress.address_of("styles.css")
    plain = shut.get(address)
    for headers in ({"Authorization": "Bearer nobody"}, {"Cookie": "a=b"}, {"Accept": "application/json"}):
        reply = shut.get(address, headers=headers)
        assert (reply.content, reply.headers) == (plain.content, plain.headers)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_text_is_compressed_and_what_is_compressed_already_is_not(shut: AppClient, dress: Dress, coding: str) -> None:
    with shut.stream("GET", dress.address_of("styles.css"), headers={"Accept-Encoding": coding}) as reply:
        sent = b"".join(reply.iter_raw())
    assert reply.headers["content-encoding"] == coding
    assert (gzip.decompress(sent) if coding == "gzip" else zstandard.ZstdDecompressor().decompress(sent)) == SHEET
    assert len(sent) < len(SHEET) / 4
    font = shut.get(dress.address_of("Sans.woff2"), headers={"Accept-Encoding": coding})
    assert "content-encoding" not in font.headers


def test_nothing_but_the_files_of_the_manifest_is_sent(client: AppClient, shut: AppClient, dress: Dress) -> None:
    other = ("", "manifest.json", "styles.css", "styles.0000.css", "%2e%2e/assets.py", "..%2fplain.css", "%00")
    for name in (*other, "//etc/passwd", "styles.css/", "\\..\\plain.css", dress.address_of("styles.css")):
        for service in (client, shut):
            reply = service.get(f"/assets/{name}")
            assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json"), name
            assert reply.headers["cache-control"] == "no-store"
    assert shut.post(dress.address_of("styles.css")).status_code == 401


def test_the_service_sends_them_as_they_say_they_are_and_to_its_own_pages_alone(client: AppClient) -> None:
    address = address_of_asset("styles.css")
    reply = client.get(address)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert client.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get(address, headers={"Host": "elsewhere.example.org"}).status_code == 403


def test_without_a_build_there_is_a_plain_stylesheet_and_no_script(tmp_path: Path) -> None:
    bare = Dress(tmp_path)
    address = bare.address_of("styles.css")
    assert re.fullmatch(r"/assets/plain\.[0-9a-f]{8}\.css", address)
    sent = bare.reply_of(address.removeprefix("/assets/"))
    assert sent is not None
    assert sent.body == (FOLDER / "plain.css").read_bytes()
    assert bare.address_of("icon.svg")
    assert (bare.address_of("htmx.js"), bare.address_of("nothing.css")) == ("", "")


def test_what_was_read_stays_when_a_later_build_takes_the_files_away(tmp_path: Path) -> None:
    dress = made(tmp_path, **{"styles.css": SHEET})
    address = dress.address_of("styles.css")
    for path in tmp_path.iterdir():
        path.unlink()
    sent = dress.reply_of(address.removeprefix("/assets/"))
    assert sent is not None
    assert sent.body == SHEET


@NEEDS_BUILD
def test_the_files_of_the_manifest_are_those_there_are_each_named_by_its_content() -> None:
    names = json.loads((BUILT / "manifest.json").read_text("utf-8"))["files"]
    assert {"styles.css", "htmx.js", "licences.txt"} <= set(names)
    assert {path.name for path in BUILT.iterdir()} == {"manifest.json", *names.values()}
    for name, file in names.items():
        assert file == named_by_content(name, (BUILT / file).read_bytes())
        assert address_of_asset(name) == f"/assets/{file}"


@NEEDS_BUILD
def test_the_stylesheet_shows_files_of_the_manifest_and_none_of_another_host() -> None:
    names = json.loads((BUILT / "manifest.json").read_text("utf-8"))["files"]
    text = (BUILT / names["styles.css"]).read_text("utf-8")
    shown = set(re.findall(r"url\((?!\"?data:)\"?([^)\"]+)", text))
    assert any(file.endswith(".woff2") for file in shown)
    assert shown <= set(names.values())
    assert "@import" not in text


@NEEDS_BUILD
def test_terms_of_what_is_passed_on_stand_beside_it() -> None:
    names = json.loads((BUILT / "manifest.json").read_text("utf-8"))["files"]
    licences = (BUILT / names["licences.txt"]).read_text("utf-8")
    needed = json.loads((FOLDER / "assets" / "package.json").read_text("utf-8"))["dependencies"]
    assert len(needed) > 1
    assert [name for name, version in needed.items() if f"{name} {version}\n" not in licences] == []
    assert "SIL OPEN FONT LICENSE Version 1.1" in licences
    assert (PACKAGES / "htmx.org" / "LICENSE").read_text("utf-8").strip() in licences
