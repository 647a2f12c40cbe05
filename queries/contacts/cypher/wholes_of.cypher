// What are these bodies part of?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (part:Entity {id: given})-[part_of:PART_OF]->(whole:Entity)
RETURN
  part.id AS subject,
  part_of.key AS key,
  properties(part_of) AS tie,
  whole.id AS id,
  whole.cls AS cls,
  whole.name AS name,
  whole.iso3 AS iso3,
  properties(whole) AS values
ORDER BY subject, key
