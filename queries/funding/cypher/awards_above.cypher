// Which awards are these awards made out of?
// Only direct ones; a sub-award of a sub-award names the sub-award.
UNWIND $ids AS given
MATCH (award:Entity {id: given})-[:UNDER]->(whole:Award)
RETURN
  award.id AS subject,
  whole.id AS id
ORDER BY subject, id
