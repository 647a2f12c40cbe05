// How many participants of these engagements are on the lists held?
// An engagement of which no list is held has no row.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[participated:PARTICIPATED]-(participant:Entity)
RETURN
  engagement.id AS id,
  count(participated) AS count
ORDER BY id
