// Who holds a post in these bodies, or ever did, by id, in one row?
// Every id once; the caller judges no day, and asks for ids alone.
UNWIND $ids AS given
MATCH (body:Entity {id: given})<-[:POST_IN]-(post:Entity)<-[:HOLDS]-(person:Entity)
WHERE person.cls = 'Person'
RETURN
  collect(DISTINCT person.id) AS ids
