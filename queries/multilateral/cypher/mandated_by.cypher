// What do these decisions set up, renew or convene?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (decision:Entity {id: given})-[mandates:MANDATES]->(thing:Entity)
RETURN
  decision.id AS subject,
  mandates.key AS key,
  properties(mandates) AS tie,
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  thing.iso3 AS iso3,
  properties(thing) AS values
ORDER BY subject, key
