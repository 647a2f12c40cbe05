// Which promises have a day on which they are due?
// The day is judged by the caller, who also works out when a recurring one comes back.
MATCH (duty:Commitment)
WHERE duty.due_on IS NOT NULL
RETURN
  duty.id AS id,
  duty.cls AS cls,
  duty.name AS name,
  properties(duty) AS values
ORDER BY id
