// Which posts do these bodies have?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (body:Entity {id: given})<-[post_in:POST_IN]-(post:Entity)
RETURN
  body.id AS subject,
  post_in.key AS key,
  properties(post_in) AS tie,
  post.id AS id,
  post.cls AS cls,
  post.name AS name,
  post.iso3 AS iso3,
  properties(post) AS values
ORDER BY subject, key
