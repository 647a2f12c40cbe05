// Which engagements may fall into a period, or lie ahead without a day?
// The four days that the fold gave an engagement tell; the caller judges partial ones.
MATCH (engagement:Engagement)
WHERE (engagement.period_start IS NULL AND engagement.status IN ['planned', 'confirmed', 'postponed'])
  OR (engagement.period_start IS NOT NULL AND engagement.start_min <= $until AND engagement.end_max >= $since)
RETURN
  engagement.id AS id,
  engagement.cls AS cls,
  engagement.name AS name,
  properties(engagement) AS values
ORDER BY id
