// What are the parts of these bodies, and the parts of those?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (top:Entity {id: given})<-[:PART_OF*0..1]-(whole:Entity)<-[part_of:PART_OF]-(part:Entity)
RETURN
  whole.id AS subject,
  part_of.key AS key,
  properties(part_of) AS properties,
  part.id AS id,
  part.cls AS cls,
  part.name AS name,
  part.iso3 AS iso3,
  properties(part) AS values
ORDER BY subject, key
