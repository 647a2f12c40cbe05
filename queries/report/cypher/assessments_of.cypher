// How were these governments assessed?
// An assessment is known from the publication day of its edition; the caller judges the day.
UNWIND $ids AS given
MATCH (government:Entity {id: given})<-[assessed:ASSESSED]-(assessment:Entity)
RETURN
  government.id AS subject,
  assessed.key AS key,
  properties(assessed) AS tie,
  assessment.id AS id,
  assessment.cls AS cls,
  assessment.name AS name,
  assessment.iso3 AS iso3,
  properties(assessment) AS values
ORDER BY subject, key
