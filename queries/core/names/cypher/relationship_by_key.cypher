// Which relationship has this key?
// The type is not known, so every relationship is looked at: a slow read, for one question about one of them.
MATCH (source:Entity)-[edge]->(target:Entity)
WHERE edge.key = $key
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
