// Which engagements did these parties host or organize?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[organized:ORGANIZED]->(engagement:Entity)
RETURN
  party.id AS subject,
  organized.key AS key,
  properties(organized) AS tie,
  engagement.id AS id,
  engagement.cls AS cls,
  engagement.name AS name,
  engagement.iso3 AS iso3,
  properties(engagement) AS values
ORDER BY subject, key
