// What does everything look like, in short?
// The digest changes with anything of a thing; ties are not part of it. By pages: one of a million takes too long.
MATCH (entity:Entity)
WHERE entity.id > $after
RETURN
  entity.id AS id,
  entity.digest AS digest
ORDER BY id
LIMIT $most
