// Who left an agreement, or gave notice of it?
// By the dates that are held.
MATCH (subject:Entity)-[edge:PARTY_TO]->(other:Entity)
WHERE edge.withdrawn_on IS NOT NULL OR edge.withdrawal_notified_on IS NOT NULL
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
