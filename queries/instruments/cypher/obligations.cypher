// Which duties come back or fall due?
// The day is judged by the caller, who also works out when a recurring one comes back.
MATCH (duty:Obligation)
WHERE duty.due_on IS NOT NULL OR duty.recurrence IS NOT NULL
RETURN
  duty.id AS id,
  duty.cls AS cls,
  duty.name AS name,
  properties(duty) AS values
ORDER BY id
