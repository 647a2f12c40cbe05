// Which decisions set up, renewed or convened what?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
MATCH (decision:Resolution|Law|Treaty|Declaration)-[mandates:MANDATES]->(thing)
RETURN
  thing.id AS subject,
  mandates.key AS key,
  properties(mandates) AS properties,
  decision.id AS id,
  decision.cls AS cls,
  decision.name AS name,
  decision.iso3 AS iso3,
  properties(decision) AS values
ORDER BY subject, key
