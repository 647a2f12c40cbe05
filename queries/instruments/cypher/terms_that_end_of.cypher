// Which memberships or terms in posts of these, or in them, end in this period, or have an end by a withdrawal?
// The day is judged by the caller.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[edge]-(:Entity)
WHERE type(edge) = $type
  AND (
    (edge.period_end IS NOT NULL AND edge.end_min <= $until AND edge.end_max >= $since)
    OR edge.withdrawn_on IS NOT NULL
  )
WITH DISTINCT edge, startNode(edge) AS holder, endNode(edge) AS body
RETURN
  body.id AS subject,
  edge.key AS key,
  properties(edge) AS properties,
  holder.id AS id,
  holder.cls AS cls,
  holder.name AS name,
  holder.iso3 AS iso3
ORDER BY subject, key
