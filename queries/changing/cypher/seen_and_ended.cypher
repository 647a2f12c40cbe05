// Which terms, memberships and posts have both a stated end and days on which they were seen?
// The caller compares them.
MATCH (subject:Entity)-[edge:HOLDS|MEMBER_OF|POST_IN|PART_OF|OWNS_RELATIONSHIP|COVERS]->(other:Entity)
WHERE edge.period_end IS NOT NULL AND edge.attested_on IS NOT NULL
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
