"""The list of partners of an office: who they are, what sort, where, and what they do."""

from ingest.formats.mapped_format import mapped_format

PARTNERS = mapped_format(
    "partners",
    "a list of partners",
    columns=("Kind", "Name", "What they do", "Part of"),
    suffixes=(".xlsx", ".xlsm", ".csv"),
    example="""ID,Kind,Name,Acronym,Other names,Country,Website,Topics,Identifiers,What they do,Part of,Source,Remarks
,NGO,Example Relief,ER,Ex. Relief,Ghana,https://relief.example.org,protection; child labor,,shelters,,https://example.org,
,university,Example University,,,Kenya,,data and research,,prevalence studies,,https://example.org,
,survivor council,Example Survivor Council,ESC,,,,,,advises the ministry,,https://example.org,
""",
)
