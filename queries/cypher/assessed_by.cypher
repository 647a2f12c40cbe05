// Which parties are these assessments, reviews or determinations about?
// A determination is about one government.
UNWIND $ids AS given
MATCH (assessment:Entity {id: given})-[assessed:ASSESSED]->(party:Entity)
RETURN
  assessment.id AS subject,
  assessed.key AS key,
  properties(assessed) AS tie,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3
ORDER BY subject, key
