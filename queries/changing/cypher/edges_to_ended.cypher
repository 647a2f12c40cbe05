// Who belongs to bodies, and which posts are in bodies, that surely ended before a day?
// Ties of every day are returned; the caller judges the day.
MATCH (other:Entity)
WHERE other.existence_end IS NOT NULL AND other.end_max < $day
MATCH (subject:Entity)-[edge:MEMBER_OF|POST_IN]->(other)
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
