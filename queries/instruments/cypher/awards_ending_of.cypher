// Which awards to or by these parties end in this period?
// The four days that the fold gave an award tell; the caller judges partial ones.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[:AWARDED_TO|FUNDED]-(award:Award)
WHERE award.period_end IS NOT NULL AND award.end_min <= $until AND award.end_max >= $since
WITH DISTINCT award
RETURN
  award.id AS id,
  award.cls AS cls,
  award.name AS name,
  properties(award) AS values
ORDER BY id
