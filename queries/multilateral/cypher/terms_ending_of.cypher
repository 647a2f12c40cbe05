// Whose terms in these posts and bodies, or of these holders in any, end in these years?
// Ends are compared by their years alone; the caller judges the days.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[term:HOLDS|MEMBER_OF]-(:Entity)
WHERE term.period_end >= $since AND term.period_end < $until
WITH DISTINCT term, startNode(term) AS holder, endNode(term) AS held
RETURN
  holder.id AS subject,
  term.key AS key,
  properties(term) AS properties,
  held.id AS id,
  held.cls AS cls,
  held.name AS name,
  held.iso3 AS iso3,
  holder.cls AS holder_cls,
  holder.name AS holder_name,
  holder.iso3 AS holder_iso3,
  type(term) AS type
ORDER BY subject, key
