// Which relationships join one of these entities to one of those, in either direction?
// All of the first ones' relationships are looked through: few ids are sent, and only when nothing else was found.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge]-(other:Entity)
WHERE other.id IN $others
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
