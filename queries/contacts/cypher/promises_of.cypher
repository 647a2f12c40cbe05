// Which promises did these parties and posts make, and which are owed to them?
// Those of every status are returned; the caller judges whether they are open.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[ends:MADE|OWED_TO]-(promise:Commitment)
RETURN
  party.id AS subject,
  ends.key AS key,
  properties(ends) AS tie,
  promise.id AS id,
  promise.cls AS cls,
  promise.name AS name,
  promise.iso3 AS iso3,
  properties(promise) AS values,
  type(ends) AS type
ORDER BY subject, key
