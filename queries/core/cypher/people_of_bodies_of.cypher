// Who holds a post, or ever did, in what says that it belongs to this government, by id, in one row?
// Followed from the bodies that the index gives: to look each post up again takes ten times as long.
MATCH (body:Entity)
WHERE body.government IN $ids
MATCH (body)<-[:POST_IN]-(post:Entity)<-[:HOLDS]-(person:Entity)
WHERE person.cls = 'Person'
RETURN
  collect(DISTINCT person.id) AS ids
