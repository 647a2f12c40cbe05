// How many relationships of each type lead from these entities, and how many to them?
// Relationships of every day are counted.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[edge]-()
RETURN
  entity.id AS subject,
  type(edge) AS type,
  startNode(edge) = entity AS leads_out,
  count(*) AS count
ORDER BY subject, leads_out, type
