"""What the codes of the IATI code lists mean, as far as they are taken (code lists of 2.03, iatistandard.org)."""

MEASURES = {
    "1": "incoming_funds",
    "2": "commitment",
    "3": "disbursement",
    "4": "expenditure",
    "5": "interest_payment",
    "6": "loan_repayment",
    "7": "reimbursement",
    "8": "purchase_of_equity",
    "9": "sale_of_equity",
    "10": "credit_guarantee",
    "11": "incoming_commitment",
    "12": "pledge",
    "13": "incoming_pledge",
}
"""TransactionType → what the amount measures."""

TRANSACTION_KINDS = {
    "1": "Incoming Funds",
    "2": "Outgoing Commitment",
    "3": "Disbursement",
    "4": "Expenditure",
    "5": "Interest Payment",
    "6": "Loan Repayment",
    "7": "Reimbursement",
    "8": "Purchase of Equity",
    "9": "Sale of Equity",
    "10": "Credit Guarantee",
    "11": "Incoming Commitment",
    "12": "Outgoing Pledge",
    "13": "Incoming Pledge",
}
"""TransactionType → its name."""

GOING_OUT = ("2", "3")
"""Transactions under the award: what is promised to its recipient, and what is paid to it."""

STATUSES = {
    "1": "pipeline",
    "2": "implementation",
    "3": "finalisation",
    "4": "closed",
    "5": "cancelled",
    "6": "suspended",
}
"""ActivityStatus."""

BUDGET_TYPES = {"1": "original", "2": "revised"}
BUDGET_STATUSES = {"1": "indicative", "2": "committed"}

FUNDING, ACCOUNTABLE, EXTENDING, IMPLEMENTING = "1", "2", "3", "4"
ROLES = {ACCOUNTABLE: "accountable", EXTENDING: "extending", IMPLEMENTING: "implementing"}
"""OrganisationRole of those who carry an activity out, in one way or another."""

ORGANIZATION_KINDS = {
    "10": "body",
    "11": "body",
    "15": "body",
    "21": "ngo",
    "22": "ngo",
    "23": "ngo",
    "24": "ngo",
    "40": "org",
    "70": "company",
    "71": "company",
    "72": "company",
    "73": "company",
    "80": "academic",
}
"""OrganisationType → kind of id. Partnerships (30), foundations (60) and others (90) are organizations."""

SCHEMES = {
    "": "DAC",
    "1": "DAC",
    "2": "DAC-3",
    "3": "COFOG",
    "4": "NACE",
    "5": "NTEE",
    "6": "AidData",
    "7": "SDG-goal",
    "8": "SDG-target",
    "9": "SDG-indicator",
    "10": "IASC",
    "11": "NAICS",
    "12": "UN-function",
}
"""SectorVocabulary → scheme of a purpose code; 98 and 99 are the reporting organization's own."""

TAG_SCHEMES = {"2": "SDG-goal", "3": "SDG-target"}
"""TagVocabulary, as far as tags are purposes."""

TOPICS = {
    "DAC:15160": ("human-rights",),
    "DAC:15190": ("migration",),
    "DAC:15261": ("child-soldiers",),
    "SDG-target:5.2": ("trafficking-in-persons",),
    "SDG-target:8.7": ("trafficking-in-persons", "forced-labor", "child-labor", "child-soldiers"),
    "SDG-target:16.2": ("child-trafficking",),
}
"""Purposes that clearly name a topic of ours. No DAC code is trafficking alone, so none is read as such."""

REGION_SCHEMES = {"": "DAC", "1": "DAC", "2": "UN-M49"}
"""RegionVocabulary; 99 is the reporting organization's own."""

RESULT_KINDS = {"1": "output", "2": "outcome", "3": "impact"}
UNITS = {"2": "percent"}
"""IndicatorMeasure, where it names a unit."""

GRANTS, LOANS = ("110", "111"), ("410", "411", "412", "413", "414", "421", "422", "423", "424", "425")
"""FinanceType of what is a grant, and of what is a loan."""

DOCUMENT_KINDS = {
    "A01": "impact appraisal",
    "A02": "objectives",
    "A03": "intended beneficiaries",
    "A04": "conditions",
    "A05": "budget",
    "A06": "summary of a contract",
    "A07": "review or evaluation",
    "A08": "results",
    "A09": "memorandum of understanding",
    "A10": "tender",
    "A11": "contract",
    "A12": "web page of the activity",
    "B01": "annual report",
    "B02": "strategy",
    "B03": "country strategy",
    "B04": "allocation policy",
    "B05": "procurement policy",
    "B06": "audit report",
    "B07": "country audit report",
    "B08": "exclusions policy",
    "B09": "evaluation report",
    "B10": "country evaluation report",
    "B11": "sector strategy",
    "B12": "thematic strategy",
    "B13": "country memorandum of understanding",
    "B14": "evaluation policy",
    "B15": "terms and conditions",
    "B16": "web page of the organization",
    "B17": "web page on a country or region",
    "B18": "web page on a sector",
}
"""DocumentCategory."""

NOT_TAKEN = (
    "contact-info",
    "activity-scope",
    "location",
    "country-budget-items",
    "humanitarian-scope",
    "policy-marker",
    "collaboration-type",
    "default-flow-type",
    "default-aid-type",
    "default-tied-status",
    "capital-spend",
    "legacy-data",
    "conditions",
    "crs-add",
    "fss",
)
"""Elements of an activity that the graph has no place for; a load says how many there were."""
