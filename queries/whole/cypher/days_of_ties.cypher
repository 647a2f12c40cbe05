// Whom are these entities tied to, in either direction, and on which days?
// Relationships of every day are listed, however many: who asks walks only those of the day.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[relation]-(other:Entity)
RETURN
  entity.id AS id,
  other.id AS other,
  relation.key AS key,
  relation.start_min AS start_min,
  relation.start_max AS start_max,
  relation.end_min AS end_min,
  relation.end_max AS end_max
ORDER BY id, other, key
