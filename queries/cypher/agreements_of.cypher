// Which agreements did these parties sign or join, ever?
// Status on a day follows from the dates; the caller works it out.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[bond:PARTY_TO]->(agreement:Entity)
RETURN
  party.id AS subject,
  bond.key AS key,
  properties(bond) AS tie,
  agreement.id AS id,
  agreement.cls AS cls,
  agreement.name AS name,
  agreement.iso3 AS iso3,
  properties(agreement) AS values
ORDER BY subject, key
