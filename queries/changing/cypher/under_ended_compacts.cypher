// What stands under compacts whose stated end surely lies before a day?
// Awards and projects of every day are returned; the caller judges the day.
MATCH (subject:Entity)-[edge:UNDER]->(other:ChildProtectionCompact)
WHERE other.period_end IS NOT NULL AND other.end_max < $day
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
