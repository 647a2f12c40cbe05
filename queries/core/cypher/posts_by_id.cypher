// Which posts are, or ever were, in these bodies, by id, in one row?
// Every id once; the caller judges no day, and asks for ids alone.
UNWIND $ids AS given
MATCH (body:Entity {id: given})<-[:POST_IN]-(post:Entity)
RETURN
  collect(DISTINCT post.id) AS ids
