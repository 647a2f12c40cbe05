// How many awards have no end that is held?
// An award that its source states to be open is one too.
MATCH (award:Award)
WHERE award.period_end IS NULL
RETURN
  award.cls AS type,
  count(*) AS count
ORDER BY type
