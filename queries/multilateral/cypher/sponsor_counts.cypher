// How many sponsors of these resolutions are held?
// A resolution without a sponsor has no row.
UNWIND $ids AS given
MATCH (text:Entity {id: given})<-[sponsored:SPONSORED]-(party)
RETURN
  text.id AS id,
  count(sponsored) AS count
ORDER BY id
