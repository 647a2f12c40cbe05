// What followed these entities, and what did they follow?
// By the dates that are held; the caller compares them.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge:SUCCEEDED_BY]-(:Entity)
WITH DISTINCT edge, startNode(edge) AS subject, endNode(edge) AS other
RETURN
  subject.id AS subject,
  subject.cls AS subject_cls,
  subject.name AS subject_name,
  properties(subject) AS subject_values,
  type(edge) AS type,
  edge.key AS key,
  properties(edge) AS properties,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  properties(other) AS values
ORDER BY subject, key
