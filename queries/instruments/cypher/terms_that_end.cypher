// Which memberships or terms in posts end in this period, or have an end by a withdrawal?
// The day is judged by the caller.
MATCH (body:Entity)<-[edge]-(holder:Entity)
WHERE type(edge) = $type
  AND (
    (edge.period_end IS NOT NULL AND edge.end_min <= $until AND edge.end_max >= $since)
    OR edge.withdrawn_on IS NOT NULL
  )
RETURN
  body.id AS subject,
  edge.key AS key,
  properties(edge) AS properties,
  holder.id AS id,
  holder.cls AS cls,
  holder.name AS name,
  holder.iso3 AS iso3
ORDER BY subject, key
