"""A library on loopback that answers as kiwix-serve does: recorded from kiwix-tools 3.3."""

from __future__ import annotations

from html import escape
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, unquote, urlsplit

from tests.skills.online import Server

TOOLBAR = (
    '<span class="kiwix"><span id="kiwixtoolbar"><div><form><input type="text"></form>'
    '<p>Go to welcome page</p><a href="/"><button>&#x1f3e0;</button></a></div></span></span>'
)

MARBURG = """<html><head><title>Marburg</title><style>p{color:red}</style></head><body>%s
<h1>Marburg</h1><div class="hatnote"><p>For other places, see <a href="x">elsewhere</a>.</p></div>
<p><b>Marburg</b> (<i>MAR-boork</i>) is a town in Hesse<sup class="reference">[1]</sup> that climbs
a hill. It covers 124 km<sup>2</sup>. Visitors need no visa. Students fill its streets.
Lifts lead up. Cats sit on walls.</p>
<table><tr><td><p>Box</p></td></tr></table>
<h2 id="Get_in">Get <i>in</i></h2><p>Hourly trains run from Frankfurt. Check the visa rules.</p>
<h2>See</h2><ul><li><b>Landgrave Castle</b>. It looks over the valley.</li><li>Old lanes.</li></ul>
</body></html>"""

GIESSEN = "<html><body>%s<p>Giessen is near Marburg.</p></body></html>"

SHANCHENG = """<html><body>%s<p>河湾（Hewan）是山里的小城。办签证要很久。桥有九座。</p>
<h2>餐饮</h2><p>鱼汤最有名。</p></body></html>"""

PAGES = {
    "eng": {"Marburg": MARBURG, "Giessen": GIESSEN},
    "zho": {"河湾": SHANCHENG},
}

REFUSED = '<?xml version="1.0" encoding="UTF-8">\n<error>Invalid request</error>\n'


def _item(title: str, book: str) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>/{book}/{escape(title)}</link>"
        "<description>...</description><book><title>Wikivoyage</title></book>"
        "<wordCount>26</wordCount></item>"
    )


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path == "/search":
            self._search(query)
        else:
            _, book, title = unquote(parts.path).split("/", 2)
            page = PAGES.get(book, {}).get(title)
            self._answer(200 if page else 404, "text/html", (page or "<p>%s</p>") % TOOLBAR)

    def _search(self, query):
        book = query["books.filter.lang"]
        if book not in self.server.books or query.get("books.filter.name", "voyage") != "voyage":
            self._answer(400, "application/xml", REFUSED)
            return
        words = query["pattern"].lower().split()
        pages = PAGES[book].items()
        found = [title for title, page in pages if all(w in page.lower() for w in words)]
        items = "".join(_item(title, book) for title in found)
        rss = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="a"><channel>'
        self._answer(
            200, "application/rss+xml", f"{rss}<title>Search</title>{items}</channel></rss>"
        )

    def _answer(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_): ...


class Library(Server):
    """It has a Wikivoyage in some languages, and remembers what was asked."""

    def __init__(self, books=("eng", "zho")):
        super().__init__(_Answering)
        self.books = books
        self.asked = []
