// Who took part in these engagements or hosted them, each engagement in one row, and who came for one party?
// Who is known to have stayed away is left out; registered is not attended, and the caller judges that.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[part:PARTICIPATED|ORGANIZED]-(party:Entity)
WHERE part.attended IS NULL OR part.attended
RETURN
  engagement.id AS id,
  collect(party.id) AS came,
  collect(CASE WHEN part.on_behalf_of = $party THEN party.id END) AS for_it
ORDER BY id
