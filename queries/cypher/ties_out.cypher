// Which relationships of one type lead from this entity?
// At most so many, those that began last first.
MATCH (entity:Entity {id: $id})-[relation]->(other:Entity)
WHERE type(relation) = $type
RETURN
  entity.id AS subject,
  relation.key AS key,
  properties(relation) AS tie,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3
ORDER BY coalesce(relation.start_min, '') DESC, key
LIMIT $limit
