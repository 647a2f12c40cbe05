// Which later texts continue these?
// Which text continues which is often the reading of whoever compiled the list.
UNWIND $ids AS given
MATCH (text:Entity {id: given})-[succeeded:SUCCEEDED_BY]->(later:Entity)
RETURN
  text.id AS subject,
  succeeded.key AS key,
  properties(succeeded) AS tie,
  later.id AS id,
  later.cls AS cls,
  later.name AS name,
  later.iso3 AS iso3,
  properties(later) AS values
ORDER BY subject, key
