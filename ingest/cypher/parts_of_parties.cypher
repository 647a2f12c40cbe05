// Of what are these parties parts?
// Wholes of every day are returned, and wholes of these: a subcommittee is part of its chamber.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[:PART_OF*1..3]->(whole:Party)
WHERE party:Party
RETURN DISTINCT
  party.id AS id,
  whole.id AS whole
ORDER BY id, whole
