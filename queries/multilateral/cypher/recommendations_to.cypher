// What was recommended to these parties?
// A recommendation is known from the publication of its report; the caller judges the day.
UNWIND $ids AS given
MATCH (party:Entity {id: given})<-[addressed:RECOMMENDED_TO]-(recommendation:Entity)
RETURN
  party.id AS subject,
  addressed.key AS key,
  properties(addressed) AS tie,
  recommendation.id AS id,
  recommendation.cls AS cls,
  recommendation.name AS name,
  recommendation.iso3 AS iso3,
  properties(recommendation) AS values
ORDER BY subject, key
