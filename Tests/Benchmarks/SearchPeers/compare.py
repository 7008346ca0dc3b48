"""Search on the same titles and wordings, by the tantivy wheel and by plain FTS5: relevance and latency side by side.

Reads the published snapshot of a data folder (ICD-10-CM: titles, inclusion terms, terms of the indexes at their codes) and the
development phrases. Each engine gets every code as one document with the fields title and terms and answers with OR and its own
BM25, titles three times as heavy: what one gets without rules of one's own.
"""
import csv
import hashlib
import importlib.metadata
import re
import sqlite3
import sys
import tempfile
import time

import tantivy

DEPTHS = (1, 5, 10, 50)


def documents(data):
    """(code, title, terms) of every ICD-10-CM code and heading below the sections."""
    with open(f"{data}/lookup/CURRENT", encoding="ascii") as pointer:
        name = pointer.read().split()[0]
    snapshot = sqlite3.connect(f"file:{data}/lookup/{name}?immutable=1", uri=True)
    terms = {}
    wordings = """SELECT code, text FROM notes WHERE kind IN ('inclusionTerm', 'includes')
                  UNION ALL SELECT code, text || ' ' || optional FROM terms"""
    for code, text in snapshot.execute(wordings):
        terms.setdefault(code, []).append(text)
    rows = snapshot.execute(
        "SELECT c.id, c.code, l.title FROM codes c JOIN listings l ON l.id = c.latest WHERE c.system = 1"
    )
    return [(code, title, " ".join(terms.get(number, []))) for number, code, title in rows if len(code) > 2]


def phrases(shared):
    """The two halves of the diagnosis phrases, split as the ranking's are."""
    halves = ([], [])
    with open(f"{shared}/evaluation/practicum-dev.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "diagnosis":
                half = hashlib.sha256(row["phrase"].encode()).digest()[0] & 1
                halves[half].append((row["phrase"], row["code"].replace(".XA", "XA")))
    return halves


def words(phrase):
    return re.findall(r"[A-Za-z0-9]+", phrase)


class Tantivy:
    name = "tantivy " + importlib.metadata.version("tantivy")

    def __init__(self, rows):
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("code", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", tokenizer_name="en_stem")
        builder.add_text_field("terms", tokenizer_name="en_stem")
        self.index = tantivy.Index(builder.build())
        writer = self.index.writer()
        for code, title, terms in rows:
            writer.add_document(tantivy.Document(code=code, title=title, terms=terms))
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, phrase):
        query = self.index.parse_query(" ".join(words(phrase)), ["title", "terms"], field_boosts={"title": 3.0})
        hits = self.searcher.search(query, 50).hits
        return [self.searcher.doc(address)["code"][0] for _, address in hits]


class FTS5:
    name = "FTS5, SQLite " + sqlite3.sqlite_version

    def __init__(self, rows):
        self.folder = tempfile.TemporaryDirectory()
        self.base = sqlite3.connect(self.folder.name + "/fts.sqlite")
        self.base.execute("CREATE VIRTUAL TABLE f USING fts5 (code UNINDEXED, title, terms, tokenize = 'porter')")
        self.base.executemany("INSERT INTO f VALUES (?, ?, ?)", rows)
        self.base.commit()

    def search(self, phrase):
        match = " OR ".join(f'"{word}"' for word in words(phrase))
        found = self.base.execute(
            "SELECT code FROM f WHERE f MATCH ? ORDER BY bm25(f, 0, 3.0, 1.0) LIMIT 50", (match,)
        )
        return [row[0] for row in found]


def measure(engine, rows):
    counts = dict.fromkeys(DEPTHS, 0)
    times = []
    for phrase, code in rows:
        begun = time.perf_counter()
        codes = engine.search(phrase)
        times.append((time.perf_counter() - begun) * 1e6)
        rank = codes.index(code) if code in codes else len(codes) + 50
        for depth in DEPTHS:
            counts[depth] += rank < depth
    times.sort()
    recalls = " | ".join(f"{counts[depth] / len(rows):.3f}" for depth in DEPTHS)
    print(f"{engine.name:24} | {len(rows):4} | {recalls} | {times[len(times) // 2]:7.0f} | {times[int(len(times) * .95)]:7.0f}")


def main():
    data, shared = sys.argv[1], sys.argv[2]
    rows = documents(data)
    tuned, held = phrases(shared)
    print("engine                   |    n |   R@1 |   R@5 |  R@10 |  R@50 |  p50 µs |  p95 µs")
    for engine in (Tantivy(rows), FTS5(rows)):
        measure(engine, tuned)
        measure(engine, held)


if __name__ == "__main__":
    main()
