// Which terms in these posts, or of these people, end in this period?
// The day is judged by the caller.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[term:HOLDS]-(:Entity)
WHERE term.period_end IS NOT NULL AND term.end_min <= $until AND term.end_max >= $since
WITH DISTINCT term, startNode(term) AS holder, endNode(term) AS post
RETURN
  post.id AS subject,
  term.key AS key,
  properties(term) AS properties,
  holder.id AS id,
  holder.cls AS cls,
  holder.name AS name,
  holder.iso3 AS iso3
ORDER BY subject, key
