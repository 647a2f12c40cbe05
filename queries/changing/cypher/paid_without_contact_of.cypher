// Which of these parties, or those that these awards go to, receive something, and have neither a channel nor a post?
// Money and projects of every day are returned; the caller judges the day.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[near:AWARDED_TO|SUBAWARDED_TO]-(:Entity)
WITH DISTINCT endNode(near) AS subject
WHERE NOT EXISTS { (subject)-[:REACHED_AT]->(:Entity) } AND NOT EXISTS { (:Entity)-[:POST_IN]->(subject) }
MATCH (other:Entity)-[edge:AWARDED_TO|SUBAWARDED_TO]->(subject)
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
