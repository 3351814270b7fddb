"""What people hear because of what somebody else did: one writer for each kind that is owed."""
