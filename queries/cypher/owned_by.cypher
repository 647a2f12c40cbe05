// Which of our posts or offices own the relationship with these?
// Ties of every day are returned; the day is judged by the caller, so that what is unknown stays apart from what is not.
UNWIND $ids AS given
MATCH (party:Entity {id: given})<-[owns:OWNS_RELATIONSHIP]-(owner:Entity)
RETURN
  party.id AS subject,
  owns.key AS key,
  properties(owns) AS tie,
  owner.id AS id,
  owner.cls AS cls,
  owner.name AS name,
  owner.iso3 AS iso3
ORDER BY subject, key
