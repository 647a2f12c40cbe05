// Which governments are parties to each agreement of few?
// Treaties are left out: almost every government is party to them.
MATCH (government:Government)-[edge:PARTY_TO]->(agreement:Agreement)
WHERE agreement.cls <> 'Treaty'
RETURN
  agreement.id AS id,
  government.id AS other,
  edge.key AS key
ORDER BY id, key
