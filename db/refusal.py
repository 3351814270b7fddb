"""How Tuntas says no. One place words every refusal; nobody is paged for one."""


class Refusal(Exception):
    """Someone asked for what cannot be. The transaction is rolled back and the person told why.

    Subclasses are typed and carry facts, never sentences: bot/templates/refusal.html.j2 has those.
    """
