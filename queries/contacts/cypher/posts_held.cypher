// Which posts are there, and in which bodies?
// All of them are looked at; a post whose body nobody states comes without one.
MATCH (post:Post)
OPTIONAL MATCH (post)-[post_in:POST_IN]->(body:Entity)
RETURN
  post.id AS post,
  post.name AS post_name,
  properties(post) AS values,
  post_in.key AS key,
  properties(post_in) AS properties,
  body.id AS body,
  body.cls AS body_cls,
  body.name AS body_name,
  body.iso3 AS body_iso3
ORDER BY post, key
