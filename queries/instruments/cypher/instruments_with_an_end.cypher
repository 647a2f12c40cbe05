// Which agreements and plans apply for a time?
// Treaties have no end, so one without a period is left out; others without one come back, to be named.
MATCH (instrument:Instrument)
WHERE instrument.period_end IS NOT NULL OR instrument.cls IN $classes
RETURN
  instrument.id AS id,
  instrument.cls AS cls,
  instrument.name AS name,
  properties(instrument) AS values
ORDER BY id
