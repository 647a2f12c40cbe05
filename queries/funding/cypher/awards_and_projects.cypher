// Which awards and projects are there?
// All of them, with what tells their money as a whole; movements are read apart.
MATCH (thing:Award|Project)
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  thing {.award_kind, .members, .start_min, .total_obligated_amount, .total_obligated_currency, .total_obligated_measure, .total_obligated_value_date, .total_outlaid_amount, .total_outlaid_currency, .total_outlaid_measure, .total_outlaid_value_date, .stated_total_amount, .stated_total_currency, .stated_total_measure, .stated_total_value_date, .cost_share_amount, .cost_share_currency, .cost_share_measure, .cost_share_value_date, .evidence} AS values
ORDER BY id
