// Which relationships of any type lead from these entities, and where to?
// Relationships of every day are listed, however many.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[relation]->(other:Entity)
RETURN
  entity.id AS source,
  type(relation) AS type,
  other.id AS target,
  relation.key AS key,
  properties(relation) AS values
ORDER BY source, type, target, key
