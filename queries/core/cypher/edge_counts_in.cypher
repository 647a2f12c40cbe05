// How many relationships of each type lead to these entities?
// Relationships of every day are counted.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})<-[edge]-(other:Entity)
RETURN
  entity.id AS subject,
  type(edge) AS type,
  count(*) AS count
ORDER BY subject, type
