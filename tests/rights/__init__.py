"""Who may press what, where, and what every forged press comes to."""
