// Which earlier texts do these continue?
// Which text continues which is often the reading of whoever compiled the list.
UNWIND $ids AS given
MATCH (text:Entity {id: given})<-[succeeded:SUCCEEDED_BY]-(earlier:Entity)
RETURN
  text.id AS subject,
  succeeded.key AS key,
  properties(succeeded) AS tie,
  earlier.id AS id,
  earlier.cls AS cls,
  earlier.name AS name,
  earlier.iso3 AS iso3,
  properties(earlier) AS values
ORDER BY subject, key
