// Which promises have no day on which they are due?
// What became of one is judged by the caller.
MATCH (duty:Commitment)
WHERE duty.due_on IS NULL
RETURN
  duty.id AS id,
  duty.cls AS cls,
  duty.name AS name,
  properties(duty) AS values
ORDER BY id
