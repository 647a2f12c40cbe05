// Which are the first relationships of these entities by their keys, in either direction?
// Slower than neighbours_of, for the two ends of a path alone: of one with very many, always the same come back.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})
CALL (entity) {
  MATCH (entity)-[edge]-(other:Entity)
  RETURN edge, other
  ORDER BY edge.key
  LIMIT $most }
RETURN
  entity.id AS subject,
  edge.key AS key,
  type(edge) AS type,
  startNode(edge).id = entity.id AS leads_out,
  properties(edge) AS properties,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  other {.unnamed, .published_on, .decided_on, .adopted_on, .said_on, .dated_on, .status, .period_start, .start_min, .start_max} AS values
ORDER BY subject, leads_out, key
