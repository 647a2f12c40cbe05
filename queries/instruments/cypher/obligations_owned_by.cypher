// Which duties must these parties do?
// A field names the owner, and an index leads from it to them; the day is judged by the caller.
MATCH (duty:Entity)
WHERE duty.owner IN $ids
  AND duty.cls = 'Obligation'
RETURN
  duty.id AS id,
  duty.cls AS cls,
  duty.name AS name,
  properties(duty) AS values
ORDER BY id
