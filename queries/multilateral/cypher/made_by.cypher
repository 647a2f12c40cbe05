// What did these parties promise or recommend?
// Ties of every day are returned; the caller judges the day.
UNWIND $ids AS given
MATCH (maker:Entity {id: given})-[making:MADE]->(made:Entity)
RETURN
  maker.id AS subject,
  making.key AS key,
  properties(making) AS tie,
  made.id AS id,
  made.cls AS cls,
  made.name AS name,
  made.iso3 AS iso3,
  properties(made) AS values
ORDER BY subject, key
