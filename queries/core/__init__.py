"""What every question stands on: what it runs in, what it is made of, and the rules that more than one room needs."""
