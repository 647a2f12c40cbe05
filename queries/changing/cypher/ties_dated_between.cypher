// Which relationships began or ended for certain between two days?
// By the dates that are held, whenever they were loaded.
MATCH (source:Entity)-[relation]->(other:Entity)
WHERE (relation.start_min >= $first AND relation.start_max <= $last)
  OR (relation.end_min >= $first AND relation.end_max <= $last)
RETURN
  source.id AS subject,
  relation.key AS key,
  properties(relation) AS tie,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  properties(other) AS values,
  type(relation) AS type
ORDER BY key
LIMIT $limit
