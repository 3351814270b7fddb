"""Keyboards under messages, and presses on them."""

from demo.telegram.refusals.row import BAD, INFERRED, LIVE, NOT_HERE, OTHER, OURS, SERVER, TD, Row

# fmt: off
TABLE: tuple[Row, ...] = (
    # keyboards
    Row("markup_no_object", "with reply_markup", "it is no object", 400,
        BAD + "object expected as reply markup", SERVER + "get_reply_markup"),
    Row("markup_not_offered", "with reply_markup", "a keyboard below the input field", 400,
        NOT_HERE + "the reply markup {kind} is not offered here", OURS + "the real one would obey"),
    Row("inline_keyboard_expected", "edit*", "ForceReply under an edited message", 400,
        BAD + "inline keyboard expected", TD + "ReplyMarkup.cpp get_reply_markup"),
    Row("keyboard_no_array", "with reply_markup", "inline_keyboard is no array", 400,
        BAD + 'field "inline_keyboard" must be of type Array', LIVE + "InlineKeyboardMustBeArray"),
    Row("keyboard_no_rows", "with reply_markup", "a row is no array", 400,
        BAD + 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        SERVER + "get_reply_markup"),
    Row("keyboard_too_many", "with reply_markup", "more than 100 buttons", 400,
        NOT_HERE + "{count} buttons, and 100 is the limit", OURS + "the real one drops the rest"),
    Row("keyboard_row_too_long", "with reply_markup", "more than 8 buttons in a row", 400,
        NOT_HERE + "{count} buttons in a row, and 8 is the limit",
        OURS + "the real one drops or wraps the rest"),
    Row("markup_too_long", "with reply_markup", "more than 10 KiB as JSON", 400,
        BAD + "reply markup is too long", SERVER + "fail_query_with_error; the size as seen"),
    Row("button_no_object", "with reply_markup", "a button is no object", 400,
        BAD + "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        SERVER + "get_inline_keyboard_button"),
    Row("button_text_missing", "with reply_markup", "a button without text", 400,
        BAD + "can't parse inline keyboard button: Can't find field \"text\"",
        LIVE + "InlineButtonTextMissing"),
    Row("button_text_empty", "with reply_markup", "a button with an empty text", 400,
        NOT_HERE + "a button has an empty text",
        OURS + "the real one silently drops it (tdlib/td ReplyMarkup.cpp)"),
    Row("button_kind_not_offered", "with reply_markup", "web_app, login_url, …", 400,
        NOT_HERE + "the button field {kind} is not offered here", OURS + "the real one would obey"),
    Row("button_style", "with reply_markup", "a style that does not exist", 400,
        NOT_HERE + "a button has no style {style}", OURS + "what the real one does is not known"),
    Row("button_without_purpose", "with reply_markup", "neither data nor url", 400,
        BAD + "can't parse inline keyboard button: "
        "Text buttons are unallowed in the inline keyboard", LIVE + "InlineButtonTextUnallowed"),
    Row("button_data", "with reply_markup", "callback_data of more than 64 bytes", 400,
        BAD + "BUTTON_DATA_INVALID", LIVE + "ButtonDataInvalid"),
    Row("button_url_protocol", "with reply_markup", "ftp: and the like", 400,
        BAD + "inline keyboard button URL '{url}' is invalid: Unsupported URL protocol",
        LIVE + "InlineButtonUrlFtpUnsupported"),
    Row("button_url", "with reply_markup", "a url that is none", 400,
        BAD + "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL",
        LIVE + "InlineButtonUrlInvalid"),

    # presses
    Row("press_unknown", "answerCallbackQuery", "unknown, too old, answered already", 400,
        BAD + "query is too old and response timeout expired or query ID is invalid",
        SERVER + "fail_query_with_error; a second answer: " + OTHER),
    Row("pop_up_too_long", "answerCallbackQuery", "more than 200 characters", 400,
        BAD + "MESSAGE_TOO_LONG", OTHER),
    Row("press_url", "answerCallbackQuery", "a url that does not open this bot", 400,
        BAD + "URL_INVALID", INFERRED),
)
# fmt: on
