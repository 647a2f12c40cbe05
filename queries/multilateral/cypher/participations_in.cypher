// Who takes part in these engagements, and on whose behalf, each engagement in one row, as lists of equal length?
// A blank stands for no delegation; an engagement of which no list is held has no row.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[participated:PARTICIPATED]-(participant:Entity)
RETURN
  engagement.id AS id,
  collect(participated.key) AS keys,
  collect(participant.id) AS participants,
  collect(coalesce(participated.on_behalf_of, '')) AS delegations
ORDER BY id
