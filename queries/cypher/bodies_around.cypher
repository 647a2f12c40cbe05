// What are the parts of these bodies on a day, and what are they part of?
// The part of each pair is named; pairs known to be over before the day are left out.
UNWIND $ids AS given
MATCH (body:Entity {id: given})-[part_of:PART_OF]-(other:Entity)
WHERE coalesce(part_of.start_min, $day) <= $day AND coalesce(part_of.end_max, $day) >= $day
RETURN
  body.id AS subject,
  part_of.key AS key,
  part_of {.evidence, .conflicts, .start_min, .start_max, .end_min, .end_max} AS tie,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  other {.topics} AS values,
  startNode(part_of).id AS part
ORDER BY subject, key
