// Which terms, memberships and posts of these entities have both a stated end and days on which they were seen?
// In either direction; the caller compares the days.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[relation:HOLDS|MEMBER_OF|POST_IN|PART_OF|OWNS_RELATIONSHIP|COVERS]-(:Entity)
WHERE relation.period_end IS NOT NULL AND relation.attested_on IS NOT NULL
WITH DISTINCT relation, startNode(relation) AS subject, endNode(relation) AS other
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
