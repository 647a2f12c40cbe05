// Which entities are printed under this name?
// Names are compared folded: no accents, no case, no punctuation.
MATCH (entity:Entity {sort_name: $name})
RETURN
  entity.id AS id,
  entity.cls AS cls,
  entity.name AS name,
  properties(entity) AS values
ORDER BY id
