"""Files and albums sent and fetched; messages that are edited or deleted."""

from demo.telegram.refusals.row import BAD, INFERRED, NOT_HERE, OURS, SEEN, SERVER, Row

# fmt: off
TABLE: tuple[Row, ...] = (
    # files, albums, actions
    Row("no_file", "sendPhoto, sendDocument", "nothing was sent", 400,
        BAD + "there is no {kind} in the request", SERVER + "process_send_photo_query"),
    Row("file_id", "sendPhoto, sendDocument", "an id that is none", 400,
        BAD + "wrong file identifier/HTTP URL specified", SEEN),
    Row("file_by_url_not_offered", "sendPhoto, sendDocument", "a url instead of a file", 400,
        NOT_HERE + "files by URL are not offered here", OURS + "the real one would fetch it"),
    Row("file_of_other_kind", "sendPhoto, sendDocument", "a document's id as a photo", 400,
        BAD + "can't use file of type {there} as {kind}", SEEN),
    Row("file_empty", "sendPhoto, sendDocument", "a file of no bytes", 400,
        BAD + "file must be non-empty", SEEN),
    Row("file_too_big_to_send", "sendPhoto, sendDocument", "more than 10 MB, 50 MB", 413,
        "Request Entity Too Large", SEEN),
    Row("album_empty", "sendMediaGroup", "no media", 400,
        BAD + "there are no messages to send", INFERRED),
    Row("album_of_one", "sendMediaGroup", "one item, and the docs ask for 2 to 10", 400,
        NOT_HERE + "an album has 2 to 10 items", OURS + "the real one may take it"),
    Row("album_too_many", "sendMediaGroup", "more than 10", 400,
        BAD + "too many messages to send as an album", SEEN),
    Row("album_item", "sendMediaGroup", "an item without type or file", 400,
        BAD + "can't parse InputMedia: {why}", SERVER + "get_input_media"),
    Row("album_kind_not_offered", "sendMediaGroup", "other than photos or documents", 400,
        NOT_HERE + "albums of {kinds} are not offered here", OURS + "the real one takes some"),
    Row("action", "sendChatAction", "an action that does not exist", 400,
        BAD + "wrong parameter action in request", SERVER + "process_send_chat_action_query"),
    Row("file_id_missing", "getFile", "no file_id", 400,
        BAD + "file_id not specified", SERVER + "check_remote_file_id"),
    Row("file_id_unknown", "getFile", "an id that is none", 400,
        BAD + "invalid file_id", SERVER + "check_remote_file_id"),
    Row("file_too_big", "getFile", "more than 20 MB", 400,
        BAD + "file is too big", SERVER + "do_get_file"),

    # editing, deleting
    Row("message_id_missing", "edit*", "neither chat nor message", 400,
        BAD + "message identifier is not specified", SERVER + "get_inline_message_id"),
    Row("edit_not_found", "edit*", "no such message", 400,
        BAD + "message to edit not found", SERVER + "check_message"),
    Row("edit_not_own", "edit*", "another's message", 400,
        BAD + "message can't be edited", SEEN),
    Row("not_modified", "edit*", "the same content and keyboard", 400,
        BAD + "message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message",
        SERVER + "fail_query_with_error"),
    Row("no_text_to_edit", "editMessageText", "a photo or document", 400,
        BAD + "there is no text in the message to edit", SEEN),
    Row("no_caption_to_edit", "editMessageCaption", "a message of text", 400,
        BAD + "there is no caption in the message to edit", SEEN),
    Row("delete_not_found", "deleteMessage", "no such message", 400,
        BAD + "message to delete not found", SEEN),
    Row("delete_not_allowed", "deleteMessage", "another's in a group, and no admin", 400,
        BAD + "message can't be deleted", SERVER + "fail_query_with_error"),
    Row("delete_too_old", "deleteMessage", "after 48 hours, outside supergroups", 400,
        BAD + "message can't be deleted for everyone", SEEN),
)
# fmt: on
