// Which of our offices deal with these?
// Ties of every day are returned; the day is judged by the caller, so that what is unknown stays apart from what is not.
UNWIND $ids AS given
MATCH (covered:Entity {id: given})<-[covers:COVERS]-(office:Entity)
RETURN
  covered.id AS subject,
  covers.key AS key,
  properties(covers) AS tie,
  office.id AS id,
  office.cls AS cls,
  office.name AS name,
  office.iso3 AS iso3,
  properties(office) AS values
ORDER BY subject, key
