// Which posts are, or ever were, in these bodies, by id, in one row?
UNWIND $ids AS given
MATCH (body:Entity {id: given})<-[:POST_IN]-(post:Entity)
RETURN collect(DISTINCT post.id) AS ids
