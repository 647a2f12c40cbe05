// How many participants of these engagements are on the lists held?
// An engagement of which no list is held has no row.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})
WITH engagement, COUNT { (engagement)<-[:PARTICIPATED]-() } AS number
WHERE number > 0
RETURN
  engagement.id AS id,
  number AS count
ORDER BY id
