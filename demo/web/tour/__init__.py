"""The guided tour: ten steps, each of which notices when it was done."""
