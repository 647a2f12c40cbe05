"""/papers: every kind of paper as a form, the paper beside its outline and as files; the check of a finished one."""

from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from api.deps import NoParameters, Now, disclosing, in_session
from api.forms import SentFile
from api.page_forms import CHECK
from api.pages.frame import address, given_in, page
from api.pages.question_form import form_of
from exports.checking.check import checked
from exports.checking.recorded import record_in
from exports.memos.registry import MEMOS
from exports.memos.write import kind_named, write_memo
from exports.paper.document import PaperDocument
from exports.render.formats import rendered
from exports.render.style import SCHEMES, Style, scheme_named
from graph.errors import IgaError, UsageError
from graph.keys import VERSION
from queries.core.session import Session

router = APIRouter(include_in_schema=False)

_OWN = ("known_on", "marking_scheme", "full", "final")
"""Parameters of every paper."""
_FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of a paper that is shown in a page of ours: it runs nothing and loads nothing."""

Name = Annotated[str, Path(max_length=100)]


@router.get("/papers")
def list_papers(request: Request, _: Annotated[NoParameters, Query()]) -> Response:
    """Return the kinds of papers, each with what it is for."""
    return page(request, "papers", kinds=MEMOS.values())


@router.get(CHECK)
async def show_check(request: Request, _: Annotated[NoParameters, Query()]) -> Response:
    """Return the form that takes a finished paper."""
    return page(request, "paper_check", checked=None, file="")


@router.post(CHECK)
@in_session
def check_paper(request: Request, session: Now, _: Annotated[NoParameters, Query()]) -> Response:
    """Say what of a finished paper is no longer true; the file is not kept.

    Raises:
        UsageError: No file was sent.
        FileRefused: It is no paper of this program.
    """
    sent: SentFile | None = getattr(request.state, "sent", None)
    if sent is None or not sent.name:
        raise UsageError("choose the paper first: a .docx, .pdf, .html or .md that was written here")
    with TemporaryDirectory(prefix="iga-check-") as folder:
        paper = FilePath(folder) / f"paper{FilePath(sent.name).suffix.lower()}"
        paper.write_bytes(sent.content)
        found = checked(session, record_in(paper), as_of="".join(sent.texts.get("as_of", ())) or None)
    return page(request, "paper_check", checked=found, file=sent.name)


@router.get("/papers/{name}")
@in_session
def show_paper(request: Request, session: Now, name: Name) -> Response:
    """Return the form of a kind of paper; where what it needs is given, its outline, the paper and its files."""
    request.state.act = f"GET /papers/{name[:100]}"
    kind, given = kind_named(name), given_in(request)
    own = {name: texts for name, texts in given.items() if name not in _OWN}
    shown: dict[str, Any] = {
        "kind": kind,
        "fields": form_of(kind, {kind.named: ()} if kind.named else {}, own),
        "schemes": tuple(SCHEMES),
        "given": {name: given.get(name, [""])[-1] for name in _OWN},
    }
    if not request.query_params:
        return page(request, "paper", **shown)
    try:
        document = _written(request, session, name)
    except IgaError as error:
        if error.http_status >= 500:
            raise
        return page(request, "paper", **shown, error=error, ways=(), status=error.http_status)
    again: dict[str, Any] = dict(given)
    files = {form: address(f"{VERSION}/memos/{name}.{form}", **again) for form in ("docx", "pdf", "html", "md")}
    framed = address(f"/papers/{name}/preview", **again)
    return page(request, "paper", **shown, document=document, files=files, framed=framed)


@router.get("/papers/{name}/preview")
@in_session
def preview_paper(request: Request, session: Now, name: Name) -> Response:
    """Return a paper as HTML, to be shown in a frame of its page."""
    request.state.act = f"GET /papers/{name[:100]}/preview"
    given = given_in(request)
    style = Style(scheme=scheme_named(given.get("marking_scheme", ["sbu"])[-1]), is_final=_is_set(request, "final"))
    paper = rendered(_written(request, session, name), "html", style=style)
    return Response(paper, media_type="text/html", headers=_FRAMED)


def _written(request: Request, session: Session, name: str) -> PaperDocument:
    disclosing(request, session)
    own = {name: texts for name, texts in given_in(request).items() if name not in _OWN}
    return write_memo(session, kind_named(name).name, own, is_full=_is_set(request, "full"))


def _is_set(request: Request, name: str) -> bool:
    """Say whether a parameter that is yes or no is yes; left out it is no.

    Raises:
        UsageError: It is neither.
    """
    text = request.query_params.get(name) or "false"
    if text not in ("true", "false"):
        raise UsageError(f"{name}: {text[:80]!r} is neither true nor false")
    return text == "true"
