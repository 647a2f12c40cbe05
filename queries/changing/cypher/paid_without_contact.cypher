// Which parties receive or carry out something, and have neither a channel nor a post?
// Money and projects of every day are returned; the caller judges the day.
MATCH (other:Entity)-[edge:AWARDED_TO|SUBAWARDED_TO]->(subject:Entity)
WHERE NOT EXISTS { (subject)-[:REACHED_AT]->(:Entity) } AND NOT EXISTS { (:Entity)-[:POST_IN]->(subject) }
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
