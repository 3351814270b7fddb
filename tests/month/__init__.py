"""A month of a whole city: its people, what they do by chance, and what must hold all the while."""
