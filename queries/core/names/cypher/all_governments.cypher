// What is every government called, and what is its capital?
// Only what people put beside the name of a body to say whose it is, and a code by which they look it up.
MATCH (government:Government)
RETURN
  government.id AS id,
  government.name AS name,
  government.un_name AS un_name,
  government.capital AS capital,
  government.fips AS fips
ORDER BY id
