"""What a reader may not see changes nothing of what they are shown: every command, route and format, byte for byte."""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from iga.api.app import PAGES, create_app
from iga.api.auth import Entrance
from iga.api.forms import is_page
from iga.api.known_callers import SOCKET
from iga.api.sign_ins import SignIns
from iga.cli.command import Call
from iga.cli.commands import iga, run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.exports.memos.registry import MEMOS
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader
from iga.queries.registry import QUESTIONS
from tests.acceptance.hidden_world import (
    CANARY,
    KINDS,
    NOW,
    Clock,
    field_rows,
    hidden,
    load_all,
    made,
    one_of,
    open_loads,
    settled,
)
from tests.app_client import AppClient
from tests.described import described

MAPPING = """
card: {source: "test:names", title: Names of a test, as_of: 2026-01-01, rank: 20}
row_key: [name]
nodes:
  partner: {class: Ngo, id: {template: "ngo:{name}"}, fields: {name: name}}
"""
CEILINGS = (Marking.PUBLIC, Marking.INTERNAL)
MEANT = {
    "party": ("Party",), "engagement": ("Engagement",), "agreement": ("Agreement",), "other": ("Party",),
}  # fmt: skip  # labels of what papers are asked with

TELLING = ("contact", "members", "what-changed", "profile", "neighbourhood", "funding")

READ = """
find Ngo
find Canary
find ngo --kind ngo --json
show gov:gha
show ngo:alpha --json
show ngo:hidden
show forum:alpha --json
why gov:gha
why ngo:alpha --json
why person:alpha --json
why ngo:hidden
reconcile names.csv --column name -o out/matched.csv
mcp --call find {"text":"Canary"}
mcp --call find {"text":"ngo"} --ceiling sensitive
mcp --call ask {"text":"members_of_forum:alpha"} --ceiling sensitive
mcp --call question {"name":"members","parameters":{"party":"forum:alpha"}} --ceiling sensitive
mcp --call question {"name":"profile","parameters":{"party":"ngo:alpha"}} --ceiling sensitive
mcp --call memo_outline {"name":"government","parameters":{"party":"gov:gha"}} --ceiling sensitive
mcp --call question {"name":"what-changed","parameters":{"since":"load:0"}} --ceiling sensitive
mcp --call list {"of":"governments","filter":"member_of:forum:alpha"} --ceiling sensitive
mcp --call explain_questions {"names":["members"]}
sources
sources --json
status
status --json
hash --json
doctor --json
list governments --in forum:alpha --json
list governments --not-in forum:alpha --by region
list partners --rest --json
compare gov:gha gov:ken --show member_of:forum:alpha,region
ask members --party forum:alpha --known-on 2026-05-20
ask members --party forum:alpha --known-on load:3
ask what-changed --since 2026-05 --until 2026-06
ask what-changed --since 2026-05 --until 2026-06 --json
ask what-changed --since load:2 --until load:4 --json
resolve candidates --json
resolve candidates --of ngo:alpha
resolve show ngo:alpha ngo:beta --json
resolve show ngo:alpha ngo:hidden
resolve rule --dry-run
resolve log --json
resolve export out/judged.tsv
watch add mine members --party forum:alpha
watch list
watch list --all --json
watch look mine --peek
watch look mine --json
watch remove mine
list governments --in forum:alpha --save alphas
sets list
sets list --json
sets show alphas --show region
ask memberships --party @alphas --json
list governments --not-in @alphas --json
sets remove alphas
watch add kept members --party forum:alpha
today
today --json
log
log --all --json
undo --yes
export party ngo:alpha gov:gha --to json -o out/party.json
export party ngo:alpha gov:gha --to csv -o out/party.csv
export party ngo:alpha gov:gha --to xlsx -o out/party.xlsx
export party ngo:alpha gov:gha --to vcf -o out/party.vcf
export party ngo:alpha gov:gha --to popolo -o out/popolo.json
export party ngo:alpha --editable -o out/edit.xlsx
export members --party forum:alpha --editable -o out/members.xlsx
export graph --to graphml -o out/graph.graphml
export graph --to gexf -o out/graph.gexf
export graph --to ftm -o out/graph.ftm.json
export graph --to cypher -o out/graph.cypher
export graph --to json -o out/graph.json
export graph --to jsonl -o out/graph.jsonl
export graph --to csv -o out/graph.zip
export graph --party forum:alpha --depth 2 --to json -o out/around.json
export person person:alpha --to json -o out/person.json
export verify out/graph.json
memo check out/government.md
memo lint out/government.md
add answer --recommendation recommendation:alpha
add proposal-answer proposal:0123456789ab --accept
"""

REFUSED = """
load names.csv --mapping names.yaml
add commitment --words x --party gov:gha
add contact --party ngo:alpha --email a@example.org
add contact-check contact:alpha --replied
add engagement --name Talk
add introduction --party ngo:alpha --other gov:gha
correct ngo:alpha name x --because x
verify contact:alpha --ok
judge ngo:alpha ngo:beta --same --because x
resolve same ngo:alpha ngo:hidden --because x
resolve different ngo:alpha ngo:hidden --because x
resolve unsure ngo:alpha ngo:hidden --because x
resolve withdraw ngo:alpha ngo:beta --because x
resolve undo
resolve import judged.tsv
withdraw x --because x
rebuild
dump out/dump
restore out/dump
holds
audit export out/acts.jsonl
audit tail
audit verify
audit who-saw person:alpha
restrict person:alpha --because x
hold person:alpha --authority x
erase person:alpha --authority x
keys new x
keys list
keys revoke x --because x
keys rotate x
verify-ledger
"""
"""What copies the ledger, writes to it, or says who was shown: below sensitive it is refused in words."""

GLANCE = """
find Canary
show ngo:hidden
show forum:alpha
why gov:gha
sources
resolve candidates --json
ask members --party forum:alpha
ask contact --party ngo:alpha
ask what-changed --since load:2 --until load:4 --json
""".strip().splitlines()
"""What is looked at in a few seconds, in place of everything."""

BESIDE = {
    "template": "opens neither ledger nor graph",
    "mapping new": "opens neither ledger nor graph",
    "help": "opens neither ledger nor graph",
    "completion": "opens neither ledger nor graph; names come by find",
    "serve": "answers by the routes",
    "open": "leads to the routes",
    "resolve review": "reads the keyboard; shows what resolve candidates does",
}


def asked_with(labels: Mapping[str, tuple[str, ...]], example: Mapping[str, Any]) -> dict[str, str]:
    """Return parameters of this world in place of those of an example."""
    days = {"since": "2015", "until": "2026-12", "topic": ""}
    filled = {
        **{name: one_of(labels[name]) if name in labels else days.get(name, str(example[name])) for name in example}
    }
    return {name: text for name, text in filled.items() if text}


def options(parameters: Mapping[str, str]) -> list[str]:
    return [word for name, text in parameters.items() for word in (f"--{name.replace('_', '-')}", text)]


@cache
def asked() -> dict[str, dict[str, str]]:
    """Return what each question is asked with."""
    return {card.name: asked_with(card.names, card.example) for card in QUESTIONS.values()}


SETS = {
    "list": "governments --filter member_of:forum:alpha --select region",
    "compare": "gov:gha --party gov:ken --select member_of:forum:alpha",
}
"""What the papers on sets are asked with: examples name bodies that are not in this world."""


def papers() -> Iterator[tuple[str, ...]]:
    """Give the command of each kind of paper, of one kind in every format."""
    for kind in MEMOS.values():
        if kind.name in SETS:
            yield "memo", kind.name, *SETS[kind.name].split(), "-o", f"out/{kind.name}.md"
            continue
        labels = {**MEANT, **{"handover": {"party": ("Person",)}, "partner": {"party": ("Ngo",)}}.get(kind.name, {})}
        labels |= {"body": {"party": ("Forum",)}, "government": {"party": ("Government",)}}.get(kind.name, {})
        parameters = asked_with(labels, kind.example)
        named = [parameters.pop(kind.named)] if kind.named else []
        for ending in ("md", "docx", "html", "pdf") if kind.name == "government" else ("md",):
            yield "memo", kind.name, *named, *options(parameters), "-o", f"out/{kind.name}.{ending}"


def command_lines(*, everything: bool) -> Iterator[tuple[str, ...]]:
    """Give every command line that is run for a reader; where it is not everything, few of them."""
    for name, parameters in asked().items():
        if everything or name in TELLING:
            yield "ask", name, *options(parameters), "--json"
        if everything and name in TELLING:
            yield "ask", name, *options(parameters)
            for ending in ("xlsx", "csv", "jsonl"):
                yield "export", "rows", name, *options(parameters), "--to", ending, "-o", f"out/{name}.{ending}"
    yield from (line for line in papers() if everything or line[-1] == "out/government.md")
    lines = (tuple(line.split()) for line in f"{READ}{REFUSED}".splitlines() if line)
    yield from (line for line in lines if everything or line[0] != "export")


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the parts of a file: of an archive its members."""
    if name.endswith((".docx", ".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield f"{name}/{part}", archive.read(part)
    else:
        yield name, content


def shown(home: Path, ceiling: Marking, *, everything: bool = False, glance: Sequence[str] = ()) -> dict[str, bytes]:
    """Return all that a reader under a ceiling is shown in a home: by command line, by route, and by file.

    At a glance it is what a few command lines show.
    """
    lines = [tuple(line.split()) for line in glance] or command_lines(everything=everything)
    found: dict[str, bytes] = {}
    folder = home / "work"
    (folder / "out").mkdir(parents=True, exist_ok=True)
    (folder / "names.csv").write_text(f"name\nNgo alpha\nNgo {CANARY}\n", encoding="utf-8")
    (folder / "names.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "judged.tsv").write_text("person\tsame\tngo:alpha\tngo:beta\n", encoding="utf-8")
    environ = {"IGA_STORE": f"embedded:{home / 'graph'}", "IGA_NOW": NOW.isoformat()}
    reader = Reader("A", "test", ceiling)
    with closing(OwnWorkspaces(environ, Captured().console(100))) as workspaces, workspaces(None, None).kept_open():
        for line in lines:
            kept = Captured()
            code = run(line, Call(console=kept.console(100), workspaces=workspaces, folder=folder, reader=reader))
            found[" ".join(line)] = f"{code}\n{kept.out.getvalue()}\n{kept.err.getvalue()}".encode()
        if glance:
            return {name: _anywhere(content, home) for name, content in found.items()}
        app = create_app(workspaces(None, None).under(reader))
        with AppClient(app, follow_redirects=False) as client:
            for address in addresses(everything=everything):
                found |= _pages(client, address)
                # the first answer as it was kept, where it was
                if everything and not address.startswith(("/v1/audit", "/v1/memos/")):
                    assert _replied(client, address)[0] == found[address]
            if everything:  # the counts are of all that was asked before
                found["/metrics"] = client.get("/metrics").content
    for file in sorted((folder / "out").rglob("*")):
        if file.is_file():
            found |= dict(unpacked(str(file.relative_to(folder)), file.read_bytes()))
    return {name: _anywhere(content, home) for name, content in found.items()}


def shown_beside(home: Path, ceiling: Marking) -> dict[str, bytes]:
    """Return what a reader is shown by routes where another, who sees all, asks the same of the same service.

    A reader who signed in to the pages is shown the same.
    """
    found: dict[str, bytes] = {}
    readers = Reader("B", "test", door=SOCKET), Reader("A", "test", ceiling, door=SOCKET)
    sign_ins = SignIns(clock=Clock())
    entrance = Entrance(sign_ins=sign_ins)
    _, session = sign_ins.sign_in(sign_ins.link(readers[1]))
    signed_in = {"Cookie": f"__Host-iga-80={session}", "Sec-Fetch-Site": "none"}
    with (
        settled(home, Clock()).kept_open() as workspace,
        workspace,
        AppClient(create_app(workspace, entrance=entrance), follow_redirects=False) as client,
    ):
        for address in (*addresses(everything=False), *(f"/v1/questions/{it}?{_query(asked()[it])}" for it in TELLING)):
            last: dict[str, bytes] = {}
            for reader in readers * 2:
                object.__setattr__(entrance, "anybody", reader)
                last = dict(_pages(client, address))
            found |= last
            if is_page(address.partition("?")[0]) and not address.startswith("POST"):
                seen = b"".join(text for _, text in _pages(client, address, **signed_in))
                assert CANARY in address or CANARY.encode() not in seen
            elif last:
                assert _kept_by_nobody(dict(_pages(client, address, **signed_in))) == _kept_by_nobody(last)
    return {name: _anywhere(content, home) for name, content in found.items()}


def _kept_by_nobody(replies: dict[str, bytes]) -> dict[str, bytes]:
    """Return replies as they are to somebody who is known."""
    return {name: text.replace(b"private, no-cache", b"no-store") for name, text in replies.items()}


def _pages(client: AppClient, address: str, **headers: str) -> Iterator[tuple[str, bytes]]:
    """Give what is replied at an address, and on each page after it, by the address and the number of the page."""
    asked, number = address, 1
    while asked:
        text, following = _replied(client, asked, **headers)
        yield f"{address}{f' page {number}' if number > 1 else ''}", text
        asked, number = following, number + 1


def _replied(client: AppClient, asked: str, **headers: str) -> tuple[bytes, str]:
    """Return status, headers and body of what is replied, and how the next page is asked for; blank is none."""
    method, address, body = asked.split(" ", 2) if asked.startswith("POST ") else ("GET", asked, "")
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    sent = {"Content-Type": kind, "Accept": "application/json, text/event-stream"} if body else {}
    reply = client.request(
        method, address, content=body or None, headers={"X-Request-Id": "of-a-test", **sent, **headers}
    )
    if reply.status_code == 202:  # the state of then is being made
        return _replied(client, asked, **headers)
    told = (int(reply.status_code), sorted(reply.headers.items()))
    following = reply.links["next"]["url"] if "next" in reply.links else ""
    if address == "/mcp" and (cursor := reply.json()["result"].get("structuredContent", {}).get("next_cursor")):
        called = json.loads(body)
        called["params"]["arguments"]["cursor"] = cursor
        following = f"POST /mcp {json.dumps(called)}"
    return f"{told}\n".encode() + reply.content, following


def _anywhere(content: bytes, home: Path) -> bytes:
    return _OF_THE_MACHINE.sub(b"", content.replace(str(home).encode(), b"HOME"))


# Free space; the instant at which a library saves a workbook, with what follows from it; how long requests took, and
# what the process uses.
_OF_THE_MACHINE = re.compile(
    rb'[\d,]+ MB free|<dcterms:(?:created|modified)[^>]*>[^<]*|"format": "xlsx",\s+"sha256": .*\s+"byte_count": .*'
    rb"|(?m:^(?:process_\w+|iga_\w+_(?:bucket|sum|created))(?:\{.*\})? .*$)"
)


@cache
def paths() -> tuple[str, ...]:
    """Return the path of every route; what it says of itself depends on nothing that is loaded."""
    pages = (route.path for module in PAGES for route in module.router.routes if "GET" in route.methods)
    own = described()["paths"]
    return *own, "/v1/questions/{name}", "/v1/memos/{name}", "/mcp", *dict.fromkeys(pages)


def addresses(*, everything: bool) -> Iterator[str]:
    """Give an address of each route."""
    papers_asked = {line[1]: line for line in papers()}
    for path in paths():
        match path.removeprefix("/v1/").split("/"):
            case ["questions" | "memos", name] if not everything and "{" not in name:
                continue
            case ["questions", name] if name in QUESTIONS:
                yield f"{path}?{_query(asked()[name])}"
                if name in TELLING:
                    yield f"{path}?{_query(asked()[name])}&page_size=2"
            case ["memos", name] if name in MEMOS:
                kind, line = MEMOS[name], papers_asked[name]
                named = [(kind.named, line[2])] if kind.named else []
                given = zip(line[2 + len(named) : -2 : 2], line[3 + len(named) : -2 : 2], strict=True)
                parts = [f"{name.strip('-')}={text}" for name, text in (*named, *given)]
                yield f"{path}.md?{'&'.join(parts)}"
            case _:
                yield from ROUTES[path]


def _query(parameters: Mapping[str, str]) -> str:
    return "&".join(f"{name}={text}" for name, text in parameters.items())


EXTEND = '{"ids": ["ngo:alpha", "ngo:hidden"], "properties": [{"id": "name"}]}'


LISTED = f'{{"names": [{{"name": "Ngo alpha"}}, {{"name": "Ngo {CANARY}", "country": "gov:gha"}}, {{"name": "Ngo"}}]}}'
THINGS = (
    "gov:gha", "ngo:alpha", "ngo:beta", "forum:alpha",
    "ngo:hidden", "ngo:withdrawn", "ngo:gone", "ngo:late", "ngo:twin",
)  # fmt: skip  # held; hidden, gone, and one that is two ids


def _of_each(what: str) -> tuple[str, ...]:
    return tuple(f"/v1/entities/{it}{what}" for it in THINGS)


def _called(method: str, **params: Any) -> str:
    """Return how an assistant asks over HTTP."""
    return f"POST /mcp {json.dumps({'jsonrpc': '2.0', 'id': 1, 'method': method, 'params': params})}"


def _tools() -> Iterator[str]:
    """Give what assistants ask: the list of tools, and each call that is made by command line."""
    yield _called("tools/list")
    calls = (line.split() for line in READ.splitlines() if line.startswith("mcp --call"))
    for _, _, name, arguments, *_ in calls:
        yield _called("tools/call", name=name, arguments=json.loads(arguments))


ROUTES: Mapping[str, tuple[str, ...]] = {
    "/healthz": ("/healthz",),
    "/readyz": ("/readyz",),
    "/metrics": (),
    "/": ("/",),
    "/today": ("/today",),
    "/look": (f"/look?q={CANARY}", "/look?q=ngo", f"/look?q=tell+me+about+{CANARY}", "/look?q=ngo:hidden"),
    "/suggestions": ("/suggestions?q=ngo", f"/suggestions?q={CANARY}", "/suggestions?of=party&kind=Party&party=ngo"),
    "/questions": ("/questions",),
    "/questions/{name}": (
        "/questions/profile?party=ngo:alpha",
        "/questions/members?party=forum:alpha&sort=-name&containing=alpha",
        "/questions/contact?party=ngo:alpha&party=ngo:hidden",
        "/questions/conflicts?party=ngo:alpha&page=2",
    ),
    "/sets/{of}": (
        "/sets/governments?filter=member_of:forum:alpha&show=region",
        f"/sets/governments?filter=member_of:{CANARY}",
        f"/sets/governments?add=member_of&value={CANARY}",
        "/sets/partners?show=kind&show=office_contact&show=contact_checked",
    ),
    "/compare": ("/compare?party=ngo:alpha&party=ngo:hidden", f"/compare?party=ngo:alpha&party={CANARY}"),
    "/questions/{name}/picture.{form}": (
        "/questions/path/picture.svg?party=ngo:alpha&other=forum:alpha",
        "/questions/members/picture.png?party=forum:alpha&view=map",
        "/questions/what-if/picture.svg?party=ngo:hidden",
    ),
    "/tiers": ("/tiers?party=gov:gha", "/tiers?party=ngo:hidden"),
    "/papers": ("/papers",),
    "/papers/{name}": ("/papers/government?party=gov:gha", "/papers/partner?party=ngo:hidden"),
    "/papers/{name}/preview": ("/papers/partner/preview?party=ngo:alpha",),
    "/quality": ("/quality",),
    "/entities/{id}": tuple(f"/entities/{it}" for it in THINGS),
    "/entities/{id}/relationships/{kind}": (
        "/entities/forum:alpha/relationships/member_of",
        "/entities/ngo:alpha/relationships/part_of?as_of=2026",
    ),
    "/relationships/{key}": ("/relationships/rel:none",),
    "/entities/{id}/history": tuple(f"/entities/{it}/history" for it in THINGS),
    "/entities/{id}/timeline": tuple(f"/entities/{it}/timeline" for it in THINGS),
    "/entities/{id}/timeline.{form}": ("/entities/ngo:alpha/timeline.svg", "/entities/ngo:hidden/timeline.svg"),
    "/graph": ("/graph?party=ngo:alpha&depth=2", "/graph?party=forum:alpha&since=2020", "/graph?party=ngo:hidden"),
    "/graph.{form}": ("/graph.svg?party=forum:alpha", "/graph.png?party=ngo:alpha"),
    "/flows": ("/flows?party=ngo:alpha", "/flows?party=ngo:hidden"),
    "/flows.{form}": ("/flows.svg?party=ngo:alpha&measure=obligation&currency=USD",),
    "/watched": ("/watched",),
    "/administration": ("/administration",),
    "/administration/keys": ("/administration/keys",),
    "/administration/holds": ("/administration/holds",),
    "/administration/backups": ("/administration/backups",),
    "/administration/audit": ("/administration/audit", "/administration/audit?who_saw=person:alpha"),
    "/papers/check": ("/papers/check",),
    "/resolve": ("/resolve",),
    "/load": ("/load",),
    "/load/corrections": ("/load/corrections?upload=none&name=none",),
    "/enter": ("/enter",),
    "/enter/{kind}": ("/enter/contact?party=ngo:hidden",),
    "/entries": ("/entries", "/entries?load=2&about=ngo:hidden"),
    "/sign-in": ("/sign-in",),
    "/sign-in/kept": ("/sign-in/kept",),
    "/sign-out": ("/sign-out",),
    "/v1/audit": ("/v1/audit", "/v1/audit?who_saw=person:alpha"),
    "/v1/questions": ("/v1/questions",),
    "/v1/questions/{name}": ("/v1/questions/none",),
    "/v1/memos": ("/v1/memos",),
    "/v1/memos/{name}": ("/v1/memos/none",),
    "/v1/entities/{id}": (*_of_each(""), "/v1/entities/ngo:alpha.html", *_of_each("?known_on=load:3")),
    "/v1/entities/{id}/relationships": _of_each("/relationships"),
    "/v1/entities/{id}/relationships/{kind}": (
        *_of_each("/relationships/member_of"),
        "/v1/entities/forum:alpha/relationships/member_of?page_size=1",
        "/v1/entities/forum:alpha/relationships/member_of.csv?as_of=2026",
    ),
    "/v1/entities/{id}/statements": _of_each("/statements"),
    "/v1/entities/{id}/history": (*_of_each("/history"), *_of_each("/history.csv?page_size=2")),
    "/v1/changes": (
        "/v1/changes?since=load:2",
        "/v1/changes?since=load:0&page_size=50",
        "/v1/changes?since=load:2&party=ngo:hidden",
    ),
    "/v1/feeds/calendar": ("/v1/feeds/calendar",),
    "/v1/feeds/changes": ("/v1/feeds/changes",),
    "/v1/exports/party": ("/v1/exports/party?party=ngo:alpha", "/v1/exports/party.csv?party=ngo:hidden"),
    "/v1/exports/graph": ("/v1/exports/graph", "/v1/exports/graph.graphml?party=forum:alpha"),
    "/v1/governments": (
        "/v1/governments?filter=member_of:forum:alpha&select=region,status&group_by=region",
        "/v1/governments?filter=member_of:!forum:alpha",
        f"/v1/governments?filter=member_of:{CANARY}",
    ),
    "/v1/partners": ("/v1/partners?select=kind,office_contact,contact_checked", "/v1/partners?group_by=kind"),
    "/v1/match": (f"POST /v1/match {LISTED}",),
    "/mcp": tuple(_tools()),
    "/v1/ask": (f"/v1/ask?q=tell+me+about+{CANARY}", "/v1/ask?q=tell+me+about+alpha"),
    "/v1/find": (f"/v1/find?q={CANARY}", "/v1/find?q=ngo"),
    "/v1/sources": ("/v1/sources",),
    "/v1/watches": ("/v1/watches", "/v1/watches?by=A"),
    "/v1/watches/{name}": ("/v1/watches/mine?by=A", "/v1/watches/kept?by=A"),
    "/v1/reconcile": (
        "/v1/reconcile",
        f"/v1/reconcile?query={CANARY}",
        "/v1/reconcile?query=ngo",
        f"/v1/reconcile?extend={EXTEND}",
        f"POST /v1/reconcile extend={EXTEND}",
    ),
    "/v1/reconcile/suggest/{what}": (
        f"/v1/reconcile/suggest/entity?prefix={CANARY}",
        "/v1/reconcile/suggest/entity?prefix=ngo",
    ),
    "/v1/reconcile/flyout/{what}": (
        "/v1/reconcile/flyout/entity?id=ngo:hidden",
        "/v1/reconcile/flyout/entity?id=ngo:alpha",
    ),
    "/v1/reconcile/properties": ("/v1/reconcile/properties?type=Ngo",),
    "/v1/reconcile/preview": ("/v1/reconcile/preview?id=ngo:alpha", "/v1/reconcile/preview?id=ngo:hidden"),
    "/v1/reconcile/view": ("/v1/reconcile/view?id=forum:alpha", "/v1/reconcile/view?id=ngo:hidden"),
}  # fmt: skip  # a table


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home that all others are copies of."""
    home, clock = tmp_path_factory.mktemp("base") / "home", Clock()
    with settled(home, clock) as workspace:
        load_all(workspace, clock, open_loads(), at=0)
        for ceiling in CEILINGS:  # the views are there before what is hidden comes
            with workspace.reading(ceiling=ceiling):
                pass
    return home


Shown = Callable[[Marking], dict[str, bytes]]


@pytest.fixture(scope="module")
def without(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Give everything that is shown where nothing is hidden, by ceiling; made once."""

    @cache
    def shown_without(ceiling: Marking) -> dict[str, bytes]:
        home = made(base, tmp_path_factory.mktemp("none") / "home", field_rows(ceiling, is_hidden=False))
        return shown(home, ceiling, everything=True)

    return shown_without


FEW = (
    (Marking.PUBLIC, ("node", "field", "source")), (Marking.PUBLIC, ("embargoed row", "withdrawn")),
    (Marking.INTERNAL, ("relationship", "judgement")), (Marking.INTERNAL, ("row", "embargoed source")),
)  # fmt: skip
"""Each kind once, beside others that are no versions of the same row: the last alone would be tried."""


def _cases() -> Iterator[Any]:
    """Give what is hidden from whom: all at once from both; few at a time; in a soak each alone from both."""
    alone = [(ceiling, (kind,)) for kind in KINDS for ceiling in CEILINGS]
    for ceiling, kinds in alone if "IGA_TEST_KILLS" in os.environ else FEW:
        yield pytest.param(kinds, ceiling, id=f"{' and '.join(kinds)}-{ceiling.word}")
    yield from (pytest.param(KINDS, ceiling, id=f"all-{ceiling.word}") for ceiling in CEILINGS)


def test_each_kind_is_hidden_beside_others_that_it_does_not_replace() -> None:
    assert sorted(kind for _, kinds in FEW for kind in kinds) == sorted(KINDS)
    for ceiling, kinds in FEW:
        rows = [(card.source, row[0]) for kind in kinds for card, loaded in hidden(kind, ceiling) for row in loaded]
        assert len(rows) == len(set(rows)), kinds


@pytest.fixture(scope="module")
def two_homes(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a home where nothing is hidden from the public, and one where something of each kind is."""
    public, folder = Marking.PUBLIC, tmp_path_factory.mktemp("two")
    everything = [each for kind in KINDS for each in hidden(kind, public)]
    without = made(base, folder / "without", field_rows(public, is_hidden=False))
    return without, made(base, folder / "hiding", [*field_rows(public, is_hidden=True), *everything])


def test_at_a_glance_what_is_hidden_from_the_public_changes_nothing(two_homes: tuple[Path, Path]) -> None:
    assert CANARY.encode() in b"".join(file.read_bytes() for file in two_homes[1].glob("ledger.sqlite*"))
    told = shown(two_homes[1], Marking.SENSITIVE, glance=["show forum:alpha"])
    assert CANARY.encode() in told["show forum:alpha"]
    expected, seen = (shown(home, Marking.PUBLIC, glance=GLANCE) for home in two_homes)
    assert seen == expected
    assert sum(text.startswith(b"0\n") for text in seen.values()) > len(GLANCE) / 2
    assert [line for line, text in seen.items() if CANARY.encode() in text and CANARY not in line] == []


@pytest.mark.slow
@pytest.mark.parametrize(("kinds", "ceiling"), tuple(_cases()))
def test_what_is_hidden_changes_nothing_that_is_shown(
    base: Path, without: Shown, tmp_path: Path, kinds: tuple[str, ...], ceiling: Marking
) -> None:
    loads = field_rows(ceiling, is_hidden="field" in kinds)
    for kind in kinds:
        loads += hidden(kind, ceiling)
    home = made(base, tmp_path / "home", loads)
    assert any(CANARY.encode() in file.read_bytes() for file in home.glob("ledger.sqlite*"))
    expected = without(ceiling)
    seen = shown(home, ceiling, everything=kinds == KINDS)
    assert {"out/government.md", "out/matched.csv"} < seen.keys() <= expected.keys()
    assert kinds != KINDS or seen.keys() == expected.keys()
    assert {name: _first_difference(expected[name], seen[name]) for name in seen if seen[name] != expected[name]} == {}
    assert _canaries(home, ceiling, seen) == set()
    hashes = _graph_hashes(home)  # once: three graphs are opened for it
    assert {name for name in seen if any(hash_ in seen[name] for hash_ in hashes)} == {"hash --json"}
    if kinds == KINDS:
        beside = shown_beside(home, ceiling)
        assert len(beside) > len(TELLING)
        assert {
            name: _first_difference(seen[name], beside[name]) for name in beside if seen[name] != beside[name]
        } == {}


def _graph_hashes(home: Path) -> list[bytes]:
    """Return the hashes of the graph and of its views, which are sums: two of them would prove what is guessed."""
    with settled(home, Clock()) as workspace:
        found = []
        for ceiling in Marking:
            with workspace.reading(ceiling=ceiling) as reading:
                assert reading.meta
                found.append(reading.meta.hash.encode())
        return found


def _first_difference(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return one[max(0, at - 60) : at + 120], other[max(0, at - 60) : at + 120]


def _canaries(home: Path, ceiling: Marking, seen: Mapping[str, bytes]) -> set[str]:
    """Return where hidden values are met: in what is shown, but for the reader's own words, and beside it."""
    asked_for = {name for name in seen if CANARY in name} | {"out/matched.csv"}
    beside = [file for file in home.rglob("*") if file.is_file() and _is_below(file.relative_to(home), ceiling)]
    assert {"audit", "sqlite"} <= {part for file in beside for part in file.name.split(".")}
    met = {str(file) for file in beside if CANARY.encode() in _content(file)}
    return met | {name for name, content in seen.items() if CANARY.encode() in content and name not in asked_for}


def _content(file: Path) -> bytes:
    with suppress(FileNotFoundError):  # what SQLite keeps beside a file goes when the last one closes it
        return file.read_bytes()
    return b""


def _is_below(file: Path, ceiling: Marking) -> bool:
    return (file.parts[0] == "graph.views" and file.parts[1].startswith(ceiling.word)) or "audit" in file.name


def test_every_command_is_asked_or_told_why_not() -> None:
    lines = {" ".join(line) for line in command_lines(everything=True)}
    leaves = set(_leaves(iga, (), click.Context(iga)))
    examples = {"watch add": "members", "export rows": "members"}  # the other questions are asked by themselves
    missing = {leaf for leaf in leaves if not any(f"{line} ".startswith(f"{leaf} ") for line in lines)}
    missing = {leaf for leaf in missing if " ".join(leaf.split()[:2]) not in examples}
    assert missing == BESIDE.keys()


def _leaves(command: click.Command, path: tuple[str, ...], context: click.Context) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from _leaves(inner, (*path, name), context)


@pytest.mark.slow
@pytest.mark.parametrize("ceiling", CEILINGS, ids=lambda ceiling: ceiling.word)
def test_what_copies_or_writes_is_refused_in_words_below_sensitive(without: Shown, ceiling: Marking) -> None:
    replies = without(ceiling)
    assert {line for line in REFUSED.splitlines() if line and not replies[line].startswith(b"6\n")} == set()


@pytest.mark.slow
@pytest.mark.parametrize("ceiling", CEILINGS, ids=lambda ceiling: ceiling.word)
def test_most_of_what_is_asked_is_answered(without: Shown, ceiling: Marking) -> None:
    replies = {name: text for name, text in without(ceiling).items() if name.startswith(("ask ", "memo "))}
    failed = {name: text for name, text in replies.items() if not text.startswith(b"0\n")}
    assert len(failed) < len(replies) / 10, failed


@pytest.mark.slow
@pytest.mark.parametrize("ceiling", CEILINGS, ids=lambda ceiling: ceiling.word)
def test_what_depends_on_the_data_comes_in_every_way_it_can(without: Shown, ceiling: Marking) -> None:
    replies = without(ceiling)
    statuses = {it: int(replies[f"/v1/entities/{it}"][1:4]) for it in THINGS}
    others = {"ngo:twin": 308, "ngo:gone": 410, "ngo:hidden": 404, "ngo:withdrawn": 404}
    assert statuses == {**dict.fromkeys(THINGS, 200), **others}
    paged = {name.partition("?")[0].split()[0] for name in replies if name.endswith(" page 2")}
    assert {"/v1/changes", "POST", "/v1/questions/profile", "/v1/entities/forum:alpha/relationships/member_of"} <= paged
    assert replies["/v1/watches/kept?by=A"].startswith(b"(200, ")
    assert b'iga_requests_total{kind="match",method="POST",status="200"}' in replies["/metrics"]
    refused = {name for name, text in replies.items() if name.startswith("POST ") and not text.startswith(b"(200, ")}
    assert refused == set()
