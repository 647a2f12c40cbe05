// Which entities of these classes have these words among their names and codes?
// The engines score differently, so the caller scores again; at the limit they may cut differently.
CALL db.index.fulltext.queryNodes('Entity[search]', $words, {limit: $limit}) YIELD node, score
WHERE node.cls IN $classes
RETURN
  node.id AS id,
  node.cls AS cls,
  node.name AS name,
  properties(node) AS values
ORDER BY id
