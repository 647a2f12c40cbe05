// Which are the relationships of one type with these keys, as seen from where they lead from?
// Of both ends comes back what dates the relationship.
MATCH ()-[edge]->()
WHERE type(edge) = $type AND edge.key IN $ids
WITH edge, startNode(edge) AS entity, endNode(edge) AS other
RETURN
  entity.id AS subject,
  edge.key AS key,
  type(edge) AS type,
  true AS leads_out,
  properties(edge) AS properties,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  other {.unnamed, .published_on, .decided_on, .adopted_on, .said_on, .dated_on, .status, .period_start, .start_min, .start_max} AS values,
  entity {.unnamed, .published_on, .decided_on, .adopted_on, .said_on, .dated_on, .status, .period_start, .start_min, .start_max} AS own
ORDER BY key
