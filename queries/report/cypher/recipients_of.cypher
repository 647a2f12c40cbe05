// Who received these awards?
// Ties of every day are returned; the caller judges the day.
UNWIND $ids AS given
MATCH (award:Entity {id: given})-[awarded:AWARDED_TO]->(recipient:Entity)
RETURN
  award.id AS subject,
  awarded.key AS key,
  properties(awarded) AS tie,
  recipient.id AS id,
  recipient.cls AS cls,
  recipient.name AS name,
  recipient.iso3 AS iso3
ORDER BY subject, key
