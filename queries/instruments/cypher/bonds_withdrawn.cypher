// Which withdrawals from agreements are held?
// The day on which one takes effect is judged by the caller.
MATCH (agreement:Agreement)<-[bond:PARTY_TO]-(party:Entity)
WHERE bond.withdrawn_on IS NOT NULL
RETURN
  agreement.id AS subject,
  bond.key AS key,
  properties(bond) AS properties,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3
ORDER BY subject, key
