// What is everything called?
// Things of every day are listed, however many.
MATCH (entity:Entity)
RETURN
  entity.id AS id,
  entity.cls AS cls,
  entity.name AS name
ORDER BY id
