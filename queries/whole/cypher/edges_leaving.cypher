// Which relationships of any type lead from these entities, and where to?
// Relationships of every day are listed, however many.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge]->(other:Entity)
RETURN
  entity.id AS source,
  type(edge) AS type,
  other.id AS target,
  edge.key AS key,
  properties(edge) AS values
ORDER BY source, type, target, key
