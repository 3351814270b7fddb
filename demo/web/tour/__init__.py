"""The guided tour: ten steps and three more, each of which notices what was done."""
