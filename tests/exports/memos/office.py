"""Made-up answers of the office's questions, from which the papers on meetings are written without a store."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal, cast

from iga.exports.memos.write import write_memo
from iga.exports.paper.blocks import Bullets, Series, Table, TableRow
from iga.exports.paper.charts import BarChart, MarkChart
from iga.exports.paper.document import PaperDocument, Section
from iga.exports.paper.statements import Blank, Claim, Unknown
from iga.graph.ledger.ledger import Ledger
from iga.graph.stores.door import ReadableStore
from iga.queries.ask import Parameters
from iga.queries.changing.what_changed import ChangeRow
from iga.queries.contacts.cadence import TouchRow
from iga.queries.contacts.clearers import ClearanceReason, ClearerRow
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.answer import Answer, AnswerRow, Clause, EvidenceNote, Subject, Total
from iga.queries.core.session import Session
from iga.queries.core.state import Status
from iga.queries.multilateral.commitments import CommitmentRow
from iga.queries.multilateral.delegation import DelegateRow
from iga.queries.multilateral.engagements import EngagementRow
from iga.queries.multilateral.participants import ParticipantRow

TODAY = "2026-11-25"
BODY: dict[str, Any] = {"id": "org:eso", "cls": "InternationalOrganization", "name": "Example Security Organization"}
USA: dict[str, Any] = {"id": "gov:usa", "cls": "Government", "name": "United States", "iso3": "USA"}
GHANA: dict[str, Any] = {"id": "gov:gha", "cls": "Government", "name": "Ghana", "iso3": "GHA"}
BILAT: dict[str, Any] = {"engagement": "engagement:bilat", "engagement_name": "Meeting with the ESO"}
OURS: dict[str, Any] = {"on_behalf_of": "gov:usa", "on_behalf_of_name": "United States"}
THEIRS: dict[str, Any] = {"on_behalf_of": "org:eso", "on_behalf_of_name": "Example Security Organization"}
COMING: dict[str, Any] = {"held": "unknown", "presence": "registered", "is_counted": True}

Answers = dict[str, Any]
"""By question: an answer, or what makes one of the parameters asked with."""


def answer(
    question: str,
    *rows: AnswerRow,
    about: Mapping[str, Any] = BODY,
    clauses: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    **note: Any,
) -> Answer:
    """Return an answer of which each row rests on a note of its own, and each clause, by id with its values, on all."""
    given = {"title": f"Source of {question}", "url": None, "stated_on": "2026", "load": 1, **note}
    numbers = range(1, len(rows) + 1)
    return Answer(
        question=question,
        parameters={"party": str(about["id"]), "other": "gov:usa"},
        as_of=TODAY,
        answer=f"As of {TODAY}: as the rows say",
        clauses=clauses_of(clauses, *numbers),
        rows=tuple(row.model_copy(update={"evidence": (number,)}) for number, row in zip(numbers, rows, strict=True)),
        total=Total(value=len(rows)),
        evidence={
            number: EvidenceNote(source=f"ref:{question}", locator=f"{question}.csv:{number}", **given)
            for number in numbers
        },
        data_version="ab12",
        subjects=(Subject.model_validate(about),),
    )


def post(name: str, *, role: str = "adviser", **said: Any) -> ContactRow:
    """Return a way to reach the body by a post."""
    slug = name.lower().replace(" ", "-")
    told = {"rank": 1, "place": "post", "called": name, "post": f"post:{slug}", "post_name": name, "role": role}
    return ContactRow(**BODY, **{**told, "body": BODY["id"], "acronym": "ESO", **said})


def promise(name: str, *, ours: bool, stands: str = "open", **said: Any) -> CommitmentRow:
    """Return a promise between the body and us."""
    made, owed = ("gov:usa", "org:eso") if ours else ("org:eso", "gov:usa")
    return CommitmentRow(
        commitment=f"commitment:{name}",
        commitment_name=name,
        made_by=made,
        owed_to=owed,
        direction="owed to it" if ours else "made",
        stands=stands,
        **said,
    )


def touch(name: str, on: str, **said: Any) -> TouchRow:
    """Return an engagement with our side."""
    return TouchRow(**BODY, kind="engagement", what=f"engagement:{name}", what_name=name, on=on, **said)


def event(name: str, **said: Any) -> EngagementRow:
    """Return an engagement as a row; one that lies ahead unless it is said to be held."""
    slug = name.lower().replace(" ", "-")
    told = {"engagement": f"engagement:{slug}", "engagement_name": name, "part": "itself", "held": "unknown"}
    return EngagementRow(**BODY, **{**told, "status": "planned", **said})


def comes(name: str, *, to: Mapping[str, Any] = BILAT, **said: Any) -> ParticipantRow:
    """Return somebody who takes part in an engagement by a post."""
    told = {"id": f"post:{name.lower().replace(' ', '-')}", "cls": "Post", "name": name, "holding": "in office"}
    return ParticipantRow(**{**COMING, **told, **to, **said})


def delegate(row: ParticipantRow) -> DelegateRow:
    """Return a participant as a member of our delegation."""
    return DelegateRow(**row.model_dump(by_alias=False), party="gov:usa", party_name="United States")


def office() -> Answers:
    """Return answers to everything that a paper on a meeting with the body asks."""
    head = post(
        "Director",
        role="head",
        holder_name="Ada Example",
        holder_seen_on="2018",
        holding="not known to be in office",
        route="body:mission",
        route_name="US Mission to the ESO",
    )
    owner = ContactRow(
        **BODY,
        rank=2,
        place="our owner",
        post_name="IGA Officer",
        holder_name="Uma Mockup",
        holding="in office",
        called="our owner: IGA Officer",
    )
    theirs = comes(
        "Director",
        **THEIRS,
        holder_name="Ada Example",
        seen_on="2018",
        holding="not known to be in office",
        capacity="head",
    )
    ours = comes("Ambassador", **OURS, holding="vacant", capacity="head")
    row = event("bilat", **BILAT, start="2026-12-03", end="2026-12-03", hours="10:00-10:45", place="Vienna")
    return {
        "contact": answer("contact", head, owner),
        "last-touch": answer(
            "last-touch", touch("Call", "2026-11-12", outcome="Agenda promised", ours=("Uma Mockup",))
        ),
        "commitments": answer(
            "commitments",
            promise("Report", ours=False, stands="overdue", due_on="2026-11-15"),
            promise("Comments", ours=True, due_on="2027-01", words="We will send comments."),
            promise("Speaker", ours=True, stands="fulfilled"),
        ),
        "what-changed": changes(change("the post Director", "is vacant")),
        "clearers": answer(
            "clearers",
            ClearerRow(
                office="body:eur",
                office_name="Bureau of Europe",
                acronym="EUR",
                does="clears",
                about=("ESO",),
                reasons=("the bureau (ESO)",),
                grounds=(ClearanceReason(why="the bureau", about="ESO"),),
            ),
        ),
        "chairs": answer("chairs"),
        "mandates": answer("mandates"),
        "withdrawals": answer("withdrawals"),
        "engagements": answer("engagements", row),
        "participants": answer(
            "participants",
            theirs,
            ours,
            about={"id": "engagement:bilat", "cls": "Engagement", "name": "Meeting with the ESO"},
        ),
        "delegation": answer("delegation", delegate(ours), about=USA),
    }


def change(name: str, says: str, *, nature: Literal["happened", "learned"] = "happened") -> ChangeRow:
    """Return a change that says something of a thing."""
    saying: dict[str, Any] = {"verb": says, "thing": "", "detail": None, "when": {}}
    values = {"what": "new", "name": name, "field": "", "saying": saying, "was": None, "is_now": None}
    return ChangeRow(
        what="new",
        nature=nature,
        says=f"{name} {says}",
        subject=f"x:{name}",
        subject_name=name,
        subject_class="Post",
        values={**values, "fresh": None, "gone": None, "thing": {}, "parts": 0},
    )


def changes(*rows: ChangeRow) -> Callable[[Parameters], Answer]:
    """Return what answers what changed with the day that was asked for."""

    def answered(parameters: Parameters) -> Answer:
        found = answer("what-changed", *rows)
        return found.model_copy(update={"parameters": {**found.parameters, "since": str(parameters["since"])}})

    return answered


class CannedSession(Session):
    """A session without a store: nothing is read but what is asked, and no source has a card."""

    def read(self, *_: Any) -> Any:
        """Return nothing."""
        return ()

    @property
    def cards(self) -> Any:
        """None."""
        return {}


def canned_session(today: str) -> Session:
    """Return a session for papers from answers that are made up."""
    return CannedSession(cast(ReadableStore, None), cast(Ledger, None), today=today, status=Status(data_version="ab12"))


def written(
    kind: str, answers: Answers, asked: list[tuple[str, Parameters]] | None = None, **given: str | list[str]
) -> PaperDocument:
    """Return a paper with its annex, written from answers; what was asked is added to a list."""

    def ask(_asking: Session, name: str, parameters: Parameters) -> Answer:
        if asked is not None:
            asked.append((name, parameters))
        found = answers[name]
        return cast(Answer, found(parameters) if callable(found) else found)

    return write_memo(canned_session(TODAY), kind, given, is_full=True, ask=ask)


def section(document: PaperDocument, heading: str) -> Section:
    """Return the first section whose heading begins so, of the annex before the two pages."""
    return next(each for each in (*document.annex, *document.sections) if each.heading.startswith(heading))


def in_brief(document: PaperDocument, heading: str = "") -> list[str]:
    """Return what the first section of the two pages whose heading begins so says."""
    return said(next(each for each in document.sections if each.heading.startswith(heading)))


def said(part: Section | PaperDocument) -> list[str]:
    """Return everything that a section, or the bottom line of a paper, says, one line for each statement or row."""
    blocks = [Bullets(part.bottom_line)] if isinstance(part, PaperDocument) else part.blocks
    return [line for block in blocks for line in _lines(block)]


def _lines(block: object) -> list[str]:
    if isinstance(block, Bullets):
        return [line for item in block.items for line in _lines(item)]
    if isinstance(block, Series):
        return [f"{block.lead} {'; '.join(item.text for item in block.items)}"]
    if isinstance(block, (BarChart, MarkChart)):
        return _lines(block.twin)
    if isinstance(block, Table):
        return [line for row in block.rows for line in _lines(row)]
    if isinstance(block, TableRow):
        return [" | ".join(block.cells)]
    if isinstance(block, (Claim, Unknown)):
        return [f"{block.lead} {block.text}".strip()]
    return [block.text] if isinstance(block, Blank) else []


def clauses_of(values: Mapping[str, Mapping[str, Any]], *numbers: int) -> tuple[Clause, ...]:
    """Return clauses by id, from their values, which rest on some notes."""
    return tuple(Clause(id=name, text="", values=dict(said), evidence=numbers) for name, said in values.items())


def money_clause(amount: str, fiscal: list[int], *, subject: str = "Example", **said: Any) -> dict[str, dict[str, Any]]:
    """Return the first clause of a summary of money of one layer and measure."""
    told = {"measure": "obligation", "layer": "prime award", "things": 1, "period": {}, **said}
    totals = [{"amount": amount, "currency": "USD"}]
    return {"headline": {**told, "subject": subject, "totals": totals, "years": {"fiscal": fiscal, "calendar": []}}}
