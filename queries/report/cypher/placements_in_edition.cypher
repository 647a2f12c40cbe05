// Which governments were placed on this tier in this edition?
// A government that is not held for the edition may have been placed there as well.
MATCH (assessment:Assessment)-[assessed:ASSESSED]->(government:Entity)
WHERE assessment.year = $year AND assessment.tier = $tier
RETURN
  assessment.id AS subject,
  assessed.key AS key,
  properties(assessed) AS properties,
  government.id AS id,
  government.cls AS cls,
  government.name AS name,
  government.iso3 AS iso3
ORDER BY subject, key
