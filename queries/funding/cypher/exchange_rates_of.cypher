// Which exchange rates have this currency on one of their sides?
// Rates of every day; the caller takes the one that is near enough.
MATCH (rate:ExchangeRate)
WHERE rate.currency = $code OR rate.base = $code
RETURN
  rate.id AS id,
  rate.cls AS cls,
  rate.name AS name,
  properties(rate) AS values
ORDER BY id
