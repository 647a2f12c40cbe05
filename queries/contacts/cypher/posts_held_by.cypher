// Which posts do these people hold, or held?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (holder:Entity {id: given})-[term:HOLDS]->(post:Entity)
RETURN
  holder.id AS subject,
  term.key AS key,
  properties(term) AS tie,
  post.id AS id,
  post.cls AS cls,
  post.name AS name,
  post.iso3 AS iso3,
  properties(post) AS values
ORDER BY subject, key
