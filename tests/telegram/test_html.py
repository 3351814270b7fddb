"""HTML is read as tdlib reads it; the cases are of its own tests (test/message_entities.cpp)."""

import pytest

from demo.telegram import html_reader, html_writer
from demo.telegram.refusals import Refused

Found = list[tuple[str, int, int]]

READ: list[tuple[str, str, Found]] = [
    ("", "", []),
    ("➡️ ➡️", "➡️ ➡️", []),
    ("&ge;&lt;&gt;&amp;&quot;&laquo;&raquo;&#12345678;", '&ge;<>&"&laquo;&raquo;&#12345678;', []),
    ("&Or;", "&Or;", []),
    ("&#65;&#x1F3DF;", "A🏟", []),
    ("➡️ ➡️<em>➡️ ➡️</em>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
    ("➡️ ➡️<strong>➡️ ➡️</strong>", "➡️ ➡️➡️ ➡️", [("bold", 5, 5)]),
    ("➡️ ➡️<ins>➡️ ➡️</ins>", "➡️ ➡️➡️ ➡️", [("underline", 5, 5)]),
    ("➡️ ➡️<strike>➡️ ➡️</strike>", "➡️ ➡️➡️ ➡️", [("strikethrough", 5, 5)]),
    ("➡️ ➡️<blockquote>➡️ ➡️</blockquote>", "➡️ ➡️➡️ ➡️", [("blockquote", 5, 5)]),
    ("🏟 🏟<i>🏟 &lt🏟</i>", "🏟 🏟🏟 <🏟", [("italic", 5, 6)]),
    (
        "🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>",
        "🏟 🏟🏟 ><🏟",
        [("italic", 5, 7), ("bold", 9, 3)],
    ),
    ("🏟 🏟&lt;<i    aba  =  190azAz-.>a</i>", "🏟 🏟<a", [("italic", 6, 1)]),
    ("🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;'>a</>", "🏟 🏟<a", [("italic", 6, 1)]),
    ("🏟 🏟&lt;<i>a</    >", "🏟 🏟<a", [("italic", 6, 1)]),
    ("🏟 🏟&lt;<b></b>", "🏟 🏟<", []),
    ('🏟 🏟<span class="tg-spoiler">🏟 &lt🏟</span>', "🏟 🏟🏟 <🏟", [("spoiler", 5, 6)]),
    ("<a href=telegram.org>\t</a>", "\t", [("text_link", 0, 1)]),
    ("<a> </a>", " ", []),
    ("<a>telegram.org</a>", "telegram.org", [("text_link", 0, 12)]),
    ("🏟 🏟&lt;<pre  >🏟 🏟&lt;</>", "🏟 🏟<🏟 🏟<", [("pre", 6, 6)]),
    (
        '🏟 🏟&lt;<pre><code class="language-fift">🏟 🏟&lt;</></>',
        "🏟 🏟<🏟 🏟<",
        [("pre", 6, 6)],
    ),
    ("<blockquote   expandable   asd>a&lt;b;</>", "a<b;", [("expandable_blockquote", 0, 4)]),
    ("<B>x</B>", "x", [("bold", 0, 1)]),
    ('<tg-emoji emoji-id="54321">🏟</tg-emoji>', "🏟", [("custom_emoji", 0, 2)]),
]


@pytest.mark.parametrize(("source", "text", "found"), READ)
def test_what_tdlib_reads_is_read_alike(source: str, text: str, found: Found) -> None:
    plain, entities = html_reader.read(source)

    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


@pytest.mark.parametrize(
    ("source", "row", "where"),
    [
        ("🏟 🏟&lt;<abacaba", "html_unclosed_tag", "13"),
        ("🏟 🏟&lt;<abac aba>", "html_unsupported_tag", "13"),
        ("🏟 🏟&lt;<i   =aba>", "html_empty_attribute", "13"),
        ("🏟 🏟&lt;<i    aba  =  ", "html_unclosed_named_tag", "13"),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "html_name_token", "27"),
        ("🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;>", "html_unclosed_tag", "13"),
        ("🏟 🏟&lt;</", "html_unexpected_end", "13"),
        ("🏟 🏟&lt;<b></b></", "html_unexpected_end", "20"),
        ("🏟 🏟&lt;<i>a</i   ", "html_unclosed_end", "17"),
        ("🏟 🏟&lt;<i>a</em   >", "html_unmatched_end", "17"),
        ("🏟 🏟&lt;<i    aba>", "html_no_end", "start tag"),
        ("&#57311;", "html_surrogates", "surrogate"),
    ],
)
def test_what_tdlib_refuses_is_refused_at_the_same_byte(source: str, row: str, where: str) -> None:
    with pytest.raises(Refused, match=where) as caught:
        html_reader.read(source)

    assert caught.value.name == row


def test_a_moment_keeps_its_format_in_telegrams_order() -> None:
    _, entities = html_reader.read('<tg-time unix="1647531900" format="tTdDw">22:45</tg-time>')

    assert entities[0] | {"offset": 0} == {
        "type": "date_time",
        "offset": 0,
        "length": 5,
        "unix_time": 1647531900,
        "date_time_format": "wdt",
    }


@pytest.mark.parametrize(
    "source",
    [
        "<b>bold <i>both</i></b> &lt;plain&gt; &amp;",
        '<a href="https://example.com/">a</a>',
        "<pre><code class=\"language-py\">x = '🏟'</code></pre>",
        '<tg-time unix="5" format="wDT">then</tg-time>',
        "<blockquote expandable>q</blockquote>",
    ],
)
def test_what_was_read_is_written_back_the_same(source: str) -> None:
    assert html_writer.write(*html_reader.read(source)) == source
