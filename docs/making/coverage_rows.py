"""The rows of docs/coverage.md: what the office works with, and the commands that show that it is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CoverageRow:
    """One subject of the office's work.

    Attributes:
        subject: As the office calls it.
        loads: Command lines that bring a file of the office's own in: templates and formats.
        asks: Command lines, without ``iga``, that show the bundled data; each is run when the page is made.
        sources: Sources that it is on record from, without ``ref:``; each source stands under one subject.
    """

    subject: str
    loads: tuple[str, ...]
    asks: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...] = ()


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
        (
            "members-un",
            "members-hrc",
            "members-councils",
            "members-icat",
            "resolutions",
            "resolution-sponsors",
            "resolution-votes",
            "mandates",
            "sessions",
            "parties-palermo",
            "parties-untoc",
            "parties-smuggling",
            "parties-firearms",
            "parties-opsc",
            "parties-opac",
            "parties-opic",
            "parties-crc",
            "parties-cedaw",
            "parties-icmw",
            "parties-traffic-1950",
            "parties-other-days",
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
        (
            "members-ilo",
            "members-alliance-8-7",
            "ceacr-comments",
            "parties-ilo-c029",
            "parties-ilo-p029",
            "parties-ilo-c105",
            "parties-ilo-c138",
            "parties-ilo-c182",
            "parties-ilo-c188",
            "parties-ilo-c189",
            "parties-ilo-c190",
            "parties-ilo-further",
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
        ("members-osce", "survivor-council-members"),
    ),
    CoverageRow(
        "OAS",
        ("iga template engagements -o engagements.xlsx",),
        (
            ("ask", "members", "--party", "OAS"),
            ("ask", "engagements", "--party", "OAS Meeting of National Authorities"),
            ("find", "Committee on Hemispheric Security"),
        ),
        ("members-oas",),
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
        ("members-bali",),
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
        (
            "bodies",
            "members-asean",
            "members-au",
            "members-coe",
            "members-commonwealth",
            "members-eu",
            "members-interpol",
            "members-iom",
            "members-other",
            "networks",
            "chairs",
            "events",
            "reviews",
            "review-rounds",
            "parties-cets197",
            "parties-actip",
            "treaties",
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
        ("us-task-force", "us-reports"),
    ),
    CoverageRow(
        "US Advisory Council on Human Trafficking",
        ("iga template members -o members.xlsx",),
        (
            ("ask", "members", "--party", "US Advisory Council"),
            ("ask", "recommendations", "--party", "PITF"),
        ),
        ("advisory-council-members", "advisory-council-recommendations", "advisory-council-reports"),
    ),
    CoverageRow(
        "TIP Office",
        ("iga load contacts.xlsx --format contact-list", "iga load cards.vcf"),
        (
            ("ask", "contact", "--party", "OAS"),
            ("ask", "contact", "--party", "Ghana"),
            ("find", "Ambassador-at-Large"),
        ),
        (
            "us-bodies",
            "us-coverage",
            "relationship-owners",
            "clearance-rules",
            "office-contacts",
            "posts",
            "post-holders",
            "us-post-holders",
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
        (
            "tip-editions",
            "tip-tiers",
            "determinations",
            "determination-documents",
            "downgrade-waivers",
            "recommendations-tip-report",
            "recommendations-labor-department",
            "recommendations-gao",
            "national-action-plans",
            "national-bodies",
            "business-plans",
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
            ("ask", "portfolio", "--party", "Peru", "--year", "2016"),
            ("ask", "funding", "--party", "Ghana"),
        ),
        (
            "programmes",
            "project-lists",
            "project-periods",
            "awards",
            "opportunities",
            "stated-totals",
            "budget-lines",
            "cbj-country-accounts",
            "dol-ilab-projects",
        ),
    ),
    CoverageRow(
        "Child Protection Compacts",
        ("iga template agreements -o agreements.xlsx",),
        (
            ("ask", "compact", "--party", "Peru"),
            ("ask", "compact", "--party", "Ghana"),
        ),
        ("compacts",),
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
        ("partners", "us-partner-bodies", "organization-codes"),
    ),
    CoverageRow(
        "Law",
        ("iga template agreements -o agreements.xlsx",),
        (
            ("find", "TVPA"),
            ("find", "Trafficking Victims Protection Reauthorization Act"),
            ("find", "minimum standards"),
        ),
        ("us-laws", "minimum-standards", "statutory-dates", "topics"),
    ),
    CoverageRow(
        "Governments: names, leaders, missions",
        ("iga load contacts.xlsx --format contact-list",),
        (
            ("ask", "vacancies", "--party", "United States", "--role", "ambassador"),
            ("ask", "contact", "--party", "U.S. Embassy Accra"),
            ("ask", "contact", "--party", "Embassy of Ghana in Washington"),
            ("find", "Prime Minister of Thailand"),
        ),
        (
            "governments",
            "leaders",
            "leaders-posts",
            "us-missions",
            "us-mission-posts",
            "us-chiefs-of-mission",
            "foreign-embassies",
        ),
    ),
    CoverageRow(
        "Congress",
        ("iga load --list congress-subcommittee-seats",),
        (
            ("ask", "congress"),
            ("ask", "congress", "--party", "House Foreign Affairs Committee"),
            ("ask", "congress", "--party", "SFRC", "--other", "Helsinki Commission"),
        ),
        ("congress-committees", "congress-members", "congress-seats", "congress-leaders"),
    ),
    CoverageRow(
        "U.S. withdrawals",
        ("iga template members -o members.xlsx",),
        (
            ("ask", "withdrawals"),
            ("ask", "withdrawals", "--party", "USA", "--other", "UNESCO"),
        ),
        ("us-withdrawals",),
    ),
    CoverageRow(
        "Victims, prosecutions, convictions",
        ("iga mapping new counts.csv -o counts.yaml",),
        (
            ("ask", "statistics", "--party", "Ghana"),
            ("ask", "statistics", "--party", "United Kingdom", "--year", "2023"),
        ),
        ("unodc-totals", "legislation-scope"),
    ),
)


def command_line(words: tuple[str, ...]) -> str:
    """Return words as they are typed in a shell."""
    quoted = (f'"{word}"' if " " in word or not word.isascii() else word for word in words)
    return f"iga {' '.join(quoted)}"
