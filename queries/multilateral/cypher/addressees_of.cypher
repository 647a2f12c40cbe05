// To whom are these recommendations addressed?
// One recommendation may be addressed to several parties.
UNWIND $ids AS given
MATCH (recommendation:Entity {id: given})-[addressed:RECOMMENDED_TO]->(party:Entity)
RETURN
  recommendation.id AS subject,
  addressed.key AS key,
  properties(addressed) AS tie,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3
ORDER BY subject, key
