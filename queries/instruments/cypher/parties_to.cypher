// Who signed or joined these agreements, ever?
// Status on a day follows from the dates; the caller works it out.
UNWIND $ids AS given
MATCH (agreement:Entity {id: given})<-[bond:PARTY_TO]-(party:Entity)
RETURN
  agreement.id AS subject,
  bond.key AS key,
  properties(bond) AS tie,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3
ORDER BY subject, key
