"""The situations that the office meets, each with the command that serves it: the head of docs/questions.md."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs.making.coverage_rows import command_line

Words = tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """One situation of the office's work.

    Attributes:
        told: What has happened, or is asked, in a few words.
        commands: Command lines that serve it, without ``iga``; each is run by the tests over the bundled data and
            the fictional sample.
    """

    told: str
    commands: tuple[Words, ...]


def _asks(question: str, **given: str) -> Words:
    return ("ask", question, *_options(given))


def _writes(kind: str, *named: str, **given: str) -> Words:
    return ("memo", kind, *named, *_options(given), "-o", f"{kind}.docx")


def _options(given: dict[str, str]) -> Iterator[str]:
    for name, text in given.items():
        yield from (f"--{name.replace('_', '-')}", text)


SITUATIONS: tuple[Situation, ...] = (
    Situation(
        "The Ambassador meets the OSCE's Special Representative this week",
        (
            _writes("meeting", party="OSCE Special Representative", topic="child trafficking"),
            _asks("last-touch", party="OSCE"),
            _asks("commitments", party="USA", other="OSCE"),
        ),
    ),
    Situation(
        "Whom do I write to at ODIHR on child trafficking, and in which language?",
        (_asks("contact", party="ODIHR", topic="child trafficking"),),
    ),
    Situation(
        "A message bounced: she left in August",
        (
            (
                "add",
                "contact-check",
                "farid.pretend@example.org",
                "--bounced",
                "--left",
                "2026-08",
                "--because",
                "automatic reply",
            ),
            _asks("stale-contacts", party="OSCE"),
        ),
    ),
    Situation(
        "A Third Committee text is out: do we co-sponsor?",
        (_asks("resolution", resolution="A/RES/74/176", party="USA"), _asks("resolutions", party="USA", role="co")),
    ),
    Situation("Which mandates end within a year?", (_asks("mandates", since="2026", until="2027"),)),
    Situation(
        "A delegation book for a high-level meeting of the General Assembly",
        (
            _writes("delegation", "High-level meeting on trafficking in persons (fictional)"),
            _asks("participants", engagement="High-level meeting on trafficking in persons (fictional)"),
        ),
    ),
    Situation(
        "A working group of the UNTOC meets next week: ten countries",
        (
            _writes("body", "UNTOC Working Group on Trafficking in Persons", other="Peru"),
            _asks("coverage", party="Bali Process", agreement="UNTOC"),
            _asks("reviews", party="Albania"),
        ),
    ),
    Situation(
        "The Labour Conference may take up a case of forced labor",
        (_asks("treaty-status", party="Ghana", agreement="C29"), ("find", "CEACR")),
    ),
    Situation(
        "The OAS Meeting of National Authorities: who hosted, who came?",
        (
            _asks("engagements", party="OAS", topic="THB"),
            _asks("participants", engagement="OAS Meetings of National Authorities on Trafficking in Persons"),
        ),
    ),
    Situation("Is this State in the Bali Process?", (_asks("memberships", party="Kenya", other="Bali Process"),)),
    Situation(
        "GRETA published its report: does it ask what we ask?",
        (_asks("recommendations", party="Azerbaijan"), _asks("reviews", party="Azerbaijan", other="GRETA")),
    ),
    Situation(
        "An embassy asks: when did they join the Palermo Protocol, with a reservation?",
        (_asks("treaty-status", party="Ghana", agreement="Palermo Protocol"),),
    ),
    Situation(
        "Which OSCE States are outside the Palermo Protocol?",
        (_asks("gaps", agreement="Palermo Protocol", party="OSCE"),),
    ),
    Situation(
        "Report week: the tiers are loaded, with `public_from` as the instant of their release",
        (_asks("tier-changes", year="2025"), _asks("tier-history", party="Brazil", year="2025")),
    ),
    Situation("Who may be downgraded automatically?", (_asks("watch-list-clock"),)),
    Situation("Which of our awards are in restricted countries?", (_asks("restrictions", year="2026"),)),
    Situation(
        "A committee asks: how much for Peru since 2015, and through whom?",
        (_asks("funding-summary", party="Peru", since="2015"), _asks("top-partners", party="Peru")),
    ),
    Situation("A quarterly report: what did the compact achieve?", (_asks("compact-progress", party="Peru"),)),
    Situation(
        "The auditors ask what partner countries gave under the compacts",
        (_asks("compact-progress", party="Philippines"),),
    ),
    Situation(
        "A compact dialogue in three weeks",
        (_writes("meeting", agreement="compact with Peru"), _asks("commitments", party="Romania", other="USA")),
    ),
    Situation(
        "From the appropriation to the shelter",
        (
            _asks("funding-trace", party="Example Treasury (fictional)"),
            _asks("funding-of", party="Pretend Community House (fictional)"),
        ),
    ),
    Situation(
        "An award is terminated: whom does it touch?",
        (_asks("impact", award="AID-486-L-17-00001"), _asks("award", award="AID-486-L-17-00001")),
    ),
    Situation(
        "Four lists give four amounts for one project",
        (_asks("project", project="Regional plan of action and legislation support in Eastern Africa (UNODC)"),),
    ),
    Situation(
        "The director of a partner moves",
        (_asks("profile", party="Free the Slaves"), _asks("last-touch", party="Free the Slaves")),
    ),
    Situation(
        "A company offers a partnership",
        (_writes("partner", "Warnath Group"), _asks("path", party="TIP Office", other="Warnath Group")),
    ),
    Situation(
        "Terms of the Advisory Council end in January",
        (_asks("expiring", since="2026-11", until="2027-12"), _asks("members", party="US Advisory Council")),
    ),
    Situation(
        "The Interagency Task Force meets",
        (_writes("body", "PITF"), _asks("members", party="PITF"), _asks("recommendations", party="PITF")),
    ),
    Situation(
        "A survivor expert is to be invited",
        (_asks("consent", party="person:fictional-c01", purpose="speak at a side event"),),
    ),
    Situation(
        "Rotation: what does the successor take over?",
        (_writes("handover", "Uma Mockup"), _asks("vacancies", party="OSCE")),
    ),
    Situation(
        "A trip to Vienna and Bucharest",
        (
            _writes("trip", "Ambassador-at-Large trip to Vienna and Bucharest (fictional)"),
            _asks("engagements", place="Vienna", since="2026-12"),
        ),
    ),
    Situation("A side event: who co-hosted with us before?", (_asks("co-sponsors", party="USA", since="2010"),)),
    Situation("Twelve of our posts delivered a démarche", (_asks("engagements", kind="demarche"),)),
    Situation("Who clears this paper?", (_asks("clearers", party="Ghana", purpose="money"),)),
    Situation(
        "A request under the Privacy Act or FOIA",
        (
            ("export", "person", "Helga Gayer", "--to", "json", "-o", "helga-gayer.json"),
            ("why", "person:greta-president-1"),
        ),
    ),
    Situation(
        "“That is wrong”",
        (
            _asks("conflicts", party="Jamaica"),
            ("why", "compact:jam-2018"),
            ("correct", "gov:gha", "capital", "Accra", "--because", "seen on the map"),
        ),
    ),
    Situation(
        "National coordinators of a dozen countries, as one sheet",
        (
            (
                *_asks("contact", role="coordinator"),
                *(word for name in ("Ghana", "Peru", "Kenya", "Spain", "Albania") for word in ("--party", name)),
            ),
        ),
    ),
    Situation("We leave a body: what does it touch?", (_asks("impact", party="UN Women"),)),
    Situation(
        "Friday: what changed, what is overdue?",
        (_asks("what-changed", since="2026-11-18"), _asks("due"), _writes("calendar")),
    ),
)


def situations_table() -> str:
    """Return the situations with their commands as a Markdown table, under a heading."""
    rows = [f"| {number} | {one.told} | {_commands(one)} |" for number, one in enumerate(SITUATIONS, 1)]
    heads = "## Which question for which situation\n\n| | situation | ask |\n|---:|---|---|"
    return "\n".join([heads, *rows, ""])


def _commands(situation: Situation) -> str:
    return "<br>".join(f"`{command_line(words)}`" for words in situation.commands)
