// To which governments do these entities belong?
// A field names it; of one that belongs to none the values are empty.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})
RETURN
  entity.id AS id,
  entity.cls AS cls,
  entity.name AS name,
  entity {.government} AS values
ORDER BY id
