// Of what are these parties parts?
// Wholes of every day are returned.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[:PART_OF]->(whole:Party)
WHERE party:Party
RETURN
  party.id AS id,
  whole.id AS whole
ORDER BY id, whole
