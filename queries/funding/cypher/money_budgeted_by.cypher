// Which budget lines and programmes do these parties pay for?
// At most so many of each, the largest by total obligated first; those that state none by another figure, after them.
UNWIND $ids AS given
MATCH (subject:Entity {id: given})
CALL (subject) {
  MATCH (subject)-[edge:FUNDED]->(thing:FundingLine|Programme)
  WHERE thing.cls IN $classes
  RETURN edge, thing
  ORDER BY
    CASE WHEN thing.total_obligated_amount IS NULL THEN 1 ELSE 0 END,
    toFloat(coalesce(thing.total_obligated_amount, thing.stated_total_amount, thing.money_amount, '0')) DESC,
    thing.id
  LIMIT $most
  }
RETURN
  subject.id AS subject,
  edge.key AS key,
  type(edge) AS type,
  properties(edge) AS properties,
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  thing.iso3 AS iso3,
  thing {.start_min, .start_max, .end_min, .end_max, .period_start, .period_end, .period_end_kind, .award_number, .award_kind, .status, .undisclosed, .account, .fiscal_year, .iso3, .money_amount, .money_currency, .money_measure, .money_value_date, .total_obligated_amount, .total_obligated_currency, .total_obligated_measure, .total_obligated_value_date, .total_outlaid_amount, .total_outlaid_currency, .total_outlaid_measure, .total_outlaid_value_date, .stated_total_amount, .stated_total_currency, .stated_total_measure, .stated_total_value_date, .evidence, .conflicts} AS values
ORDER BY subject, key
