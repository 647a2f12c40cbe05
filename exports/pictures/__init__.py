"""What is better looked at than read: where things stand in a picture, the same for the same things each time."""
