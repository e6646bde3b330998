//! The reference section of docs/cli.md, written from what clap knows, and the test that it is up to date.
//!
//! Nothing of this is in the program: the section is text in the repository, and the test says how to renew it.

use clap::{Arg, Command, CommandFactory as _};
use std::path::Path;

use super::args::Args;

const BEGIN: &str = "<!-- reference: begin -->\n";
const END: &str = "<!-- reference: end -->";

/// Every command with its arguments.
fn reference() -> String {
    let mut root = Args::command();
    root.build();
    let mut out = String::from("\n### Everywhere\n\n");
    out.push_str(&arguments(root.get_arguments().filter(|a| a.is_global_set())));
    for command in root.get_subcommands() {
        describe(command, "redress", &mut out);
    }
    out
}

fn describe(command: &Command, above: &str, out: &mut String) {
    let name = format!("{above} {}", command.get_name());
    if command.has_subcommands() {
        return command.get_subcommands().for_each(|c| describe(c, &name, out));
    }
    let places: Vec<String> = command.get_positionals().map(|a| format!(" {}", placeholder(a))).collect();
    out.push_str(&format!("\n### `{name}{}`\n\n", places.concat()));
    let about = command.get_about().map(|a| a.to_string()).unwrap_or_default();
    out.push_str(&format!("{about}.\n"));
    let own: Vec<&Arg> = command.get_arguments().filter(|a| !a.is_global_set() && a.get_id() != "help").collect();
    if !own.is_empty() {
        out.push_str(&format!("\n{}", arguments(own.into_iter())));
    }
}

fn arguments<'a>(all: impl Iterator<Item = &'a Arg>) -> String {
    let mut out = String::from("| argument | meaning |\n|---|---|\n");
    for argument in all.filter(|a| !a.is_hide_set() && !matches!(a.get_id().as_str(), "help" | "version")) {
        let help = argument.get_help().map(|h| h.to_string()).unwrap_or_default();
        assert!(!help.is_empty(), "{} says nothing of itself", argument.get_id());
        out.push_str(&format!("| `{}` | {} |\n", written(argument), help.replace('|', "\\|").replace('\n', " ")));
    }
    out
}

fn written(argument: &Arg) -> String {
    let long = argument.get_long().map(|l| format!("--{l}"));
    let short = argument.get_short().map(|s| format!("-{s}"));
    let names = [short, long].into_iter().flatten().collect::<Vec<_>>().join(", ");
    match (names.is_empty(), argument.get_action().takes_values()) {
        (true, _) => placeholder(argument),
        (false, true) => format!("{names} {}", placeholder(argument)),
        (false, false) => names,
    }
    .replace('|', "\\|")
}

fn placeholder(argument: &Arg) -> String {
    let name = argument.get_value_names().and_then(|n| n.first()).map(|n| n.to_string());
    let name = name.unwrap_or_else(|| argument.get_id().as_str().to_uppercase());
    let many = argument.is_positional() && argument.get_num_args().is_some_and(|n| n.max_values() > 1);
    let name = if many { format!("{name}…") } else { name };
    if argument.is_positional() && !argument.is_required_set() { format!("[{name}]") } else { name }
}

/// What stands in docs/cli.md is what clap knows. To renew it: `UPDATE_DOCS=1 cargo test --lib reference`.
#[test]
fn the_reference_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("docs/cli.md has lost its mark");
    let (written, after) = rest.split_once(END).expect("docs/cli.md has lost its mark");
    let now = reference();
    if written == now {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some(),
        "docs/cli.md does not list what clap knows; renew it with: UPDATE_DOCS=1 cargo test --lib reference"
    );
    std::fs::write(&path, format!("{before}{BEGIN}{now}{END}{after}")).unwrap();
}

#[test]
fn every_command_and_flag_is_in_it() {
    let text = reference();
    fn check(command: &Command, text: &str) {
        let leaf = !command.has_subcommands();
        assert!(!leaf || text.contains(&format!(" {}", command.get_name())), "{}", command.get_name());
        for long in command.get_arguments().filter_map(Arg::get_long).filter(|l| !matches!(*l, "help" | "version")) {
            assert!(text.contains(&format!("--{long}")), "--{long}");
        }
        command.get_subcommands().for_each(|c| check(c, text));
    }
    check(&Args::command(), &text);
}
