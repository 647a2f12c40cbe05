// Which plans and other instruments that apply for a time do these governments have of their own?
// A field names the government, and an index leads from it to them; others without an end come back, to be named.
MATCH (instrument:Entity)
WHERE instrument.government IN $ids
  AND instrument:Instrument
  AND (instrument.period_end IS NOT NULL OR instrument.cls IN $classes)
RETURN
  instrument.id AS id,
  instrument.cls AS cls,
  instrument.name AS name,
  properties(instrument) AS values
ORDER BY id
