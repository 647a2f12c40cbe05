section Section1;

// What the service replies to what stands in the table Ask. This query alone reads the sheet and the network.
shared Reply = let
    Ask = Excel.CurrentWorkbook(){[Name = "Ask"]}[Content],
    Filled = Table.SelectRows(Ask, each [Value] <> null and Text.Trim(Text.From([Value])) <> ""),
    Values = Record.FromList(List.Transform(Filled[Value], each Text.Trim(Text.From(_))), Filled[Name]),
    Key = Record.FieldOrDefault(Values, "key", ""),
    Response = Web.Contents(Values[address], [
        RelativePath = "questions/" & Values[question],
        Query = Record.RemoveFields(Values, {"address", "key", "question"}, MissingField.Ignore),
        Headers = [Accept = "application/json"] & (if Key = "" then [] else [Authorization = "Bearer " & Key]),
        ManualStatusHandling = {401, 403, 404, 409, 422, 503}
    ]),
    Status = Value.Metadata(Response)[Response.Status],
    Document = Json.Document(Response)
in
    if Status = 200 then Document else error Error.Record(Document[title], Document[detail]);

// What it says, and what is not known.
shared Answer = let
    Sentences = (part, said) => List.Transform(said, each {part, [text]}),
    AsOf = {{"as of", Reply[as_of]}},
    Said = AsOf & Sentences("answer", Reply[clauses]) & Sentences("not known", Reply[caveats])
in
    Table.FromRows(Said, {"Part", "Text"});

// What was found, a row for each, with the numbers of its evidence; lists are written with semicolons.
shared Rows = let
    Written = (value) =>
        if value is list then Text.Combine(List.Transform(value, each Text.From(@Written(_))), "; ")
        else if value is record then Text.FromBinary(Json.FromValue(value))
        else value,
    Names = List.Union(List.Transform(Reply[rows], Record.FieldNames)),
    Cells = (row) => List.Transform(Names, each Written(Record.FieldOrDefault(row, _)))
in
    if Names = {} then #table({"Rows"}, {{"none"}}) else Table.FromRows(List.Transform(Reply[rows], Cells), Names);

// The sources, by the number that rows and sentences name.
shared Evidence = let
    Notes = List.Transform(Record.FieldNames(Reply[evidence]), each [number = _] & Record.Field(Reply[evidence], _)),
    Columns = {"number", "title", "stated_on", "locator", "url"},
    Cells = (note) => List.Transform(Columns, each Record.Field(note, _))
in
    Table.FromRows(List.Transform(Notes, Cells), Columns);
