// Which posts are, or ever were, in what says that it belongs to this government, by id, in one row?
// Followed from the bodies that the index gives: to look each of them up again takes ten times as long.
MATCH (body:Entity)
WHERE body.government IN $ids
MATCH (body)<-[:POST_IN]-(post:Entity)
RETURN
  collect(DISTINCT post.id) AS ids
