// On which relationships do sources differ?
// All there are; the caller judges the day.
MATCH (source:Entity)-[edge]->(target:Entity)
WHERE edge.conflicts IS NOT NULL
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
