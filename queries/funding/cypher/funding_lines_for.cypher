// Which budget lines are for these places?
// A field names the place, so there is no relationship to follow: all budget lines are looked at.
MATCH (line:FundingLine)
WHERE line.place IN $ids
RETURN
  line.id AS id,
  line.cls AS cls,
  line.name AS name,
  properties(line) AS values
ORDER BY id
