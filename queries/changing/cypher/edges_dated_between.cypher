// Which relationships began or ended for certain between two days, or may have taken a step?
// By the dates that are held, whenever they were loaded; the caller judges partial days.
MATCH (source:Entity)-[edge]->(other:Entity)
WHERE (edge.start_min >= $first AND edge.start_max <= $last)
  OR (edge.end_min >= $first AND edge.end_max <= $last)
  OR (edge.withdrawal_announced_on >= $partial AND edge.withdrawal_announced_on <= $last)
  OR (edge.withdrawal_notified_on >= $partial AND edge.withdrawal_notified_on <= $last)
  OR (edge.withdrawn_on >= $partial AND edge.withdrawn_on <= $last)
  OR (edge.status_on >= $partial AND edge.status_on <= $last)
  OR (edge.signed_on >= $partial AND edge.signed_on <= $last)
  OR (edge.action_on >= $partial AND edge.action_on <= $last)
  OR (edge.in_force_on >= $partial AND edge.in_force_on <= $last)
RETURN
  source.id AS subject,
  edge.key AS key,
  properties(edge) AS properties,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  properties(other) AS values,
  type(edge) AS type
ORDER BY key
LIMIT $limit
