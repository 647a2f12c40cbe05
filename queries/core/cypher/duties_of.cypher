// Which duties, promises and reviews are made by, owed to or about these parties?
// What falls due and when is judged by the caller.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[:MADE|OWED_TO|ASSESSED]-(duty:Entity)
WHERE duty.cls IN ['Obligation', 'Commitment', 'Review']
WITH DISTINCT duty
RETURN
  duty.id AS id,
  duty.cls AS cls,
  duty.name AS name,
  properties(duty) AS values
ORDER BY id
