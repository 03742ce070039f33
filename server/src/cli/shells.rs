//! `starling completions` and `starling man`: what shells and the reader of manuals know of the command line.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::arguments::Arguments;
use super::failed;
use super::output::Printed;

/// The script that lets a shell complete commands, options and values.
pub(super) fn completions(shell: Shell) -> Printed {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "starling", &mut script);
    printed(&script)
}

/// The manual page, of the program or of one of its commands.
pub(super) fn man(name: Option<&str>) -> Printed {
    let mut program = Arguments::command();
    program.build();
    let command = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return failed(&format!("there is no command \"{name}\"; `starling --help` lists them")),
        },
    };
    let title = command.get_bin_name().unwrap_or("starling").replace(' ', "-");
    let mut page = Vec::new();
    match clap_mangen::Man::new(command).title(title).render(&mut page) {
        Ok(()) => printed(&page),
        Err(error) => failed(&format!("the manual page cannot be made: {error}")),
    }
}

fn printed(bytes: &[u8]) -> Printed {
    Printed { out: String::from_utf8_lossy(bytes).into_owned(), ..Printed::default() }
}
