// Whose terms in a post end in these years?
// Ends are compared by their years alone; the caller judges the days.
MATCH (held:Post)<-[term:HOLDS]-(holder:Entity)
WHERE term.period_end >= $since AND term.period_end < $until
RETURN
  holder.id AS subject,
  term.key AS key,
  properties(term) AS properties,
  held.id AS id,
  held.cls AS cls,
  held.name AS name,
  held.iso3 AS iso3,
  holder.cls AS holder_cls,
  holder.name AS holder_name,
  holder.iso3 AS holder_iso3,
  type(term) AS type
ORDER BY subject, key
