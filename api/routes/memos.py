"""/v1/memos: papers, each kind at its own address with its own parameters, in the format that is asked for."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, create_model

from iga.api.deps import FixedRoute, KnownOnParams, NoParameters, Now, built, disclosing, in_session, own_values
from iga.api.negotiation import content_of, form_of
from iga.exports.memos.kind import MemoKind
from iga.exports.memos.registry import MEMOS
from iga.exports.memos.write import kind_named, write_memo
from iga.exports.render.formats import FORMATS, rendered
from iga.exports.render.style import Style, scheme_named
from iga.graph.errors import NotFound
from iga.graph.keys import VERSION

router = APIRouter(prefix=VERSION, tags=["memos"])


class MemoList(BaseModel):
    """The kinds of memos that can be written."""

    memos: tuple[dict[str, Any], ...] = Field(description="Name, title, parameters and an example of each.")


@router.get("/memos", name="memos")
def list_memos(_: Annotated[NoParameters, Query()]) -> MemoList:
    """List the kinds of memos in the order of the manual."""
    return MemoList(memos=tuple(kind.summary() for kind in MEMOS.values()))


def _asked(kind: MemoKind) -> type[BaseModel]:
    """Return the parameters of a kind with those of every paper."""
    given: Any = {
        "marking_scheme": (Literal["none", "sbu", "cui"], Field(default="sbu", description="How it is marked.")),
        "final": (bool, Field(default=False, description="Without the line that says DRAFT.")),
        "full": (bool, Field(default=False, description="With all that is on record as a numbered annex.")),
    }
    return built(create_model(f"{kind.params.__name__}Paper", __base__=kind.params, **given), KnownOnParams)


def _route(kind: MemoKind, asked: type[BaseModel]) -> Callable[..., Any]:
    @in_session
    def paper(request: Request, session: Now, given: Annotated[asked, Query()]) -> Response:  # type: ignore[valid-type]
        ending = form_of(request, *FORMATS)
        disclosing(request, session)
        style = Style(scheme=scheme_named(given.marking_scheme), is_final=given.final)  # type: ignore[attr-defined]
        document = write_memo(session, kind.name, own_values(given, kind.params), is_full=given.full)  # type: ignore[attr-defined]
        named = {"Content-Disposition": f'attachment; filename="{document.file_stem}.{ending}"'}
        return Response(rendered(document, ending, style=style), media_type=FORMATS[ending], headers=named)

    paper.__name__ = f"memo_{kind.name.replace('-', '_')}"
    paper.__doc__ = kind.title
    return paper


def _add() -> None:
    shown: dict[int | str, dict[str, Any]] = {200: {"content": content_of(*FORMATS)}}
    for kind in MEMOS.values():
        route = _route(kind, _asked(kind))
        router.add_api_route(
            f"/memos/{kind.name}",
            route,
            methods=["GET"],
            response_class=Response,
            responses=shown,
            route_class_override=FixedRoute,
        )


_add()


@router.get("/memos/{name}", include_in_schema=False)
def unknown_memo(name: str) -> None:
    """Refuse a kind of memo that does not exist, with what may have been meant."""
    kind_named(name)
    raise NotFound(f"there is no memo {name!r}")
