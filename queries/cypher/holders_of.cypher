// Who holds these posts, or held them?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (post:Entity {id: given})<-[term:HOLDS]-(holder:Entity)
RETURN
  post.id AS subject,
  term.key AS key,
  properties(term) AS tie,
  holder.id AS id,
  holder.cls AS cls,
  holder.name AS name,
  holder.iso3 AS iso3
ORDER BY subject, key
