// What was followed by what?
// By the dates that are held; the caller compares them.
MATCH (subject:Entity)-[relation:SUCCEEDED_BY]->(other:Entity)
RETURN
  subject.id AS subject,
  subject.cls AS subject_cls,
  subject.name AS subject_name,
  properties(subject) AS subject_values,
  type(relation) AS type,
  relation.key AS key,
  properties(relation) AS tie,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  properties(other) AS values
ORDER BY subject, key
