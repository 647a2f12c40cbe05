// What does everything look like, in short?
// The digest changes with anything of a thing; ties are not part of it.
MATCH (entity:Entity)
RETURN
  entity.id AS id,
  entity.digest AS digest
ORDER BY id
