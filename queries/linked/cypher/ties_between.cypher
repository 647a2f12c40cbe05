// Which relationships join one of these entities to one of those, in either direction?
// All of the first ones' relationships are looked through: few ids are sent, and only when nothing else was found.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[relation]-(other:Entity)
WHERE other.id IN $others
RETURN
  entity.id AS subject,
  relation.key AS key,
  type(relation) AS type,
  startNode(relation).id = entity.id AS leads_out,
  properties(relation) AS tie,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  other {.unnamed, .published_on, .decided_on, .adopted_on, .said_on, .dated_on, .status, .period_start, .start_min, .start_max} AS values
ORDER BY subject, leads_out, key
