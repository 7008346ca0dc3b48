"""Takes the files of Lookup's sources out of what they come in. Run by `codingahead data pull`, in a venv of its own.

    read_source.py member   ARCHIVE MEMBER OUT   one file out of a zip (a wheel is one)
    read_source.py gunzip   FILE OUT             a .gz, unpacked
    read_source.py download ADDRESS OUT          an official download
    read_source.py ioce     FILE OUT             pyoce.mdb.xz -> tab-separated code list (needs the module lmdb)
    read_source.py dx       FILE OUT             pyoce.mdb.xz -> tab-separated diagnoses (needs the module lmdb)
    read_source.py ncci     FILE OUT             pyoce.mdb.xz -> tab-separated hospital NCCI pairs (needs lmdb)
    read_source.py edits    FILE OUT             pyoce.mdb.xz -> tab-separated outpatient edits (needs lmdb)
    read_source.py pcs      FILE OUT             icd10pcs.db -> tab-separated axis labels
    read_source.py pcscodes FILE OUT             icd10pcs.db -> code list in the layout of CMS
    read_source.py pcsguide FILE OUT             icd10pcs.db -> the guidelines as Markdown
    read_source.py cmorder  FILE OUT             icd10cm.db -> order file in the layout of CDC/NCHS
    read_source.py places   FILE OUT             zips.json.bz2 -> tab-separated US ZIP codes with coordinates

The tab-separated files open with a line that names their format and close with `#end` and the number of rows, so
that a reader can tell a whole file from a part. The same input gives the same bytes.

CPT and CDT descriptors belong to the American Medical Association and the American Dental Association: rows of codes
that begin with a digit are left out of the code list, modifiers too, and codes that begin with D come without their text.
"""

import bz2
import gzip
import json
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


# What the editor's table of HCPCS codes says of a code; `Resources/outpatient-flags.json` says what each means.
HCPCS_FLAGS = (
    "questionable not_recognized_mcare not_recognized_opps non_covered statutory_exclusion non_reportable_site "
    "non_billable_mac dmerc_billable_only unclassified_drug information_only opioid_treatment_program fqhc_non_covered "
    "addon_type1 addon_type2 addon_type3 addon_covid_lab bilateral_conditional bilateral_inherent telehealth vaccine "
    "blood_product deductible_na deductible_coins_na coinsurance_deductible_waiver_eligible part_b_billable "
    "fqhc_preventive passthrough_device passthrough_radiopharm passthrough_skin_product "
    "passthrough_contrast nonopioid_device skin_substitute_hi skin_substitute_lo biosimilar cms_mid_quarter_termination"
).split()
DX_FLAGS = "external_cause mental_health manifestation code_first unacceptable_pdx".split()


class Editor:
    """The tables of the Outpatient Code Editor. Their versions are quarters."""

    def __init__(self, path, out):
        import lmdb

        self.folder = tempfile.TemporaryDirectory(
            prefix=".partial-", dir=os.path.dirname(os.path.abspath(out)))
        unpacked = os.path.join(self.folder.name, "ioce.mdb")
        with lzma.open(path) as source, open(unpacked, "wb") as target:
            shutil.copyfileobj(source, target)
        self.environment = lmdb.open(unpacked, subdir=False, readonly=True, lock=False, max_dbs=64)
        self.quarters = {row["version"]: str(row["date_started"]) for _, row in self.table("version_range")}
        self.first = self.quarters[min(self.quarters)]
        self.last = self.last_day(max(self.quarters))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.environment.close()
        self.folder.cleanup()

    def table(self, name):
        database = self.environment.open_db(name.encode(), create=False)
        with self.environment.begin(db=database) as transaction:
            for key, value in transaction.cursor():
                yield key.decode(), marshal.loads(value)

    def last_day(self, version):
        # The table of versions gives the newest quarter an end far in the future.
        started = self.quarters[version]
        month = "%02d" % (int(started[4:6]) + 2)
        return started[:4] + LAST_DAY_OF_QUARTER[month]

    def span(self, row):
        return self.quarters[row["lo_version"]], self.last_day(row["hi_version"])


def ages(row):
    # 0 to 124 is every age.
    low, high = int(row["lo_age"] or 0), int(row["hi_age"] or 0)
    return ("", "") if (low, high) == (0, 124) else (low, high)


def flags(row, names):
    return ",".join(name for name in names if row[name])


def ioce(path, out):
    with Editor(path, out) as editor:
        rows = []
        for kind, name in (("status", "data_status_indicator"), ("payment", "data_payment_indicator")):
            for key, row in editor.table(name):
                rows.append((kind, key.split("|")[0], *editor.span(row), row["description"]))
        dispositions = {key.split("|")[0]: row["name"] for key, row in editor.table("dsc_edit_disposition")}
        for key, row in editor.table("dsc_edit"):
            disposition = dispositions.get(str(int(row["disposition_id"])), "")
            rows.append(("edit", key.split("|")[0], *editor.span(row), disposition, row["name"]))
        for key, row in editor.table("data_hcpcs"):
            code = key.split("|")[0]
            if code[0].isdigit():
                continue
            text = "" if code[0] == "D" else row["description"]
            edit = int(row["mid_quarter_date_edit"] or 0)
            rows.append((
                "hcpcs", code, *editor.span(row), row["status_indicator"], row["payment_indicator"],
                "" if row["apc"] == "00000" else row["apc"], *ages(row), flags(row, HCPCS_FLAGS),
                edit or "", (row["date_approved"] or "") if edit else "", text))
        for key, row in editor.table("data_modifier"):
            code = key.split("|")[0]
            if code.isalnum() and not code[0].isdigit():
                rows.append(("modifier", code, *editor.span(row)))
        rows = sorted(tuple(str(field) for field in row) for row in rows)
        header = ("#ioce", "2", editor.first, editor.last)
    write_rows(out, header, rows)


def dx(path, out):
    with Editor(path, out) as editor:
        rows = []
        for key, row in editor.table("data_dx10"):
            code = key.split("|")[0]
            rows.append((code, *editor.span(row), *ages(row), flags(row, DX_FLAGS), row["description"]))
        rows = sorted(tuple(str(field) for field in row) for row in rows)
        header = ("#dx", "1", editor.first, editor.last)
    write_rows(out, header, rows)


def ncci(path, out):
    """A row a pair of codes and span of quarters: column 1, column 2, first day, last day, modifier indicator."""
    with Editor(path, out) as editor:
        rows = []
        for first, values in editor.table("map_ncci"):
            for _, packed in values:
                row = marshal.loads(packed)
                rows.append((first, row["code2"], *editor.span(row), "1" if row["mod_indicator"] else "0"))
        rows.sort()
        header = ("#ncci", "1", editor.first, editor.last)
    write_rows(out, header, rows)


PROCEDURE_LETTERS = {"bilateral_conditional": "c", "bilateral_independent": "i", "bilateral_inherent": "b"}
DIAGNOSIS_LETTERS = {"external_cause": "e", "manifestation": "m", "unacceptable_pdx": "u"}


def letters(row, names):
    return "".join(letter for name, letter in names.items() if row[name])


def merged(editor, rows):
    """Rows (code, values, lo_version, hi_version) with neighbouring quarters of equal values made one."""
    result = []
    for code, values, low, high in sorted(rows):
        if result and result[-1][:2] == [code, values] and result[-1][3] + 1 == low:
            result[-1][3] = high
        else:
            result.append([code, values, low, high])
    return [
        (code, *editor.span({"lo_version": low, "hi_version": high}), *values) for code, values, low, high in result
    ]


def edits(path, out):
    """What the editor knows of codes, without any text of a code: kind, code, first day, last day, values."""
    with Editor(path, out) as editor:
        rows = []

        def add(kind, spans):
            rows.extend((kind, *row) for row in merged(editor, spans))

        for kind, name, names in (
            ("procedure", "data_hcpcs", PROCEDURE_LETTERS), ("diagnosis", "data_dx10", DIAGNOSIS_LETTERS)
        ):
            add(kind, [
                (key.split("|")[0], (str(int(row["lo_age"])), str(int(row["hi_age"])), letters(row, names)),
                 row["lo_version"], row["hi_version"])
                for key, row in editor.table(name)
            ])
        add("modifier", [
            (key.split("|")[0], ("n" if row["ncci"] else "",), row["lo_version"], row["hi_version"])
            for key, row in editor.table("data_modifier") if key.split("|")[0].isalnum()
        ])
        # Add-on codes of drug administration and mental health have tables of their own beside the three types.
        spans = set()
        for kind, name in (
            ("1", "type1"), ("2", "type2"), ("3", "type3"), ("1", "drug_admin"), ("1", "ph"), ("1", "covid_lab"),
            ("1", "remote_mental_health"),
        ):
            for key, row in editor.table("map_addon_" + name):
                primary = row.get("addon_primary") or ""
                spans.add((key.split("|")[0], (kind, primary), row["lo_version"], row["hi_version"]))
        add("addon", spans)
        add("conflict", [
            (key.split("|")[0], (key.split("|")[1],), row["lo_version"], row["hi_version"])
            for key, row in editor.table("map_modifier_conflict")
        ])
        add("text", [
            (key.split("|")[0], (clean(row["name"]), clean(row["description"])), row["lo_version"], row["hi_version"])
            for key, row in editor.table("dsc_edit")
        ])
        header = ("#edits", "1", editor.first, editor.last)
    write_rows(out, header, rows)


def pcscodes(path, out):
    connection = sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True)
    query = "select code, long_name from pcs_codes where billable = 1 order by code"
    with open(out, "w", encoding="utf-8", newline="\n") as target:
        for code, title in connection.execute(query):
            print(code, clean(title), file=target)


def cmorder(path, out):
    connection = sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True)
    query = "select code, billable, short_name, long_name from cm_codes order by code"
    with open(out, "w", encoding="utf-8", newline="\n") as target:
        for number, (code, billable, short, long) in enumerate(connection.execute(query), start=1):
            print(f"{number:05} {code:7} {billable} {clean(short)[:60]:60} {clean(long)}", file=target)


def places(path, out):
    with bz2.open(path) as source:
        found = json.load(source)
    # Military post offices are in no place; codes that are no longer in use lead nowhere.
    rows = {
        (row["zip_code"], clean(row["city"]), row["state"], f'{float(row["lat"]):.4f}', f'{float(row["long"]):.4f}')
        for row in found
        if row["active"] and row["state"] and row["zip_code_type"] != "MILITARY"
    }
    write_rows(out, ("#places", "1"), sorted(rows))


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
    query = "select section, code, definition from pcs_approach where definition <> ''"
    for section, code, definition in connection.execute(query):
        rows.add(("approach", section, code, clean(definition)))
    write_rows(out, ("#pcs", "1"), sorted(rows))


def pcsguide(path, out):
    connection = sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True)
    section = None
    with open(out, "w", encoding="utf-8", newline="\n") as target:
        query = "select section, idx, content from pcs_guidelines order by rowid"
        for kind, number, text in connection.execute(query):
            if kind != section:
                print(f"# {clean(kind)}\n", file=target)
                section = kind
            # Lines of one paragraph are broken where the page was; an example begins its own.
            body = " ".join(text.split()).replace(" Example: ", "\n\nExample: ")
            print(f"## Guideline {clean(number)}\n\n{body}\n", file=target)


def main(arguments):
    actions = {
        "member": member, "gunzip": gunzip, "download": download, "ioce": ioce, "dx": dx, "pcs": pcs,
        "pcscodes": pcscodes, "cmorder": cmorder, "pcsguide": pcsguide, "ncci": ncci, "edits": edits,
        "places": places,
    }
    if not arguments or arguments[0] not in actions:
        raise SystemExit(__doc__)
    actions[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
