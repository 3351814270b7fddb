"""What a bot says of itself: menus by scope, name and descriptions."""

from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from tests.telegram.conftest import Town


async def test_menus_are_kept_by_scope(town: Town, ptb: Bot) -> None:
    private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    await ptb.set_my_commands([("bantuan", "Bantuan")])
    await ptb.set_my_commands([("ringkasan", "Ringkasan")], scope=private)
    await ptb.set_my_commands([("done", "Konfirmasi")], scope=groups)
    await ptb.set_my_commands([("opd", "OPD")], scope=BotCommandScopeChat(town.sari.id))
    await ptb.delete_my_commands(scope=groups)

    assert [c.command for c in await ptb.get_my_commands()] == ["bantuan"]
    assert [c.command for c in await ptb.get_my_commands(scope=private)] == ["ringkasan"]
    assert await ptb.get_my_commands(scope=groups) == ()
    assert len(town.tuntas.menus) == 3


async def test_a_person_sees_the_menu_of_the_narrowest_scope(town: Town, ptb: Bot) -> None:
    private = BotCommandScopeAllPrivateChats()
    await ptb.set_my_commands([("bantuan", "Bantuan")])
    await ptb.set_my_commands([("ringkasan", "Ringkasan")], scope=private)
    await ptb.set_my_commands([("opd", "OPD")], scope=BotCommandScopeChat(town.sari.id))
    town.budi.starts(town.tuntas)

    assert town.sari.menu(town.tuntas) == ["/opd"]
    assert town.budi.menu(town.tuntas) == ["/ringkasan"]
    assert town.budi.menu(town.tuntas, town.group) == ["/bantuan"]


async def test_descriptions_and_name_are_kept(town: Town, ptb: Bot) -> None:
    await ptb.set_my_description("Membantu kota menuntaskan daftar periksa.")
    await ptb.set_my_short_description("Daftar periksa pelayanan publik.")
    await ptb.set_my_name("Tuntas Kendari")

    assert (await ptb.get_my_description()).description == town.tuntas.descriptions[""]
    assert (await ptb.get_my_short_description()).short_description.startswith("Daftar")
    assert (await ptb.get_my_name()).name == "Tuntas Kendari"


async def test_a_bot_says_whether_it_joins_groups_and_reads_all(town: Town, ptb: Bot) -> None:
    me = await ptb.get_me()

    assert (me.id, me.username) == (town.tuntas.id, "tuntas_bot")
    assert (me.can_join_groups, me.can_read_all_group_messages) == (True, False)
