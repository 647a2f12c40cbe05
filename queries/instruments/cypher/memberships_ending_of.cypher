// Which memberships, seats and offices of these parties, or in them, end in this period or are being left?
// The day is judged by the caller; a later term of the same member is read apart.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[membership:MEMBER_OF]-(:Entity)
WHERE (membership.period_end IS NOT NULL AND membership.end_min <= $until AND membership.end_max >= $since)
  OR membership.withdrawn_on IS NOT NULL
WITH DISTINCT membership, startNode(membership) AS member, endNode(membership) AS body
RETURN
  body.id AS subject,
  membership.key AS key,
  properties(membership) AS properties,
  member.id AS id,
  member.cls AS cls,
  member.name AS name,
  member.iso3 AS iso3
ORDER BY subject, key
