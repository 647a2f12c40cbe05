// Which memberships, seats and offices in bodies end in this period, or have one that is being left?
// The day is judged by the caller; a later term of the same member is read apart.
MATCH (body:Entity)<-[membership:MEMBER_OF]-(member:Entity)
WHERE (membership.period_end IS NOT NULL AND membership.end_min <= $until AND membership.end_max >= $since)
  OR membership.withdrawn_on IS NOT NULL
RETURN
  body.id AS subject,
  membership.key AS key,
  properties(membership) AS properties,
  member.id AS id,
  member.cls AS cls,
  member.name AS name,
  member.iso3 AS iso3
ORDER BY subject, key
