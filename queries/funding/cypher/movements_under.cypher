// Which movements of money are under these awards or projects?
// Only what an answer on funding needs of each: there may be many thousands.
UNWIND $ids AS given
MATCH (whole:Entity {id: given})<-[under:UNDER]-(movement:Transaction)
RETURN
  whole.id AS subject,
  movement.id AS id,
  movement.name AS name,
  movement {.money_amount, .money_currency, .money_measure, .money_value_date, .fiscal_year, .provider, .receiver, .appropriated_to, .account, .place, .reference, .left_out, .evidence} AS values
ORDER BY subject, id
