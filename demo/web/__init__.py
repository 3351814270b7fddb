"""“Sehari di Kota Kendari” as a page on the visitor's own machine: the whole bot, offline."""
