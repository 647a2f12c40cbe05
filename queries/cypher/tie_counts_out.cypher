// How many relationships of each type lead from this entity?
// Relationships of every day are counted.
MATCH (entity:Entity {id: $id})-[tie]->(other:Entity)
RETURN
  type(tie) AS type,
  count(*) AS count
ORDER BY type
