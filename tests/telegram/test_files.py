"""Photos, documents, albums: sent by people and bots, fetched, downloaded."""

import pytest
from telegram import Bot, InputMediaDocument
from telegram.error import BadRequest, InvalidToken

from tests.telegram.conftest import Town


async def test_a_persons_document_is_downloaded_byte_for_byte(town: Town, ptb: Bot) -> None:
    town.sari.sends_document(to=town.tuntas, data=b"%PDF-1.7", name="bukti.pdf", caption="bukti")

    (update,) = await ptb.get_updates()
    file = await update.message.document.get_file()

    assert update.message.document.file_name == "bukti.pdf"
    assert update.message.document.mime_type == "application/pdf"
    assert update.message.caption == "bukti"
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"


async def test_an_album_is_several_messages_of_one_group(town: Town, ptb: Bot) -> None:
    town.sari.sends_album([b"1", b"2", b"3"], to=town.tuntas, caption="bukti 3")

    messages = [update.message for update in await ptb.get_updates()]

    assert len({m.media_group_id for m in messages}) == 1
    assert [m.caption for m in messages] == ["bukti 3", None, None]
    assert all(m.photo for m in messages)


async def test_a_bots_document_is_seen_and_sent_again_by_its_id(town: Town, ptb: Bot) -> None:
    sent = await ptb.send_document(town.sari.id, b"a;b", filename="rekap.csv", caption="<b>x</b>")
    await ptb.send_document(town.sari.id, sent.document.file_id)

    first, second = town.sari.chat(town.tuntas).messages[-2:]
    assert first.media
    assert (first.media.name, first.media.data, first.text) == ("rekap.csv", b"a;b", "<b>x</b>")
    assert second.media is first.media


async def test_a_bots_album_arrives_whole(town: Town, ptb: Bot) -> None:
    media = [InputMediaDocument(b"1", filename="a.txt"), InputMediaDocument(b"2", caption="dua")]
    await ptb.send_media_group(town.sari.id, media)

    seen = town.sari.chat(town.tuntas).messages[-2:]

    assert [m.text for m in seen] == ["", "dua"]
    assert seen[0].album == seen[1].album != ""


async def test_a_caption_is_edited(town: Town, ptb: Bot) -> None:
    sent = await ptb.send_photo(town.sari.id, b"jpeg", caption="lama")
    await ptb.edit_message_caption(town.sari.id, sent.message_id, caption="baru")

    assert town.sari.chat(town.tuntas).last.text == "baru"


async def test_what_is_not_there_is_not_downloaded(town: Town, ptb: Bot) -> None:
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await ptb.get_file("nothing")
    with pytest.raises(InvalidToken):
        await ptb.request.retrieve(f"{ptb.base_file_url}/documents/none.pdf")
