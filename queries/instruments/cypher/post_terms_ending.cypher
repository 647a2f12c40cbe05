// Which terms in posts end in this period?
// The day is judged by the caller.
MATCH (post:Post)<-[term:HOLDS]-(holder:Entity)
WHERE term.period_end IS NOT NULL AND term.end_min <= $until AND term.end_max >= $since
RETURN
  post.id AS subject,
  term.key AS key,
  properties(term) AS properties,
  holder.id AS id,
  holder.cls AS cls,
  holder.name AS name,
  holder.iso3 AS iso3
ORDER BY subject, key
