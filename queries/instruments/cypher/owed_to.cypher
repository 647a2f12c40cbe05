// To whom are these duties and promises owed?
// Several parties may be owed the same.
UNWIND $ids AS given
MATCH (duty:Entity {id: given})-[owed:OWED_TO]->(party:Entity)
RETURN
  duty.id AS subject,
  owed.key AS key,
  properties(owed) AS tie,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3
ORDER BY subject, key
