"""/papers: every kind of paper as a form, the paper beside its outline and its blanks; the check of a finished one."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from iga.api.deps import NoParameters, Now, disclosing, in_session
from iga.api.forms import CHECK, TOKEN, SentFile, texts_of
from iga.api.pages.frame import address, given_in, page
from iga.api.pages.question_page import form_of
from iga.exports.checking.check import checked
from iga.exports.checking.recorded import record_in
from iga.exports.memos.registry import MEMOS
from iga.exports.memos.write import kind_named, write_memo
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.drafting import BlankField, blanks_of
from iga.exports.render.formats import FORMATS, rendered
from iga.exports.render.frame import ADDRESSED, APPROVED, DRAFTED, as_asked
from iga.exports.render.style import SCHEMES, Style, scheme_named
from iga.graph.errors import ClassifiedText, IgaError, UsageError
from iga.graph.keys import VERSION
from iga.ingest.classified import looks_classified
from iga.queries.core.session import Session

router = APIRouter(include_in_schema=False)

_OWN = ("known_on", "marking_scheme", "full", "final")
"""Parameters of every paper."""
_FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of a paper that is shown in a page of ours: it runs nothing and loads nothing."""

_AS, _FRAME = "as", "frame"
_ADDRESSED = tuple(BlankField(role, role.capitalize(), prompt) for role, prompt in as_asked(ADDRESSED))
_SIGNED = tuple(BlankField(role, role, prompt) for role, prompt in as_asked((DRAFTED, APPROVED)))

Name = Annotated[str, Path(max_length=100)]
Texts = Annotated[dict[str, list[str]], Depends(texts_of)]


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
    return page(
        request,
        "paper",
        **shown,
        document=document,
        files={form: address(f"{VERSION}/memos/{name}.{form}", **again) for form in FORMATS},
        framed=address(f"/papers/{name}/preview", **again),
        filling=address(f"/papers/{name}/filled", **again),
        blanks=(*_ADDRESSED, *blanks_of(document.sections), *_SIGNED),
    )


@router.get("/papers/{name}/preview")
@in_session
def preview_paper(request: Request, session: Now, name: Name) -> Response:
    """Return a paper as HTML, to be shown in a frame of its page."""
    request.state.act = f"GET /papers/{name[:100]}/preview"
    paper = rendered(_written(request, session, name), "html", style=_style(request))
    return Response(paper, media_type="text/html", headers=_FRAMED)


@router.post("/papers/{name}/filled")
@in_session
def fill_paper(request: Request, session: Now, name: Name, form: Texts) -> Response:
    """Return a paper with what its drafter wrote into the blanks, for the frame or as a file; nothing of it is kept.

    Raises:
        ClassifiedText: What was written looks classified.
        UsageError: It is asked for in a format that does not exist.
    """
    request.state.act = f"POST /papers/{name[:100]}/filled"
    words = {key: " ".join(texts).strip() for key, texts in form.items() if key not in (TOKEN, _AS)}
    if any(map(looks_classified, words.values())):
        raise ClassifiedText("what you wrote looks classified: it has no place here, and nothing of it was kept")
    ending = "".join(form.get(_AS, ())) or "html"
    if ending not in (*FORMATS, _FRAME):
        raise UsageError(f"{_AS}: {ending[:20]!r} is no format of papers: {', '.join(FORMATS)}")
    document = _written(request, session, name, words)
    if ending == _FRAME:
        return Response(rendered(document, "html", style=_style(request)), media_type="text/html", headers=_FRAMED)
    named = {"Content-Disposition": f'attachment; filename="{document.file_stem}.{ending}"'}
    return Response(rendered(document, ending, style=_style(request)), media_type=FORMATS[ending], headers=named)


def _written(
    request: Request, session: Session, name: str, words: Mapping[str, str] = MappingProxyType({})
) -> PaperDocument:
    disclosing(request, session)
    own = {name: texts for name, texts in given_in(request).items() if name not in _OWN}
    return write_memo(session, kind_named(name).name, own, is_full=_is_set(request, "full"), words=words)


def _style(request: Request) -> Style:
    scheme = request.query_params.get("marking_scheme") or "sbu"
    return Style(scheme=scheme_named(scheme), is_final=_is_set(request, "final"))


def _is_set(request: Request, name: str) -> bool:
    """True if a parameter that is yes or no is yes; left out it is no."""
    text = request.query_params.get(name) or "false"
    if text not in ("true", "false"):
        raise UsageError(f"{name}: {text[:80]!r} is neither true nor false")
    return text == "true"
