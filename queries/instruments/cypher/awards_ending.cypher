// Which awards end in this period?
// The four days that the fold gave an award tell; the caller judges partial ones.
MATCH (award:Award)
WHERE award.period_end IS NOT NULL AND award.end_min <= $until AND award.end_max >= $since
RETURN
  award.id AS id,
  award.cls AS cls,
  award.name AS name,
  properties(award) AS values
ORDER BY id
