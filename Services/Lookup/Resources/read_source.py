"""Takes the files of Lookup's sources out of what they come in. Run by `codingahead data pull`, in a venv of its own.

    read_source.py member   ARCHIVE MEMBER OUT   one file out of a zip (a wheel is one)
    read_source.py gunzip   FILE OUT             a .gz, unpacked
    read_source.py download ADDRESS OUT          an official download
    read_source.py ioce     FILE OUT             pyoce.mdb.xz -> tab-separated code list (needs the module lmdb)
    read_source.py pcs      FILE OUT             icd10pcs.db -> tab-separated axis labels

The two tab-separated files open with a line that names their format and close with `#end` and the number of rows, so
that a reader can tell a whole file from a part. The same input gives the same bytes.

CPT and CDT descriptors belong to the American Medical Association and the American Dental Association: rows of codes
that begin with a digit are left out of the code list, and codes that begin with D come without their text.
"""

import gzip
import lzma
import marshal
import os
import shutil
import sqlite3
import sys
import tempfile
import urllib.request
import zipfile

DOWNLOAD_SECONDS = 60
DOWNLOAD_BYTES = 512 * 1024 * 1024
LAST_DAY_OF_QUARTER = {"03": "0331", "06": "0630", "09": "0930", "12": "1231"}


def member(archive, name, out):
    with zipfile.ZipFile(archive) as bundle, bundle.open(name) as source, open(out, "wb") as target:
        shutil.copyfileobj(source, target)


def gunzip(path, out):
    with gzip.open(path) as source, open(out, "wb") as target:
        shutil.copyfileobj(source, target)


def download(address, out):
    if not address.startswith("https://"):
        raise SystemExit("only https addresses are fetched")
    with urllib.request.urlopen(address, timeout=DOWNLOAD_SECONDS) as source, open(out, "wb") as target:
        taken = 0
        while chunk := source.read(1 << 20):
            taken += len(chunk)
            if taken > DOWNLOAD_BYTES:
                raise SystemExit("the download is larger than any source of this program")
            target.write(chunk)


def clean(text):
    return " ".join(str(text or "").split())


def write_rows(out, header, rows):
    with open(out, "w", encoding="utf-8", newline="\n") as target:
        print(*header, sep="\t", file=target)
        for row in rows:
            print(*(clean(field) for field in row), sep="\t", file=target)
        print("#end", len(rows), sep="\t", file=target)


def ioce(path, out):
    import lmdb

    with tempfile.TemporaryDirectory(prefix=".partial-", dir=os.path.dirname(os.path.abspath(out))) as folder:
        unpacked = os.path.join(folder, "ioce.mdb")
        with lzma.open(path) as source, open(unpacked, "wb") as target:
            shutil.copyfileobj(source, target)
        environment = lmdb.open(unpacked, subdir=False, readonly=True, lock=False, max_dbs=64)

        def table(name):
            database = environment.open_db(name.encode(), create=False)
            with environment.begin(db=database) as transaction:
                for key, value in transaction.cursor():
                    yield key.decode(), marshal.loads(value)

        quarters = {row["version"]: row for _, row in table("version_range")}
        newest = max(quarters)

        def first_day(version):
            return str(quarters[version]["date_started"])

        def last_day(version):
            started = first_day(version)
            month = "%02d" % (int(started[4:6]) + 2)
            return started[:4] + LAST_DAY_OF_QUARTER[month]

        def span(row):
            return first_day(row["lo_version"]), last_day(row["hi_version"])

        rows = []
        for kind, name in (("status", "data_status_indicator"), ("payment", "data_payment_indicator")):
            for key, row in table(name):
                rows.append((kind, key.split("|")[0], *span(row), row["description"]))
        for key, row in table("data_hcpcs"):
            code = key.split("|")[0]
            if code[0].isdigit():
                continue
            text = "" if code[0] == "D" else row["description"]
            rows.append(("hcpcs", code, *span(row), row["status_indicator"], row["payment_indicator"], text))
        for key, row in table("data_modifier"):
            code = key.split("|")[0]
            if code.isalnum():
                rows.append(("modifier", code, *span(row)))
        rows.sort()
        environment.close()
    write_rows(out, ("#ioce", "1", first_day(min(quarters)), last_day(newest)), rows)


def pcs(path, out):
    connection = sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True)
    rows = set()
    query = "select code, bp_def, ap_def, dv_def, qu_def, ro_def from pcs_tree"
    for code, *labels, operation in connection.execute(query):
        for place, label in enumerate(labels, start=4):
            rows.add(("axis", code[:3], str(place), code[place - 1], clean(label)))
        name, _, definition = clean(operation).partition(": ")
        if definition:
            rows.add(("operation", code[0] + code[2], name, definition, "", ""))
    query = "select section, code, value, definition, explanation, examples from pcs_root_operation"
    for section, code, name, definition, explanation, examples in connection.execute(query):
        key = section + code
        rows = {row for row in rows if row[:2] != ("operation", key)}
        rows.add(("operation", key, clean(name), clean(definition), clean(explanation), clean(examples)))
    write_rows(out, ("#pcs", "1"), sorted(rows))


def main(arguments):
    actions = {"member": member, "gunzip": gunzip, "download": download, "ioce": ioce, "pcs": pcs}
    if not arguments or arguments[0] not in actions:
        raise SystemExit(__doc__)
    actions[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
