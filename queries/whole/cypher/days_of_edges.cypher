// Whom are these entities tied to, in either direction, and on which days?
// Relationships of every day are listed, however many: who asks walks only those of the day.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge]-(other:Entity)
RETURN
  entity.id AS id,
  other.id AS other,
  type(edge) AS type,
  edge.key AS key,
  edge.start_min AS start_min,
  edge.start_max AS start_max,
  edge.end_min AS end_min,
  edge.end_max AS end_max
ORDER BY id, other, key
