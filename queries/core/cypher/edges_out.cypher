// Which relationships of one type lead from these entities?
// At most so many, those that began last first.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge]->(other:Entity)
WHERE type(edge) = $type
WITH entity, edge, other
  ORDER BY coalesce(edge.start_min, '') DESC, edge.key
  LIMIT $limit
RETURN
  entity.id AS subject,
  edge.key AS key,
  properties(edge) AS properties,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  properties(other) AS values
ORDER BY coalesce(edge.start_min, '') DESC, key
