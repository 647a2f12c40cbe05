// What says that it belongs to this government, by id, in one row?
// A field names the government, and an index leads from it to them.
MATCH (body:Entity)
WHERE body.government IN $ids
RETURN
  collect(body.id) AS ids
