// Which relationships of one type lead from these entities?
// At most so many, those that began last first.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[relation]->(other:Entity)
WHERE type(relation) = $type
WITH entity, relation, other
  ORDER BY coalesce(relation.start_min, '') DESC, relation.key
  LIMIT $limit
RETURN
  entity.id AS subject,
  relation.key AS key,
  properties(relation) AS tie,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  properties(other) AS values
ORDER BY coalesce(relation.start_min, '') DESC, key
