"""/load: a file is sent, looked at and tried, then loaded, and taken back if it was a mistake."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import FileResponse
from markupsafe import escape
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import AtVisit, AtWorkspace, NoParameters, Visit, noting
from iga.api.forms import LOAD, SentFile, texts_of
from iga.api.pages.frame import for_a_page, page
from iga.api.sign_ins import refuse_nobody
from iga.entering.file_loads import how_read, load_file
from iga.entering.uploads import Uploads
from iga.graph.domain.marking import Marking
from iga.graph.errors import IgaError, NotFound, UsageError
from iga.ingest.committing import taken_back_foreseen
from iga.ingest.following import bring_up
from iga.ingest.formats.format_registry import CardWords
from iga.ingest.loading import LoadOptions
from iga.ingest.loads_taken_back import loads_named, take_back, taken_back

router = APIRouter(include_in_schema=False)

_WORDS = ("source", "title", "marking", "as_of")
_MARKINGS = tuple(marking.word for marking in Marking)

Nothing = Annotated[NoParameters, Query()]
Texts = Annotated[dict[str, list[str]], Depends(texts_of)]


class RejectedParams(BaseModel):
    """Which file is meant: of the rows of which upload."""

    model_config = ConfigDict(extra="forbid")

    upload: str = Field(max_length=100)
    name: str = Field(max_length=300)


@router.get(LOAD)
async def show_load(request: Request, _: Nothing) -> Response:
    """Return the form that takes a file."""
    refuse_nobody(request, "whoever loads a file")
    return _page(request, upload="")


@router.post(LOAD)
def send_file(request: Request, visit: AtVisit, _: Nothing) -> Response:
    """Keep a file for its sender, and say what a load of it would do; nothing is loaded.

    Raises:
        UsageError: No file was sent.
    """
    sent: SentFile | None = getattr(request.state, "sent", None)
    if sent is None or not sent.name:
        raise UsageError("choose a file first: a table, a workbook, or a file of a standard format")
    upload = _uploads(request).keep(visit.workspace.reader.who, sent.name, sent.content)
    return _done(request, visit, upload, sent.texts, is_dry=True)


@router.post(f"{LOAD}/sent")
def try_or_load(request: Request, visit: AtVisit, form: Texts, _: Nothing) -> Response:
    """Try a file that was sent once more, with other words, or load it."""
    return _done(request, visit, _last(form, "upload"), form, is_dry=_last(form, "do") != "load")


@router.get(f"{LOAD}/corrections")
def correction_file(request: Request, workspace: AtWorkspace, asked: Annotated[RejectedParams, Query()]) -> Response:
    """Return the file of the rows that were not taken, to be corrected and loaded again.

    Raises:
        NotFound: There is none of this name beside a file of whoever asks.
    """
    refuse_nobody(request, "whoever loads a file")
    beside = _uploads(request).of(workspace.reader.who, asked.upload).parent
    found = next((path for path in beside.iterdir() if path.name == asked.name), None)
    if found is None:
        raise NotFound("this file is no longer here: load the file again")
    return FileResponse(found, filename=found.name, headers={"Cache-Control": "no-store"})


@router.post(f"{LOAD}/taken-back")
def take_load_back(request: Request, visit: AtVisit, form: Texts, _: Nothing) -> Response:
    """Take a load back: its rows say again what they said before.

    Raises:
        UsageError: No load is named.
        NotFound: There is no such load.
    """
    loads = loads_named(f"load:{_last(form, 'load')}")
    if loads is None:
        raise UsageError("say which load is taken back, by its number")
    workspace, left = visit.workspace, list[str]()
    with noting(visit), workspace.changing(f"taking back load {loads[0]}") as ledger:
        [one] = taken_back(ledger, loads)
        preview = taken_back_foreseen(workspace, ledger, [one])[0]
        take_back(ledger, one, by=workspace.reader.who, because=_last(form, "because"))
        bring_up(workspace, left)
    lost = preview.nodes_removed.count + preview.edges_removed.count
    said = (
        f"Load {loads[0]} of {one.header.card.title} was taken back: {len(one.restored):,} rows say again what they"
        f" said before, {len(one.gone):,} are withdrawn, and the graph lost {lost:,} things and relationships."
    )
    return _page(request, upload="", said=said, told=left)


def _done(request: Request, visit: Visit, upload: str, form: Mapping[str, Sequence[str]], *, is_dry: bool) -> Response:
    """Try or load a file, and say what became of it; where it cannot be, say why, with what was typed."""
    who = visit.workspace.reader.who
    file = _uploads(request).of(who, upload)
    given, mapping = {name: _last(form, name) for name in (*_WORDS, "because")}, _last(form, "mapping")
    shown: dict[str, Any] = {"upload": upload, "file": file.name, "given": given, "new": tuple(form.get("new", ()))}
    shown["mapping"] = escape(mapping)  # its lines stay lines

    words = CardWords(source=given["source"], title=given["title"], marking=given["marking"], as_of=given["as_of"])
    options = LoadOptions(
        dry_run=is_dry, by=who, because=given["because"], new=shown["new"], corrections_in=file.parent
    )
    try:
        with noting(visit):
            read = how_read(file, words, mapping)
            report = load_file(visit.workspace, file, read, options)
    except IgaError as error:
        if error.http_status >= 500:
            raise
        return _page(request, **shown, error=error, status=error.http_status)
    corrections = [part.strip().rpartition("/")[2] for part in report.correction_file.split(";") if part.strip()]
    shown["mapping"] = escape(read.mapping)
    shown["told"] = list(map(for_a_page, (*report.notes, *report.undone)))
    return _page(request, **shown, read=read, report=report, corrections=corrections)


def _page(request: Request, *, status: int = 200, **facts: Any) -> Response:
    usual: dict[str, Any] = {"error": None, "read": None, "report": None, "file": "", "said": "", "mapping": ""}
    usual |= {"given": {}, "new": (), "told": [], "corrections": [], "markings": _MARKINGS}
    return page(request, "load", status=status, **(usual | facts))


def _last(form: Mapping[str, Sequence[str]], name: str) -> str:
    return "".join(form.get(name, ())[-1:]).strip()


def _uploads(request: Request) -> Uploads:
    return cast(Uploads, request.app.state.uploads)
