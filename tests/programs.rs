//! Other people's programs hold an archive to what it claims: 7-Zip, unzip, minisign, sha256sum, bagit, frictionless,
//! poppler, and axe-core in headless Chromium at the width of a phone and of a desk.
//!
//! `.ci/setup` installs them. Where one is missing its check is skipped and says so; in CI it fails.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages from PyPI and npm, as `.ci/setup` puts them there.
const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/ci");

/// Says that a program is missing; in CI that is a failure.
fn missing(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "{what} is missing: run .ci/setup");
    eprintln!("skipped: {what} is missing; .ci/setup installs it");
}

/// Whether the program was there; it must then have been content.
pub fn accepts(program: &str, args: &[&str], dir: &Path) -> bool {
    said(program, args, dir).is_some()
}

/// What the program says; it must be content. `None`: it is missing.
pub fn said(program: &str, args: &[&str], dir: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command.args(args).current_dir(dir).env("PYTHONPATH", format!("{TOOLS}/python"));
    let Ok(output) = command.output() else {
        missing(program);
        return None;
    };
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {}{}", said(&output.stdout), said(&output.stderr));
    Some(said(&output.stdout))
}

/// Holds an archive to every standard it claims; `key` is the public key it is signed with.
pub fn every_program_accepts(archive: &Path, key: &str) {
    let name = archive.to_str().unwrap();
    let here = Path::new(".");
    accepts("7z", &["t", name], here);
    let bag = tempfile::tempdir().unwrap();
    if !accepts("unzip", &["-q", name, "-d", bag.path().to_str().unwrap()], here) {
        return;
    }
    accepts("minisign", &["-Vm", "tagmanifest-sha256.txt", "-P", key], bag.path());
    accepts("minisign", &["-Vm", "tagmanifest-sha256.txt", "-p", "signing-key.pub"], bag.path());
    for list in ["tagmanifest-sha256.txt", "manifest-sha256.txt"] {
        accepts("sha256sum", &["-c", "--quiet", "--strict", list], bag.path());
    }
    for (package, args) in
        [("bagit", ["--validate", "--quiet", "."].as_slice()), ("frictionless", &["validate", "datapackage.json"])]
    {
        match Path::new(TOOLS).join("python").join(package).exists()
            || Path::new(TOOLS).join(format!("python/{package}.py")).exists()
        {
            true => _ = accepts("python3", &[&["-m", package], args].concat(), bag.path()),
            false => missing(package),
        }
    }
    match Path::new(TOOLS).join("python/jsonschema").exists() {
        true => _ = accepts("python3", &["-c", SCHEMAS], bag.path()),
        false => missing("jsonschema"),
    }
    if let Some(info) = said("pdfinfo", &["answer.pdf"], bag.path()) {
        assert!(info.lines().any(|l| l.starts_with("Tagged:") && l.ends_with("yes")), "{info}");
    }
    axe_accepts(bag.path());
}

/// Holds every record against the JSON Schema that the package names for it.
const SCHEMAS: &str = "
import json, jsonschema
resources = json.load(open('datapackage.json'))['resources']
lines = [r for r in resources if r['path'].endswith('.jsonl')]
for resource in lines:
    schema = json.load(open(resource['jsonSchema']))
    assert schema['$schema'] == 'https://json-schema.org/draft/2020-12/schema'
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    records = list(open(resource['path']))
    for record in records[:: max(1, len(records) // 500)]:
        validator.validate(json.loads(record))
assert all(any(r['path'] == l['jsonSchema'] for r in resources) for l in lines)
";

/// Runs axe-core over the first page and one page of each book, at both widths.
fn axe_accepts(bag: &Path) {
    let axe = Path::new(TOOLS).join("node_modules/axe-core/axe.min.js");
    if !axe.exists() {
        return missing("axe-core");
    }
    let mut frames = String::new();
    let pages = pages(bag);
    for (i, page) in pages.iter().enumerate() {
        let text = std::fs::read_to_string(page).unwrap();
        // Their own policy forbids every script, so that of the test too.
        let (before, after) = text.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
        let text = format!("{before}{}", after.split_once('>').unwrap().1);
        let script = format!("<script src=\"{}\"></script>{RUN}</body>", axe.display());
        std::fs::write(bag.join(format!("axe-{i}.html")), text.replace("</body>", &script)).unwrap();
        for width in [390, 1280] {
            frames.push_str(&format!("<iframe width={width} height=844 src=\"axe-{i}.html\"></iframe>\n"));
        }
    }
    std::fs::write(bag.join("axe.html"), format!("{FRAMES}{frames}")).unwrap();
    let profile = tempfile::tempdir().unwrap();
    let url = format!("file://{}", bag.join("axe.html").display());
    let output = Command::new("chromium")
        .args("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync".split(' '))
        .args("--disable-background-networking --disable-component-update --virtual-time-budget=60000".split(' '))
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--dump-dom", &url])
        .output();
    let Ok(output) = output else { return missing("chromium") };
    let dom = String::from_utf8_lossy(&output.stdout);
    let said: Vec<&str> = dom.lines().filter(|line| line.starts_with("axe: ")).collect();
    assert_eq!(said.len(), 2 * pages.len(), "every page was looked at: {dom}");
    assert!(said.iter().all(|line| *line == "axe: []"), "{said:#?}");
}

/// The first page, and the last page of each book.
fn pages(bag: &Path) -> Vec<PathBuf> {
    let mut pages = vec![bag.join("START-HERE.html")];
    let folders = |dir: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(dir).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
        paths.sort();
        paths
    };
    for system in folders(&bag.join("data")) {
        for book in folders(&system.join("pages")) {
            pages.extend(folders(&book).pop());
        }
    }
    pages
}

const FRAMES: &str = "<!DOCTYPE html><html lang=\"en\"><title>axe</title><pre id=\"said\"></pre><script>
addEventListener('message', e => { document.getElementById('said').textContent += '\\naxe: ' + e.data + '\\n'; });
</script>\n";

const RUN: &str = "<script>
axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(result => {
  const said = result.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 120).replaceAll('\\n', ' '));
  if (result.passes.length < 10) said.push('hardly anything was looked at');
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) said.push('the page scrolls sideways');
  parent.postMessage(JSON.stringify(said), '*');
});
</script>";
