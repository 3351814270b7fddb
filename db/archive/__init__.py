"""Backups: one archive with the database, the evidence, and a manifest of their checksums.

A zip, not a tar: each member has a place and a CRC of its own, so the manifest can be asked for
without reading the photographs before it, and damage is named by member; photographs are stored as
they are and only the database is deflated; members are written and read as streams; and an official
can look into it on any computer.
"""
