"""/v1/audit: the log of who asked what, and whether it is whole, for auditors."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from msgspec import to_builtins
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import AtWorkspace
from iga.graph.backup import log_faults
from iga.graph.keys import VERSION
from iga.queries.core.accounting import note, readable_log

router = APIRouter(prefix=VERSION, tags=["audit"])


class WantedActs(BaseModel):
    """Which acts are meant."""

    model_config = ConfigDict(extra="forbid")

    who_saw: str | None = Field(
        default=None,
        description="Id of a person: only the acts that showed them, or were about them.",
        examples=["person:usac-2015-01"],
    )
    limit: int = Field(default=20, ge=1, le=1000, description="Most acts, the last ones.")


class Acts(BaseModel):
    """The log, or the part that was asked for."""

    head: str = Field(description="Number and digest of the last act, as `iga status` prints it.")
    faults: list[str] = Field(description="What is wrong with the log, a sentence each; empty if it is whole.")
    acts: list[dict[str, Any]] = Field(description="Oldest first: ids and names of fields, never values.")


@router.get("/audit", name="audit")
def read_audit_log(request: Request, workspace: AtWorkspace, wanted: Annotated[WantedActs, Query()]) -> Acts:
    """Return the last acts of the audit log, and whether it is whole."""
    log = readable_log(workspace, request.state.reader)
    found = log.who_saw([wanted.who_saw]) if wanted.who_saw else log.entries()
    acts = list(found)[-wanted.limit :]
    with workspace.reading() as reading:
        faults = log_faults(reading.ledger.whole, log)
    page = Acts(head=log.head().written, faults=faults, acts=to_builtins(acts))
    note(workspace, [], act="GET /v1/audit")
    return page
