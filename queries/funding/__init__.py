"""Money: awards, projects, movements, totals, and the partners behind them."""
