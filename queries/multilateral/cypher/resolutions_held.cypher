// Which resolutions and decisions are held?
// A text is known from the day of its adoption; the caller judges the day.
MATCH (text:Resolution)
RETURN
  text.id AS id,
  text.cls AS cls,
  text.name AS name,
  properties(text) AS values
ORDER BY id
