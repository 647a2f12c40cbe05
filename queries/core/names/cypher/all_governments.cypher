// What is every government called, and what is its capital?
// Only what people put beside the name of a body to say whose it is.
MATCH (government:Government)
RETURN
  government.id AS id,
  government.name AS name,
  government.un_name AS un_name,
  government.capital AS capital
ORDER BY id
