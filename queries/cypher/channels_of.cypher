// How are these posts, people and bodies reached?
// Ties of every day are returned; the day is judged by the caller, so that what is unknown stays apart from what is not.
UNWIND $ids AS given
MATCH (owner:Entity {id: given})-[reached_at:REACHED_AT]->(contact:Entity)
RETURN
  owner.id AS subject,
  reached_at.key AS key,
  properties(reached_at) AS tie,
  contact.id AS id,
  contact.cls AS cls,
  contact.name AS name,
  contact.iso3 AS iso3,
  properties(contact) AS values
ORDER BY subject, key
