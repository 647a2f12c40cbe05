// Which parties have these ids, and what do sources say of them?
// Ids that no party has are left out.
UNWIND $ids AS given
MATCH (party:Entity {id: given})
WHERE party:Party
RETURN
  party.id AS id,
  properties(party) AS values
ORDER BY id
