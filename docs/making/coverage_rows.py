"""The rows of docs/coverage.md: what the office works with, and the commands that show that it is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CoverageRow:
    """One subject of the office's work.

    Attributes:
        subject: As the office calls it.
        loads: Command lines that bring a file of the office's own in: templates and formats.
        asks: Command lines, without ``iga``, that show the bundled data; each is run when the page is made.
    """

    subject: str
    loads: tuple[str, ...]
    asks: tuple[tuple[str, ...], ...]


ROWS: tuple[CoverageRow, ...] = (
    CoverageRow(
        "UN",
        (
            "iga load votes.csv --format un-votes",
            "iga load sponsors.txt --format co-sponsors",
            "iga template members -o members.xlsx",
        ),
        (
            ("ask", "members", "--party", "ICAT"),
            ("ask", "members", "--party", "Human Rights Council"),
            ("ask", "mandates", "--since", "2026", "--until", "2026"),
            ("ask", "resolution", "--resolution", "S/RES/2331", "--party", "USA"),
            ("ask", "co-sponsors", "--party", "USA", "--since", "2010"),
            ("ask", "engagements", "--party", "UN General Assembly", "--since", "2023"),
            ("ask", "gaps", "--agreement", "Palermo Protocol", "--party", "UN"),
        ),
    ),
    CoverageRow(
        "ILO",
        ("iga template agreements -o agreements.xlsx",),
        (
            ("ask", "members", "--party", "ILO"),
            ("ask", "engagements", "--party", "International Labour Conference"),
            ("ask", "parties", "--agreement", "C190"),
            ("ask", "members", "--party", "Alliance 8.7"),
            ("find", "CEACR"),
        ),
    ),
    CoverageRow(
        "OSCE",
        ("iga template contacts -o contacts.xlsx",),
        (
            ("ask", "members", "--party", "OSCE"),
            ("ask", "contact", "--party", "OSCE", "--topic", "THB"),
            ("ask", "engagements", "--party", "OSCE Alliance"),
            ("find", "ISTAC"),
        ),
    ),
    CoverageRow(
        "OAS",
        ("iga template engagements -o engagements.xlsx",),
        (
            ("ask", "members", "--party", "OAS"),
            ("ask", "engagements", "--party", "OAS Meeting of National Authorities"),
            ("find", "Committee on Hemispheric Security"),
        ),
    ),
    CoverageRow(
        "Bali Process",
        ("iga template members -o members.xlsx", "iga load calendar.ics"),
        (
            ("ask", "members", "--party", "Bali Process"),
            ("ask", "members", "--party", "Bali Process", "--role", "co-chair"),
            ("ask", "engagements", "--party", "Bali Process Ad Hoc Group"),
            ("find", "Regional Support Office"),
        ),
    ),
    CoverageRow(
        "Other multilateral bodies",
        ("iga load --list factbook-memberships",),
        (
            ("ask", "reviews", "--party", "GRETA"),
            ("ask", "parties", "--agreement", "CETS 197"),
            ("ask", "parties", "--agreement", "ACTIP"),
            ("ask", "members", "--party", "European Union"),
            ("ask", "members", "--party", "African Union"),
            ("ask", "members", "--party", "Commonwealth"),
            ("ask", "members", "--party", "G7"),
            ("ask", "members", "--party", "G20"),
            ("ask", "members", "--party", "INTERPOL"),
        ),
    ),
    CoverageRow(
        "PITF and SPOG",
        ("iga template members -o members.xlsx",),
        (
            ("ask", "members", "--party", "PITF"),
            ("ask", "engagements", "--party", "PITF"),
            ("ask", "members", "--party", "SPOG"),
        ),
    ),
    CoverageRow(
        "US Advisory Council on Human Trafficking",
        ("iga template members -o members.xlsx",),
        (
            ("ask", "members", "--party", "US Advisory Council"),
            ("ask", "recommendations", "--party", "PITF"),
        ),
    ),
    CoverageRow(
        "TIP Office",
        ("iga load contacts.xlsx --format contact-list", "iga load cards.vcf"),
        (
            ("ask", "contact", "--party", "OAS"),
            ("ask", "contact", "--party", "Ghana"),
            ("find", "Ambassador-at-Large"),
        ),
    ),
    CoverageRow(
        "TIP Report",
        ("iga mapping new recommendations.xlsx -o recommendations.yaml",),
        (
            ("ask", "tier-history", "--party", "Libya"),
            ("ask", "watch-list-clock"),
            ("ask", "restrictions", "--year", "2025"),
            ("ask", "recommendations", "--party", "Ghana"),
            ("ask", "plans", "--party", "Spain"),
            ("ask", "due", "--since", "2026-01", "--until", "2026-12"),
        ),
    ),
    CoverageRow(
        "International Programs",
        (
            "iga load activities.xml --format iati",
            "iga load Assistance_PrimeTransactions.csv --format usaspending-awards",
            "iga load Assistance_Subawards.csv --format usaspending-subawards",
            "iga load us_foreign_aid_complete.csv --format foreignassistance",
            "iga template awards -o awards.xlsx",
        ),
        (
            ("find", "Emergency Victim Assistance"),
            (
                "ask",
                "project",
                "--project",
                "Regional plan of action and legislation support in Eastern Africa (UNODC)",
            ),
            ("ask", "award", "--award", "AID-486-L-17-00001"),
            ("ask", "portfolio", "--party", "TIP Office"),
            ("ask", "funding", "--party", "Ghana"),
        ),
    ),
    CoverageRow(
        "Child Protection Compacts",
        ("iga template agreements -o agreements.xlsx",),
        (
            ("ask", "compact", "--party", "Peru"),
            ("ask", "compact", "--party", "Ghana"),
        ),
    ),
    CoverageRow(
        "Partners",
        (
            "iga load partners.csv --format partners",
            "iga load entities.ftm.json --format ftm",
            "iga load --list msr-companies",
            "iga sources --available",
            "iga resolve candidates",
            "iga reconcile partners.csv --column Name -o matched.csv",
        ),
        (
            ("ask", "partners", "--party", "Ghana", "--topic", "child trafficking"),
            ("ask", "partners", "--category", "committee", "--party", "United States"),
            ("ask", "partners", "--category", "foundation"),
            ("ask", "partners", "--category", "survivor council"),
            ("ask", "partners", "--category", "universities"),
            ("ask", "partners", "--category", "agency"),
        ),
    ),
    CoverageRow(
        "Law",
        ("iga template agreements -o agreements.xlsx",),
        (
            ("find", "TVPA"),
            ("find", "Trafficking Victims Protection Reauthorization Act"),
            ("find", "minimum standards"),
        ),
    ),
)


def command_line(words: tuple[str, ...]) -> str:
    """Return words as they are typed in a shell."""
    quoted = (f'"{word}"' if " " in word or not word.isascii() else word for word in words)
    return f"iga {' '.join(quoted)}"
