"""Programs that compare Tuntas with something simpler, in one run, and print the ratio."""
