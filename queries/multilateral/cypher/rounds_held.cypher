// Which rounds of reviews are held?
// A round is known from the day it was launched; the caller judges the day.
MATCH (round:Engagement)
WHERE round.engagement_kind IN $kinds
RETURN
  round.id AS id,
  round.cls AS cls,
  round.name AS name,
  properties(round) AS values
ORDER BY id
