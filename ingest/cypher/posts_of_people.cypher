// Which posts do these people hold, and in which bodies?
// Terms of every day are returned.
UNWIND $ids AS given
MATCH (person:Entity {id: given})-[:HOLDS]->(:Post)-[:POST_IN]->(body:Party)
WHERE person:Person
RETURN DISTINCT
  person.id AS id,
  body.id AS body,
  body.name AS name,
  body.government AS government,
  body.country AS country,
  body.body_kind AS body_kind
ORDER BY id, body
