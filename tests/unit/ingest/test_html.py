"""HTML to the text that a reader sees, by the program that wrote it where that matters."""

import pytest

from ingest.html import RULE, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("   \n ", ""),
        ("bara text", "bara text"),
        ("a &lt;b&gt; &aring;&#228;&#xF6;", "a <b> åäö"),
        ("10&#150;16", "10–16"),
        ("23&nbsp;februari&nbsp;2024", "23\xa0februari\xa02024"),
        ("hej <b>på</b>\n<i>dig</i>!", "hej på dig!"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<p>a<p>b", "a\n\nb"),
        ('<p style="margin:0">a</p><p style="margin:0">b</p>', "a\nb"),
        ("<div>a</div>\n\n<div>b</div>", "a\nb"),
        ("<div>a<br></div><div><br></div><div>b</div>", "a\n\nb"),
        ("<h2>Rubrik</h2>text", "Rubrik\n\ntext"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
        ("a<hr>b", f"a\n{RULE}\nb"),
        (
            "<table><tr><td>Från:</td><td>Siv</td></tr><tr><td>Till:</td><td>Bo</td></tr></table>x",
            "Från:\tSiv\nTill:\tBo\nx",
        ),
        ("<table><tr><td><p>Ort</p></td> <td><p>Ånge</p></td></tr></table>", "Ort\tÅnge"),
        ("<table><tr><td><p>ett</p><p>två</p></td></tr></table>", "ett\n\ntvå"),
        ('<a href="http://x.example">länk</a>', "länk"),
        ('<a href="mailto:s@x.example?subject=a">Siv</a>', "Siv <s@x.example>"),
        ('&lt;<a href="mailto:s@x.example">s@x.example</a>&gt;', "<s@x.example>"),
        ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
        (
            'a<blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>b</div></blockquote>c',
            "a\nb\nc",
        ),
        ('<blockquote style="border:none;border-left:solid #CCC 1pt">a</blockquote>b', "> a\n\nb"),
        ("a<div style='border:none;border-left:solid blue 1.5pt;padding:0cm'>b</div>c", "a\n> b\nc"),
        ("x<!-- c --><!--[if mso]>y<![endif]-->z", "xz"),
        ('<?xml version="1.0" encoding="utf-16"?><p>åäö</p>', "åäö"),
        ("<head><title>t</title><style>p{}</style></head><script>s</script>kvar", "kvar"),
    ],
)
def test_what_a_reader_sees(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">dold</div>',
        '<div style="DISPLAY: none !important"><p>dold</p></div>',
        '<span style="font-size:0px">dold</span>',
        '<span style="mso-hide:all">dold</span>',
        '<span style="visibility: hidden">dold</span>',
        '<div style="max-height:0;overflow:hidden">dold</div>',
        "<div hidden>dold</div>",
        "<template>dold</template>",
        '<p style="color:#FFFFFF">dold</p>',
        '<font color="white">dold</font>',
        '<span style="color: rgb(255, 255, 255)">dold</span>',
        '<div style="background:#fff"><p style="color:white">dold</p></div>',
        '<span style="font-size:1px">dold</span>',
        '<span style="opacity:0">dold</span>',
        '<div style="height:0px;overflow:hidden">dold</div>',
        '<div style="width:0;overflow:hidden">dold</div>',
        '<div style="position:absolute;left:-9999px">dold</div>',
        '<style>p{color:red} .pre { DISPLAY: none !important }</style><div class="a pre">dold</div>',
    ],
)
def test_hidden_text_is_left_out(hidden: str) -> None:
    assert to_text(f"{hidden}<p>synlig</p>") == "synlig"


def test_a_size_of_nothing_ends_where_an_inner_size_begins() -> None:
    assert to_text('<td style="font-size:0"><div style="font-size:13px">synlig</div></td>') == "synlig"


def test_outlook_header_block_stands_alone() -> None:
    html = """<html><body lang=SV><div class=WordSection1><p class=MsoNormal>Hej&nbsp;alla<o:p></o:p></p>
    <div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
    <p class=MsoNormal><b>Från:</b> Siv &lt;<a href="mailto:s@x.example">s@x.example</a>&gt;<br>
    <b>Skickat:</b> den 7 juni 2021 13:42<br><b>Ämne:</b> Lokal<o:p></o:p></p></div></div>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Hej</p></div></body></html>"""
    block = "Från: Siv <s@x.example>\nSkickat: den 7 juni 2021 13:42\nÄmne: Lokal"
    assert to_text(html) == f"Hej\xa0alla\n\n{block}\n\nHej"


def test_thunderbird_reply() -> None:
    html = (
        '<div class="moz-cite-prefix">Den 2021-06-07 skrev Bo:<br></div><blockquote type="cite"><p>Hej</p>'
        '<pre wrap="">rad ett\nrad två\n</pre></blockquote><p>Svar</p><div class="moz-signature">-- <br>Siv</div>'
    )
    assert to_text(html) == "Den 2021-06-07 skrev Bo:\n> Hej\n>\n> rad ett\n> rad två\n\nSvar\n\n-- \nSiv"


def test_outlook_on_the_web_reply() -> None:
    html = (
        '<div>Hej,</div><div><br></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><font>'
        "<b>Från:</b> Bo &lt;b@x.example&gt;<br><b>Skickat:</b> den 7 juni 2021 13:42<br><b>Ämne:</b> x</font>"
        "<div>&nbsp;</div></div><div>Kan ni?</div>"
    )
    block = "Från: Bo <b@x.example>\nSkickat: den 7 juni 2021 13:42\nÄmne: x"
    assert to_text(html) == f"Hej,\n\n{RULE}\n{block}\n\nKan ni?"


def test_gmail_quote() -> None:
    html = (
        '<div dir="ltr">Ja</div><br><div class="gmail_quote"><div class="gmail_attr">Den mån 7 juni 2021 skrev Siv:<br></div>'
        '<blockquote class="gmail_quote"><div>Hej<br><br>då</div></blockquote></div>'
    )
    assert to_text(html) == "Ja\n\nDen mån 7 juni 2021 skrev Siv:\n> Hej\n>\n> då"


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<b>",
        "<blockquote>x",
        "<table><tr><td>x",
        "</p>",
        "<",
        "&",
        "<!--",
        "<ul><li>",
        "<p a=1 ",
        "<div class=gmail_quote>",
        "<div class=yahoo_quoted>x",
        "svar i rött<div id=divRplyFwdMsg>",
    ],
)
def test_hostile_markup_gives_text(piece: str) -> None:
    assert isinstance(to_text(piece * 20_000), str)


def test_words_beyond_the_depth_are_kept() -> None:
    assert "sist" in to_text("<font>" * 30_000 + "sist")


@pytest.mark.parametrize(
    "shown",
    [
        '<table bgcolor="#003366"><tr><td style="color:#fff">syns</td></tr></table>',
        '<div style="background-color:#000;color:white">syns</div>',
        '<a style="background:url(x.png);color:#fff">syns</a>',
        '<div style="color:white"><span style="color:#333">syns</span></div>',
        '<p style="color:white">syns</p>',
        '<style>a.knapp { background-color: #0a0 }</style><a class="knapp" style="color:#fff">syns</a>',
        '<span style="opacity:0.5">syns</span>',
        '<span style="font-size:0.8em">syns</span>',
        '<p style="margin-left:113pt;text-indent:-113.4pt">syns</p>',
        "<style>@media print { .pre { display:none } }</style><p class=pre>syns</p>",
        "<style>@media print { .pre { display:none</style><p class=post>syns</p>",
    ],
)
def test_what_only_looks_hidden(shown: str) -> None:
    assert to_text(shown) == "syns"


def test_a_numbered_list_goes_on_where_it_says() -> None:
    assert to_text("<ol start=3><li>a<li>b</ol><ol start=x><li>c</ol>") == "3. a\n4. b\n1. c"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<div class="gmail_quote">---------- Forwarded<br>a</div>b', "> ---------- Forwarded\n> a\nb"),
        ('<div class="x_gmail_quote">Den 3 maj skrev Bo:<blockquote>a</blockquote>b</div>', "Den 3 maj skrev Bo:\n> a\n\nb"),
        ('<div class="yiv1yahoo_quoted">a</div>b', "> a\nb"),
        ('<div name="quote">a</div>b', "> a\nb"),
        ('<div data-marker="__HEADERS__">a</div><div data-marker="__QUOTED_TEXT__">b</div>c', "> a\n> b\nc"),
        ('<div class="gmail_quote"></div>-----<br>a', "-----\na"),
    ],
)  # fmt: skip
def test_what_a_program_wraps_is_a_quote(html: str, text: str) -> None:
    assert to_text(html) == text


def test_answers_in_the_colour_that_is_said_stand_outside_the_quote() -> None:
    block = "<div style='border-top:solid #E1E1E1 1.0pt'>Från: Bo</div>"
    lines = "<p>Fråga? <font color=red>Svar.</font></p><p style='color:#0070C0'>Blått.</p>"
    assert (
        to_text(f"Se svar i rött.{block}{lines}")
        == "Se svar i rött.\n\n> Från: Bo\n>\n> Fråga?\nSvar.\n>\n> Blått."
    )
    assert "\n> " not in to_text(f"Se svar nedan.{block}{lines}")


def test_a_row_below_a_blank_line_is_one_line() -> None:
    assert to_text("<p>a</p><table><tr><td><div>Till</div><td>Bo</table>") == "a\n\nTill\tBo"
