// Who takes part in these engagements, by id, each engagement in one row?
// An engagement of which no list is held has no row.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[:PARTICIPATED]-(participant:Entity)
RETURN
  engagement.id AS id,
  collect(DISTINCT participant.id) AS ids
ORDER BY id
