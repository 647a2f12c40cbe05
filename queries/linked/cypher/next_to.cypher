// Whom do these entities have relationships with, in either direction?
// One id for each relationship, up to the most, in any order: the caller counts them, and takes them as a set.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})
CALL (entity) {
  MATCH (entity)--(other:Entity)
  RETURN other
  LIMIT $most }
RETURN
  entity.id AS id,
  collect(other.id) AS others
ORDER BY id
