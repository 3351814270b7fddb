"""Files in: OPD and checklists, the same way from the command line and from a chat.

A file becomes a Table (tables.py), its rows become facts or are wrong (opd_rows.py,
checklist_rows.py), and those are compared with what the city has (opd.py, checklist.py).
"""
