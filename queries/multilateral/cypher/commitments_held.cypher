// Which promises are held?
// A promise is known from the day it was said; the caller judges the day.
MATCH (commitment:Commitment)
RETURN
  commitment.id AS id,
  commitment.cls AS cls,
  commitment.name AS name,
  properties(commitment) AS values
ORDER BY id
