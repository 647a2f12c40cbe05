// Which engagements are held?
// Planned, held and cancelled ones are returned, of every day; the caller judges both.
MATCH (engagement:Engagement)
RETURN
  engagement.id AS id,
  engagement.cls AS cls,
  engagement.name AS name,
  properties(engagement) AS values
ORDER BY id
