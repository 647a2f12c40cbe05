// Which entities have these ids?
// Ids that nothing has are left out.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})
RETURN
  entity.id AS id,
  entity.cls AS cls,
  entity.name AS name,
  properties(entity) AS values
ORDER BY id
