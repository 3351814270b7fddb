"""What is wrong with an installation, found once as typed facts; each tongue words them."""
