"""`valuenet load`: counts on stdout, faults on stderr."""

import re

import seeds
from service.formats.rows import NOTHING_IMPORTED


def test_load_counts_what_it_loaded_on_stdout(run, maker):
    code, out, err = run("load", seeds.FOLDER / "demo", seeds.FOLDER / "demo")
    assert code == 0
    assert re.search(r"^ *Organisation +110 *$", out, re.MULTILINE)
    assert re.search(r"^ *Person +134 *$", out, re.MULTILINE)
    assert out.count("Organisation") == 1  # a path that is named twice is read once
    assert "Loading" not in out
    assert "Loading" in err


def test_load_tells_every_fault_of_a_bad_folder(run, tmp_path):
    text = "key,kind,name\na,ORGANISATION,A\na,ORGANISATION,B\nb,HOUSE,C\n"
    (tmp_path / "members.csv").write_text(text)
    code, out, err = run("load", tmp_path)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert "valuenet: cannot load:" in lines
    assert sum("members.csv line" in line for line in lines) == 2
    assert lines[-1] == NOTHING_IMPORTED
