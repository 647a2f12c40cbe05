// Who holds a post in these bodies, or ever did, by id, in one row?
UNWIND $ids AS given
MATCH (body:Entity {id: given})<-[:POST_IN]-(post:Entity)<-[:HOLDS]-(person:Entity)
WHERE person.cls = 'Person'
RETURN collect(DISTINCT person.id) AS ids
