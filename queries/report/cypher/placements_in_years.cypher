// How were governments placed in these editions?
// A government that is not held for an edition may have been placed in it as well.
MATCH (assessment:Assessment)-[assessed:ASSESSED]->(government:Entity)
WHERE assessment.year IN $years
RETURN
  assessment.id AS subject,
  assessed.key AS key,
  properties(assessed) AS properties,
  government.id AS id,
  government.cls AS cls,
  government.name AS name,
  government.iso3 AS iso3,
  properties(assessment) AS placement
ORDER BY subject, key
