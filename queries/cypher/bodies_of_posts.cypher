// To which bodies do these posts belong?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (post:Entity {id: given})-[post_in:POST_IN]->(body:Entity)
RETURN
  post.id AS subject,
  post_in.key AS key,
  properties(post_in) AS tie,
  body.id AS id,
  body.cls AS cls,
  body.name AS name,
  body.iso3 AS iso3
ORDER BY subject, key
