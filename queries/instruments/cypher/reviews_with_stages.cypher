// Which reviews have stages of which some may lie ahead?
// A stage that falls due is told from its words by the caller.
MATCH (duty:Review)
WHERE duty.report_due_on IS NULL AND duty.stages IS NOT NULL
RETURN
  duty.id AS id,
  duty.cls AS cls,
  duty.name AS name,
  properties(duty) AS values
ORDER BY id
