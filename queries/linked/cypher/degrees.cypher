// How many relationships do these entities have, in either direction?
// Counted up to the most; those of every day are counted.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})
CALL (entity) {
  MATCH (entity)-[edge]-(:Entity)
  RETURN edge
  LIMIT $most }
RETURN
  entity.id AS id,
  count(*) AS count
ORDER BY id
