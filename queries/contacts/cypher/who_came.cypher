// Who came to these engagements or hosted them, who of them for one party, and how many are on the list of each?
// Each in one row; who stayed away is on the list alone; registered is not attended, and the caller judges that.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[part:PARTICIPATED|ORGANIZED]-(party:Entity)
WITH engagement, part, party, part.attended IS NULL OR part.attended AS is_there
RETURN
  engagement.id AS id,
  collect(CASE WHEN is_there THEN party.id END) AS came,
  collect(CASE WHEN is_there AND part.on_behalf_of = $party THEN party.id END) AS for_it,
  count(part) AS listed
ORDER BY id
