// Which reviews wait for a reply by a day?
// The day is judged by the caller, who also works out when a recurring one comes back.
MATCH (duty:Review)
WHERE duty.report_due_on IS NOT NULL
RETURN
  duty.id AS id,
  duty.cls AS cls,
  duty.name AS name,
  properties(duty) AS values
ORDER BY id
