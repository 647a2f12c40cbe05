// Which budget lines and stated totals are there?
// Lines of every year; who pays and what they belong to are read apart.
MATCH (line:FundingLine)
RETURN
  line.id AS id,
  line.cls AS cls,
  line.name AS name,
  properties(line) AS values
ORDER BY id
