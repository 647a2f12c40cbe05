// How are these posts, people and bodies reached on a day?
// Channels known to be given up before the day are left out; what is unknown stays.
UNWIND $ids AS given
MATCH (owner:Entity {id: given})-[reached_at:REACHED_AT]->(contact:Entity)
WHERE coalesce(reached_at.start_min, $day) <= $day AND coalesce(reached_at.end_max, $day) >= $day
RETURN
  owner.id AS subject,
  reached_at.key AS key,
  reached_at {.evidence, .conflicts, .start_min, .start_max, .end_min, .end_max} AS tie,
  contact.id AS id,
  contact.cls AS cls,
  contact.name AS name,
  contact.iso3 AS iso3,
  properties(contact) AS values
ORDER BY subject, key
