// What do the decisions of these bodies set up, renew or convene?
// A field of the decision names the body, and an index leads from it there; the caller judges the day.
MATCH (decision:Entity)
WHERE decision.body IN $ids
MATCH (decision)-[mandates:MANDATES]->(thing:Entity)
RETURN
  decision.id AS subject,
  mandates.key AS key,
  properties(mandates) AS properties,
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  thing.iso3 AS iso3,
  properties(thing) AS values
ORDER BY subject, key
