// On which relationships of these entities, in either direction, do sources differ?
// All there are; the caller judges the day.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge]-(:Entity)
WHERE edge.conflicts IS NOT NULL
WITH DISTINCT edge, startNode(edge) AS source, endNode(edge) AS target
RETURN
  edge.key AS key,
  type(edge) AS type,
  properties(edge) AS values,
  source.id AS source,
  source.name AS source_name,
  coalesce(source.members, [source.id]) AS source_ids,
  target.id AS target,
  target.name AS target_name,
  coalesce(target.members, [target.id]) AS target_ids
ORDER BY key
