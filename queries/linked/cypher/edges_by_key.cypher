// Which relationships of these entities, in either direction, have these keys?
// Of both ends comes back what dates the relationship; one between two of the entities comes back from both.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge]-(other:Entity)
WHERE edge.key IN $keys
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
  other {.unnamed, .published_on, .decided_on, .adopted_on, .said_on, .dated_on, .status, .period_start, .start_min, .start_max} AS values,
  entity {.unnamed, .published_on, .decided_on, .adopted_on, .said_on, .dated_on, .status, .period_start, .start_min, .start_max} AS own
ORDER BY subject, key
