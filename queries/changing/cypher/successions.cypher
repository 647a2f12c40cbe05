// What was followed by what?
// By the dates that are held; the caller compares them.
MATCH (subject:Entity)-[edge:SUCCEEDED_BY]->(other:Entity)
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
