"""What is done with a finished paper: checked against the data of today, examined for what a reader stumbles over."""
