// Which relationships began or ended for certain between two days?
// By the dates that are held, whenever they were loaded.
MATCH (source:Entity)-[edge]->(other:Entity)
WHERE (edge.start_min >= $first AND edge.start_max <= $last)
  OR (edge.end_min >= $first AND edge.end_max <= $last)
RETURN
  source.id AS subject,
  edge.key AS key,
  properties(edge) AS properties,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  properties(other) AS values,
  type(edge) AS type
ORDER BY key
LIMIT $limit
